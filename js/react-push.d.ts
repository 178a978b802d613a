// See index.d.ts for why the declarations are in react-push.d.cts.

export * from "./react-push.cjs";
