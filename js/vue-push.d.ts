// See index.d.ts for why the declarations are in vue-push.d.cts.

export * from "./vue-push.cjs";
