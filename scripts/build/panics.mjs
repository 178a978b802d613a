// Replaces panics by traps, and removes what only panics refer to: their messages, and the code that formats these.
//
// The guard around an instance (js/loader.js) handles both in the same way, and a page never shows the message. The standard
// library panics with messages whatever the profile says, and stable Rust cannot rebuild it. They would be an eighth of index.js.
//
// Ordinary Rust works as ever: a function of the standard library that never returns becomes a trap, and only what nothing else
// refers to goes. The linker removes dead code in the same way, before there are traps. wasm-opt, which runs after it, cannot:
// it no longer knows what refers to an entry of the function table or to an object in memory.

import binaryen from "binaryen";

import { ExpectedFailure } from "../failure.mjs";
import { readRelocations, withoutRelocations } from "./relocations.mjs";
import { CODE, readNumber, START, sections } from "./sections.mjs";

/** @typedef {import("./relocations.mjs").Symbol} Symbol */

const STANDARD_LIBRARY = ["core", "alloc", "std", "__rustc"];

/** A crate in a mangled name: https://doc.rust-lang.org/rustc/symbol-mangling/v0.html. */
const CRATE = /Cs[0-9A-Za-z]+_(\d+)(?=_?(\w*))/g;

/**
 * Whether a function is the standard library's alone: compiled with it, and not generic code that was made for another crate's
 * type or closure, which may do anything before it ends.
 *
 * @param {string} mangled
 */
export const isStandard = (mangled) => {
  if (!mangled.startsWith("_R")) return false;
  const crates = [...mangled.matchAll(CRATE)].map(([, length, rest]) => rest.slice(0, Number(length)));
  return crates.length > 0 && crates.every((crate) => STANDARD_LIBRARY.includes(crate));
};

const CONST = 0x41;
const CALL = 0x10;

/**
 * Whether a constant is an argument that only a trap follows: after it come other constants and the call of a function in
 * `calls`, which has the offsets of the calls' operands.
 *
 * @param {Buffer} wasm
 * @param {number} at the offset of the constant
 * @param {Set<number>} calls
 */
const isArgumentOfTrap = (wasm, at, calls) => {
  if (wasm[at - 1] !== CONST) return false;
  let [, next] = readNumber(wasm, at);
  while (wasm[next] === CONST) [, next] = readNumber(wasm, next + 1);
  return wasm[next] === CALL && calls.has(next + 1);
};

/**
 * Lists the defined functions of a module, in order.
 *
 * @param {Buffer} wasm
 * @param {any} module the same, as Binaryen has it
 */
const definedFunctions = (wasm, module) => {
  const all = Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
  );
  const defined = all.filter(({ body }) => body);
  const imported = all.length - defined.length;
  let [, at] = readNumber(wasm, sections(wasm).find(({ id }) => id === CODE).content);
  return defined.map(({ name, params, results, body }, position) => {
    const [size, start] = readNumber(wasm, at);
    const end = start + size;
    at = end;
    return { name, params, results, body, index: imported + position, start, end };
  });
};

/** @param {{ name: string, body: number }} definition */
const neverReturns = ({ name, body }) =>
  isStandard(name) &&
  binaryen.getExpressionType(body) === binaryen.unreachable &&
  !/\(return/.test(binaryen.emitText(body));

/**
 * What each function, by its index, and each object refers to. A trap refers to nothing.
 *
 * @param {Buffer} wasm
 * @param {ReturnType<typeof readRelocations>} relocations
 * @param {{ index: number, start: number, end: number }[]} functions
 * @param {Set<number>} traps
 */
const readReferences = (wasm, { symbols, code, data }, functions, traps) => {
  const objects = symbols.filter(({ start }) => start !== undefined);
  const callsOfTraps = new Set(code.filter(({ symbol }) => traps.has(symbol.index)).map(({ at }) => at));
  /** @type {Map<number | Symbol, (number | Symbol)[]>} */
  const references = new Map();
  const add = (from, to) => {
    if (!references.has(from)) references.set(from, []);
    references.get(from).push(to.index ?? to);
  };
  for (const { at, symbol } of code) {
    const { index } = functions.find(({ start, end }) => at >= start && at < end);
    if (!traps.has(index) && !isArgumentOfTrap(wasm, at, callsOfTraps)) add(index, symbol);
  }
  // Objects may overlap: the linker keeps one copy of equal ends.
  for (const { at, symbol } of data)
    for (const object of objects) if (at >= object.start && at < object.end) add(object, symbol);
  return { objects, references };
};

/**
 * What can be reached from `roots`, each with the one that it was reached from.
 *
 * @template Node
 * @param {Node[]} roots
 * @param {Map<Node, Node[]>} references
 */
const reach = (roots, references) => {
  /** @type {Map<Node, Node | undefined>} */
  const reached = new Map(roots.map((root) => [root, undefined]));
  const rest = [...roots];
  while (rest.length) {
    const from = rest.pop();
    for (const to of references.get(from) ?? []) {
      if (reached.has(to)) continue;
      reached.set(to, from);
      rest.push(to);
    }
  }
  return reached;
};

/** Where the standard library keeps the panic hook. */
const PANIC_HOOK = /3std9panicking4HOOK$/;

/**
 * Fails the build where a panic hook is set, since none would be called.
 *
 * @param {Map<number | Symbol, number | Symbol | undefined>} reached
 * @param {{ name: string, index: number }[]} functions
 */
const refusePanicHook = (reached, functions) => {
  let node = [...reached.keys()].find((node) => typeof node === "object" && PANIC_HOOK.test(node.name ?? ""));
  if (!node) return;
  while (reached.get(node) !== undefined) node = reached.get(node);
  const exported = functions.find(({ index }) => index === node).name.replace(/_[0-9a-f]{16}$/, "");
  throw new ExpectedFailure(
    `${exported}(), which Rust exports, sets a panic hook, or calls what does. None is called in the package, where panics are ` +
      "traps (scripts/build/panics.mjs): remove it. js/loader.js handles crashes.",
  );
};

const exportedNames = (module) =>
  Array.from({ length: module.getNumExports() }, (_, position) =>
    binaryen.getExportInfo(module.getExportByIndex(position)),
  )
    .filter(({ kind }) => kind === binaryen.ExternalFunction)
    .map(({ value }) => value);

/** The module with zeros in place of the objects that are not reached. */
const eraseObjects = (wasm, objects, reached) => {
  const erased = Buffer.from(wasm);
  for (const { start, end } of objects) erased.fill(0, start, end);
  for (const object of objects) if (reached.has(object)) wasm.copy(erased, object.start, object.start, object.end);
  return erased;
};

/**
 * @param {Buffer} linked a module with relocations, as rustc linked it
 * @returns {Buffer} without relocations
 */
export const removePanics = (linked) => {
  if (sections(linked).some(({ id }) => id === START)) throw new Error("panics: the module has a start function");
  const relocations = readRelocations(linked);
  const original = binaryen.readBinary(withoutRelocations(linked));
  const functions = definedFunctions(linked, original);
  const traps = functions.filter(neverReturns);
  if (!traps.length) throw new Error("panics: no function of the standard library is one that never returns");
  const trapping = new Set(traps.map(({ index }) => index));
  const { objects, references } = readReferences(linked, relocations, functions, trapping);
  const exported = new Set(exportedNames(original));
  const roots = functions.filter(({ name }) => exported.has(name)).map(({ index }) => index);
  const reached = reach([...roots, ...objects.filter(({ isKept }) => isKept)], references);
  original.dispose();
  refusePanicHook(reached, functions);

  const module = binaryen.readBinary(withoutRelocations(eraseObjects(linked, objects, reached)));
  for (const { name, params, results } of traps) {
    module.removeFunction(name);
    module.addFunction(name, params, results, [], module.unreachable());
  }
  // An entry of the function table that nothing refers to.
  const unused = new Set(functions.filter(({ index }) => !reached.has(index)).map(({ name }) => name));
  const segments = Array.from({ length: module.getNumElementSegments() }, (_, position) =>
    binaryen.getElementSegmentInfo(module.getElementSegmentByIndex(position)),
  );
  for (const { name, table, data, offset } of segments) {
    const entries = data.map((entry) => (unused.has(entry) ? traps[0].name : entry));
    module.removeElementSegment(name);
    module.addActiveElementSegment(table, name, entries, offset);
  }
  binaryen.setDebugInfo(true);
  const result = Buffer.from(module.emitBinary());
  module.dispose();
  return result;
};
