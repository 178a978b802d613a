// Compiles a component that shows a store, with the compiler of the installed version.

import { rm, writeFile } from "node:fs/promises";
import { compile, VERSION } from "svelte/compiler";

/** `make` returns the store. */
const SOURCE = `
<script>
  export let make;
  const binding = make();
</script>
<output>{$binding.state} {$binding.cause ?? ""}</output>
`;

export const isVersion4 = VERSION.startsWith("4.");

/** Its module for `side`: "client" or "server". */
export const compileFor = async (side) => {
  const generate = isVersion4 ? { client: "dom", server: "ssr" }[side] : side;
  const file = new URL(`compiled-${side}.mjs`, import.meta.url);
  await writeFile(file, compile(SOURCE, { generate, name: "Page" }).js.code);
  try {
    return (await import(file.href)).default;
  } finally {
    await rm(file);
  }
};
