// Compiles the module to JavaScript, for pages that block WebAssembly: wasm-bindgen without reference types, then wasm2js.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { root, run } from "../run.mjs";
import { replaceOnce } from "./glue.mjs";
import { bind, shrink } from "./module.mjs";
import { withoutCustomSections } from "./sections.mjs";

const wasm2js = join(root, "node_modules/binaryen/bin/wasm2js");

// Lowers instructions that wasm2js does not support.
const LOWERING = ["--signext-lowering", "--llvm-nontrapping-fptoint-lowering", "--llvm-memory-copy-fill-lowering"];

const TARGET_FEATURES = "target_features";

/**
 * Removes reference types from the section of target features, so that wasm-bindgen keeps JavaScript values in an array
 * instead of a WebAssembly table. The standard library always enables them.
 *
 * @param {Buffer} wasm the module before wasm-bindgen
 */
const withoutReferences = (wasm) => {
  const text = (value) => [value.length, ...Buffer.from(value)];
  const section = [...text(TARGET_FEATURES), 1, "+".charCodeAt(), ...text("mutable-globals")];
  return Buffer.concat([
    withoutCustomSections(wasm, (name) => name === TARGET_FEATURES),
    Buffer.from([0, section.length, ...section]),
  ]);
};

/**
 * Returns the source of an ES module that exports `instantiate(imports)`, which returns the exports of the module.
 *
 * @param {string} text the output of `wasm2js --emscripten`
 */
const makeInstantiable = (text) => {
  // Detach the old buffer when memory grows, as WebAssembly does: wasm-bindgen recognizes stale views by that.
  text = replaceOnce(
    text,
    /^ +buffer = newBuffer;$/m,
    "structuredClone(buffer, { transfer: [buffer] });\nbuffer = newBuffer;",
    "the growth of memory",
  );
  // Data segments as plain strings: most of the data is English, which compresses better than base64.
  text = replaceOnce(
    text,
    /^ {2}var base64ReverseLookup[\s\S]*?(?=^function initActiveSegments)/m,
    `function fill(memory, offset, text) {
  for (var at = 0; at < text.length; at++) memory[offset + at] = text.charCodeAt(at);
}
`,
    "the decoder of data",
  );
  text = text.replace(
    /base64DecodeToExistingUint8Array\((\w+), (\d+), "([^"]*)"\)/g,
    (_, memory, offset, data) =>
      `fill(${memory}, ${offset}, ${JSON.stringify(Buffer.from(data, "base64").toString("latin1"))})`,
  );
  if (text.includes("base64Decode")) throw new Error("fallback: data that is still in base64");
  return `export ${text}`;
};

/**
 * Compiles a linked module to JavaScript. Returns `{ javascript, glue, names }`; the latter two are as in buildModule.
 *
 * @param {{ name: string, linked: Buffer }} options
 */
export const buildFallback = async ({ name, linked }) => {
  const folder = join(root, "target/module", name, "fallback");
  await mkdir(folder, { recursive: true });
  const [plain, named, script] = ["plain.wasm", "named.wasm", "module.js"].map((file) => join(folder, file));
  await writeFile(plain, withoutReferences(linked));
  const bound = join(folder, "bound");
  const glue = await bind(plain, bound);
  const names = await shrink(join(bound, "module_bg.wasm"), named, { first: LOWERING });
  await run("node", [wasm2js, named, "-o", script, "--emscripten", "-Oz"]);
  return {
    javascript: makeInstantiable(await readFile(script, "utf8")),
    glue,
    names,
  };
};
