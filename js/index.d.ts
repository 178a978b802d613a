// The declarations are in index.d.cts, for both kinds of module. Under `node16` an ES module can re-export the types of
// a CommonJS module, but not the reverse (TS1479).

export * from "./index.cjs";
