// See index.d.ts for why the declarations are in svelte-push.d.cts.

export * from "./svelte-push.cjs";
