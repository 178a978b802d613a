// See index.d.ts for why the declarations are in simplewebauthn.d.cts.

export * from "./simplewebauthn.cjs";
