// The same module as JavaScript, for browsers that refuse WebAssembly: wasm-bindgen without references, then wasm2js.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { root, run } from "../run.mjs";
import { replaceOnce } from "./glue.mjs";
import { shrink } from "./module.mjs";
import { sections } from "./sections.mjs";

const wasm2js = join(root, "node_modules/binaryen/bin/wasm2js");

// In terms of what wasm2js knows.
const LOWERING = ["--signext-lowering", "--llvm-nontrapping-fptoint-lowering", "--llvm-memory-copy-fill-lowering"];

const TARGET_FEATURES = "target_features";

/**
 * wasm-bindgen keeps JavaScript's values in a WebAssembly table where this section names reference types, and in an
 * array of JavaScript where it does not. The standard library always names them, so the section is written anew.
 *
 * @param {Buffer} wasm what rustc linked
 */
const withoutReferences = (wasm) => {
  const text = (value) => [value.length, ...Buffer.from(value)];
  const section = [...text(TARGET_FEATURES), 1, "+".charCodeAt(), ...text("mutable-globals")];
  const parts = [wasm.subarray(0, 8)];
  for (const { name, start, end } of sections(wasm))
    if (name !== TARGET_FEATURES) parts.push(wasm.subarray(start, end));
  return Buffer.concat([...parts, Buffer.from([0, section.length, ...section])]);
};

/**
 * The text of an ES module that exports `instantiate(imports)`, which returns what a WebAssembly instance exports.
 *
 * @param {string} text what `wasm2js --emscripten` wrote
 */
const makeInstantiable = (text) => {
  // A grown memory detaches the buffer that it leaves, by which wasm-bindgen's views know that they are out of date.
  text = replaceOnce(
    text,
    /^ +buffer = newBuffer;$/m,
    "structuredClone(buffer, { transfer: [buffer] });\nbuffer = newBuffer;",
    "the growth of memory",
  );
  // The data as text, most of which is English: base64 would hide that from compression.
  text = replaceOnce(
    text,
    /^ {2}var base64ReverseLookup[\s\S]*?(?=^function initActiveSegments)/m,
    `function fill(memory, offset, text) {
  for (var at = 0; at < text.length; at++) memory[offset + at] = text.charCodeAt(at);
}
`,
    "the decoder of data",
  );
  return `export ${text.replace(
    /base64DecodeToExistingUint8Array\((\w+), (\d+), "([^"]*)"\)/g,
    (_, memory, offset, data) =>
      `fill(${memory}, ${offset}, ${JSON.stringify(Buffer.from(data, "base64").toString("latin1"))})`,
  )}`;
};

/**
 * Compiles what rustc linked on to JavaScript: `{ javascript, glue, names }`, the latter two as buildModule has them.
 *
 * @param {{ name: string, linked: Buffer }} options
 */
export const buildFallback = async ({ name, linked }) => {
  const folder = join(root, "target/module", name, "fallback");
  await mkdir(folder, { recursive: true });
  const [plain, named, script] = ["plain.wasm", "named.wasm", "module.js"].map((file) => join(folder, file));
  await writeFile(plain, withoutReferences(linked));
  const web = join(folder, "web");
  await run("wasm-bindgen", [plain, "--target", "web", "--no-typescript", "--out-dir", web, "--out-name", "module"]);
  const names = await shrink(join(web, "module_bg.wasm"), named, { first: LOWERING });
  await run("node", [wasm2js, named, "-o", script, "--emscripten", "-Oz"]);
  return {
    javascript: makeInstantiable(await readFile(script, "utf8")),
    glue: await readFile(join(web, "module.js"), "utf8"),
    names,
  };
};
