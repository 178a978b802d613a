// A copy of the repository in target/, into whose module a test adds Rust. It is built by the copy's own scripts.

import { cp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { root } from "../../../scripts/run.mjs";

const scratch = join(root, "target/scratch");

/** What Cargo and the build read. */
const COPIED = [
  "Cargo.toml",
  "Cargo.lock",
  "src",
  "js",
  "scripts",
  "local-cloud",
  "tests/headless",
  "tests/native",
  "examples",
  "docs/examples/rust",
  "package.json",
];

const importFrom = (path) => import(pathToFileURL(join(scratch, path)).href);

/** Copies the repository. What was compiled in an earlier copy stays, so that only the module is compiled anew. */
export const createScratch = async () => {
  await mkdir(scratch, { recursive: true });
  for (const name of COPIED) {
    await rm(join(scratch, name), { recursive: true, force: true });
    await cp(join(root, name), join(scratch, name), { recursive: true });
  }
  await rm(join(scratch, "node_modules"), { force: true });
  await symlink(join(root, "node_modules"), join(scratch, "node_modules"));
  await writeFile(join(scratch, "js/added.js"), 'export { instantiate } from "#glue";\n');
  const library = join(scratch, "src/lib.rs");
  await writeFile(library, '\n#[cfg(target_arch = "wasm32")]\nmod added;\n', { flag: "a" });

  const [{ buildModule }, { buildFallback }, { bundle }] = await Promise.all(
    ["module", "fallback", "bundle"].map((name) => importFrom(`scripts/build/${name}.mjs`)),
  );
  let count = 0;

  /** Loads wasm-bindgen's JavaScript as the package has it. */
  const load = async (built) => {
    const file = join(scratch, `target/added-${count++}.mjs`);
    await writeFile(file, await bundle("added.js", { built }));
    return import(pathToFileURL(file).href);
  };
  const unguarded = (exports) => exports;

  /**
   * Builds the module with this Rust added to it, and returns what makes instances of it: each a promise of the exported
   * functions.
   *
   * @param {string} rust
   * @param {{ features?: string[], isFallback?: boolean }} [options] `isFallback`: compiled to JavaScript
   */
  return async (rust, { features = [], isFallback = false } = {}) => {
    await writeFile(join(scratch, "src/added.rs"), `#![allow(dead_code)]\n${rust}`);
    const built = await buildModule({ name: "added", features });
    if (isFallback) {
      const { instantiate } = await load(await buildFallback({ name: "added", linked: built.linked }));
      return () => instantiate(unguarded);
    }
    const { instantiate } = await load(built);
    return () => instantiate(new WebAssembly.Module(built.wasm), unguarded);
  };
};
