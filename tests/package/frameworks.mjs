// The frameworks that the bindings import, as tests of the declarations and the exports need them. The real ones are those of
// tests/consumers/bindings: this repository has none of them.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** By framework: what it exports, and its types. */
export const FRAMEWORKS = {
  react: {
    names: ["useEffect", "useInsertionEffect", "useState", "useSyncExternalStore"],
    types: "export function useEffect(effect: () => void | (() => void), dependencies?: readonly unknown[]): void;\n",
  },
  vue: {
    names: ["computed", "onScopeDispose", "shallowRef"],
    types: "export interface ComputedRef<T> { readonly value: T }\n",
  },
  svelte: { names: ["onDestroy"], types: "export {};\n" },
};

/** Writes them into a node_modules. */
export const writeFrameworks = async (modules) => {
  for (const [name, { names, types }] of Object.entries(FRAMEWORKS)) {
    const folder = join(modules, name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), JSON.stringify({ name, main: "index.js", types: "index.d.ts" }));
    await writeFile(join(folder, "index.js"), names.map((each) => `exports.${each} = () => {};\n`).join(""));
    await writeFile(join(folder, "index.d.ts"), types);
  }
};
