// See index.d.ts for why the declarations are in cause.d.cts.

export * from "./cause.cjs";
