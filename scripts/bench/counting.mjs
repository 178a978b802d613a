// A build of the package that counts its allocations and has names at its boundary: for the benchmark alone, never shipped.

import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import binaryen from "binaryen";

import { bundle } from "../build/bundle.mjs";
import { shrink } from "../build/module.mjs";
import { root, run } from "../run.mjs";
import { nameOfExport, nameOfImport } from "./names.mjs";

const PAGE = 65_536;

/** Where binaryen's declarations have it, in its modules, it is not. */
const { Function: functionsOfBinaryen } = /** @type {Pick<InstanceType<typeof binaryen.Module>, "Function">} */ (
  /** @type {unknown} */ (binaryen)
);

/** What scripts/build.mjs leaves of the module: as wasm-bindgen wrote it, with the names of its functions; as it ships. */
const FOLDER = "target/module/passkey";
const NAMED = join(root, FOLDER, "web/module_bg.wasm");
const GLUE = join(root, FOLDER, "web/module.js");
const SHIPPED = join(root, FOLDER, "bare.wasm");

/** The entrances of Rust's allocator, by what a call of each counts as. */
const COUNTED = {
  allocations: /^__rustc\[\w+\]::__rust_alloc(_zeroed)?$/,
  reallocations: /^__rustc\[\w+\]::__rust_realloc$/,
};

const isOfPackage = async () => {
  if (!existsSync(NAMED) || !existsSync(SHIPPED)) return false;
  return (await readFile(SHIPPED)).equals(await readFile(join(root, "pkg/webauthn-result.wasm")));
};

/** The module with an exported global for each count. */
const withCounters = (module) => {
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) => module.getFunctionByIndex(index));
  let found = 0;
  for (const [counter, pattern] of Object.entries(COUNTED)) {
    const entrances = functions.filter((entrance) => pattern.test(binaryen.getFunctionInfo(entrance).name));
    found += entrances.length;
    module.addGlobal(counter, binaryen.i32, true, module.i32.const(0));
    module.addGlobalExport(counter, counter);
    for (const entrance of entrances) {
      const { results, body } = binaryen.getFunctionInfo(entrance);
      const one = module.i32.add(module.global.get(counter, binaryen.i32), module.i32.const(1));
      functionsOfBinaryen.setBody(entrance, module.block(null, [module.global.set(counter, one), body], results));
    }
  }
  if (!found) throw new Error("the module has no entrance of an allocator, by its name");
  // The build goes by the names of functions.
  binaryen.setDebugInfo(true);
  return module.emitBinary();
};

/** The stack lies first in the memory, and grows down from where its pointer starts. */
const stackPagesOf = (module) =>
  /** @type {import("binaryen").default.ConstInfo & { value: number }} */ (
    binaryen.getExpressionInfo(binaryen.getGlobalInfo(module.getGlobal("__stack_pointer")).init)
  ).value / PAGE;

/** What the compiler calls the imports, by the names that wasm-bindgen has for them. */
const compiledNamesOf = (module) => {
  const names = {};
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const { base, name } = binaryen.getFunctionInfo(module.getFunctionByIndex(index));
    if (base) names[base] = name;
  }
  return names;
};

/**
 * `{ script, nameOf, counters, stackPages }`: the entry as text; the names, by the short ones, of `imports` and `exports`;
 * the short names of the exported counts; the pages of the stack.
 */
export const buildCounting = async () => {
  if (!(await isOfPackage())) await run("node", ["scripts/build.mjs"]);
  const folder = join(root, "target/bench");
  await mkdir(folder, { recursive: true });
  const [counting, small] = ["counting", "small"].map((name) => join(folder, `${name}.wasm`));
  const module = binaryen.readBinary(await readFile(NAMED));
  const stackPages = stackPagesOf(module);
  const compiled = compiledNamesOf(module);
  await writeFile(counting, withCounters(module));
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
    counters: Object.keys(COUNTED).map((counter) => exported[counter]),
    stackPages,
  };
};
