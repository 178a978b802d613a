// See index.d.ts for why the declarations are in create-autofill.d.cts.

export * from "./create-autofill.cjs";
