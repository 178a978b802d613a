// See index.d.ts for why the declarations are in ciba.d.cts.

export * from "./ciba.cjs";
