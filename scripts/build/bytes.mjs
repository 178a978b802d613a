// Reports the bytes of an entry: of its module by crate and by function, and of its JavaScript.
//
// These are raw bytes, because a compressed size cannot be attributed to parts. Inlined code counts for its caller.

import { formatNumber } from "./budget.mjs";
import { CODE, DATA, EXPORT, functionNames, readNumber, readString, sections } from "./sections.mjs";
import { crateOf, OWN, shorten } from "./symbols.mjs";
import { encode } from "./text.mjs";

const LARGEST = 15;

const DATA_LABEL = "data: strings, tables";
const OTHER_LABEL = "imports, exports, other";

/** wasm-opt merges functions that differ only in a constant into one, which has no name. */
const MERGED = "merged by wasm-opt";

const codeOf = (wasm) => {
  const { content, end } = sections(wasm).find(({ id }) => id === CODE);
  return wasm.subarray(content, end);
};

/** The names of exported functions, by index. */
const exportedFunctions = (wasm) => {
  const found = new Map();
  const section = sections(wasm).find(({ id }) => id === EXPORT);
  if (!section) return found;
  let [count, at] = readNumber(wasm, section.content);
  while (count--) {
    let name, index;
    [name, at] = readString(wasm, at);
    const isFunction = wasm[at] === 0;
    [index, at] = readNumber(wasm, at + 1);
    if (isFunction) found.set(index, name);
  }
  return found;
};

/**
 * Counts each byte of a module once. Returns `{ total, parts: [[label, bytes]], functions: [{ name, crate, bytes }] }`, the
 * largest first, but data and other bytes last.
 *
 * @param {{ wasm: Buffer, named: Buffer, names: { exports: string[][] } }} module the published module; the same with
 *   the names of its functions; the short names of its exports
 */
export const measure = ({ wasm, named, names }) => {
  const code = codeOf(wasm);
  if (!code.equals(codeOf(named))) throw new Error("bytes: the names belong to another module");
  const compiled = functionNames(named);
  const exported = exportedFunctions(wasm);
  const longNames = new Map(names.exports.map(([name, short]) => [short, name]));
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(/** @type {Buffer<ArrayBuffer>} */ (wasm))).filter(
    ({ kind }) => kind === "function",
  );

  const functions = [];
  let [count, at] = readNumber(code, 0);
  for (let index = imported.length; count--; index++) {
    const [size, body] = readNumber(code, at);
    const bytes = body + size - at;
    at = body + size;
    // For the exports of closures, the compiler's names are more readable than wasm-bindgen's.
    const isExported = exported.has(index);
    const name = compiled[index]?.includes("::") || !isExported ? compiled[index] : longNames.get(exported.get(index));
    functions.push(
      name ? { name: shorten(name), crate: crateOf(name, isExported), bytes } : { name: MERGED, crate: MERGED, bytes },
    );
  }

  const byCrate = new Map([[OWN, 0]]);
  for (const { crate, bytes } of functions) byCrate.set(crate, (byCrate.get(crate) ?? 0) + bytes);
  const data = sections(wasm).find(({ id }) => id === DATA);
  const parts = [...byCrate].sort(([, a], [, b]) => b - a);
  parts.push([DATA_LABEL, data ? data.end - data.start : 0]);
  parts.push([OTHER_LABEL, wasm.length - parts.reduce((sum, [, bytes]) => sum + bytes, 0)]);
  return { total: wasm.length, parts, functions: functions.sort((a, b) => b.bytes - a.bytes) };
};

const truncate = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

/**
 * A table of the bytes of an entry: crates on the left, the largest functions on the right.
 *
 * @param {object} options
 * @param {string} options.entry the name of its file
 * @param {string} options.content
 * @param {number} options.compressed its size with brotli
 * @param {{ wasm: Buffer, named: Buffer, names: { exports: string[][] } }} options.module
 */
export const describeBytes = ({ entry, content, compressed, module }) => {
  const { total, parts, functions } = measure(module);
  const left = [...parts, /** @type {[string, number]} */ (["module", total])].map(
    ([label, bytes]) =>
      `${label.padEnd(23)}${formatNumber(bytes)}  ${((100 * bytes) / total).toFixed(1).padStart(5)} %`,
  );
  const right = functions.slice(0, LARGEST).map(({ name, bytes }) => `${formatNumber(bytes)}  ${truncate(name, 50)}`);
  const rows = [`  ${entry.padEnd(23)}      raw    share       raw  the largest functions`];
  for (let row = 0; row < Math.max(left.length, right.length); row++)
    rows.push(`  ${(left[row] ?? "").padEnd(41)} ${right[row] ?? ""}`.trimEnd());
  const text = encode(module.wasm).text.length;
  const [script, inside, whole] = [content.length - text, text, compressed].map((number) =>
    formatNumber(number).trim(),
  );
  rows.push(`  JavaScript: ${script}; encoded module: ${inside}; both together with brotli: ${whole}`);
  return rows.join("\n");
};
