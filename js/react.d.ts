// See index.d.ts for why the declarations are in react.d.cts.

export * from "./react.cjs";
