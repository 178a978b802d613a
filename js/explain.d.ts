// See index.d.ts for why the declarations are in explain.d.cts.

export * from "./explain.cjs";
