// See index.d.ts for why the declarations are in testing.d.cts.

export * from "./testing.cjs";
