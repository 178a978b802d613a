// See index.d.ts for why the declarations are in autofill.d.cts.

export * from "./autofill.cjs";
