// See index.d.ts for why the declarations are in passkeys.d.cts.

export * from "./passkeys.cjs";
