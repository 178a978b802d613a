// `webauthn-result/url` exports what `webauthn-result` does, of the same types.

export * from "./index.js";
