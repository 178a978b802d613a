// Builds a package that counts its allocations, with names for its imports and exports. For the benchmark only.

import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import binaryen from "binaryen";

import { bundle } from "../build/bundle.mjs";
import { shrink } from "../build/module.mjs";
import { root, run } from "../run.mjs";
import { nameOfExport, nameOfImport } from "./names.mjs";

const PAGE_BYTES = 65_536;

/** binaryen's declarations have it in `Module`, but it is exported at the top level. */
const { Function: functionsOfBinaryen } = /** @type {Pick<InstanceType<typeof binaryen.Module>, "Function">} */ (
  /** @type {unknown} */ (binaryen)
);

/** Files of scripts/build.mjs: the output of wasm-bindgen, with the names of functions, and the published module. */
const FOLDER = "target/module/passkey";
const NAMED = join(root, FOLDER, "bound/module_bg.wasm");
const GLUE = join(root, FOLDER, "bound/module_bg.js");
const SHIPPED = join(root, FOLDER, "bare.wasm");

/** The functions of Rust's allocator, by counter. */
const ALLOCATOR_FUNCTIONS = {
  allocations: /^__rustc\[\w+\]::__rust_alloc(_zeroed)?$/,
  reallocations: /^__rustc\[\w+\]::__rust_realloc$/,
};

const isBuilt = async () => {
  if (!existsSync(NAMED) || !existsSync(SHIPPED)) return false;
  return (await readFile(SHIPPED)).equals(await readFile(join(root, "pkg/webauthn-result.wasm")));
};

/** Adds an exported global for each counter. */
const addCounters = (module) => {
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) => module.getFunctionByIndex(index));
  let found = 0;
  for (const [counter, pattern] of Object.entries(ALLOCATOR_FUNCTIONS)) {
    const counted = functions.filter((allocatorFunction) =>
      pattern.test(binaryen.getFunctionInfo(allocatorFunction).name),
    );
    found += counted.length;
    module.addGlobal(counter, binaryen.i32, true, module.i32.const(0));
    module.addGlobalExport(counter, counter);
    for (const allocatorFunction of counted) {
      const { results, body } = binaryen.getFunctionInfo(allocatorFunction);
      const one = module.i32.add(module.global.get(counter, binaryen.i32), module.i32.const(1));
      functionsOfBinaryen.setBody(
        allocatorFunction,
        module.block(null, [module.global.set(counter, one), body], results),
      );
    }
  }
  if (!found) throw new Error("the module has no function with the name of an allocator function");
  // `shrink` needs the names of functions.
  binaryen.setDebugInfo(true);
  return module.emitBinary();
};

/** The stack is at the start of memory, and grows down from the initial stack pointer. */
const stackPagesOf = (module) =>
  /** @type {import("binaryen").default.ConstInfo & { value: number }} */ (
    binaryen.getExpressionInfo(binaryen.getGlobalInfo(module.getGlobal("__stack_pointer")).init)
  ).value / PAGE_BYTES;

/** The compiler's names of imports, by wasm-bindgen's names. */
const compiledNamesOf = (module) => {
  const names = {};
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const { base, name } = binaryen.getFunctionInfo(module.getFunctionByIndex(index));
    if (base) names[base] = name;
  }
  return names;
};

/**
 * Resolves to `{ script, nameOf, counters, stackPages }`: the code of the entry; functions that map the short names of
 * `imports` and `exports` to names; the short names of the exported counters; and the pages of the stack.
 */
export const buildCounting = async () => {
  if (!(await isBuilt())) await run("node", ["scripts/build.mjs"]);
  const folder = join(root, "target/bench");
  await mkdir(folder, { recursive: true });
  const [counting, small] = ["counting", "small"].map((name) => join(folder, `${name}.wasm`));
  const module = binaryen.readBinary(await readFile(NAMED));
  const stackPages = stackPagesOf(module);
  const compiled = compiledNamesOf(module);
  await writeFile(counting, addCounters(module));
  module.dispose();
  const names = await shrink(counting, small);
  const built = { wasm: await readFile(small), glue: await readFile(GLUE, "utf8"), names };
  const imports = Object.fromEntries(names.imports.map(([, name, short]) => [short, compiled[name] ?? name]));
  const exports = Object.fromEntries(names.exports.map(([name, short]) => [short, name]));
  const exported = Object.fromEntries(names.exports);
  return {
    script: await bundle("index.js", { built }),
    nameOf: {
      imports: (short) => nameOfImport(imports[short]),
      exports: (short) => nameOfExport(exports[short]),
    },
    counters: Object.keys(ALLOCATOR_FUNCTIONS).map((counter) => exported[counter]),
    stackPages,
  };
};
