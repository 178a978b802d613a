// `webauthn-result/script`: the global that the classic script defines, for TypeScript.
//
// A file of its own, so that only projects that name it have the global:
// `/// <reference types="webauthn-result/script" />`, or `"types": ["webauthn-result/script"]` in tsconfig.json.

declare global {
  /** The functions of `webauthn-result`, as properties. The classic script `webauthn-result.script.js` defines it. */
  var webauthnResult: typeof import("./index.js");
}

export {};
