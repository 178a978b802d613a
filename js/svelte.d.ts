// See index.d.ts for why the declarations are in svelte.d.cts.

export * from "./svelte.cjs";
