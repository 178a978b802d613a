// See index.d.ts for why the declarations are in vue.d.cts.

export * from "./vue.cjs";
