// Reads what refers to what in a module, from the symbols and relocations that `wasm-ld --emit-relocs` leaves in it
// (specification: https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md).

import { CODE, DATA, readNumber, readString, sections, withoutCustomSections } from "./sections.mjs";

const SYMBOL_TABLE = 8;

/** Kinds of symbols. */
const FUNCTION = 0;
const OBJECT = 1;
const SECTION = 3;

/** Flags of symbols. */
const UNDEFINED = 0x10;
const EXPORTED = 0x20;
const EXPLICIT_NAME = 0x40;
const NO_STRIP = 0x80;

/** The types of relocations of 32-bit modules. */
const WITH_ADDEND = [3, 4, 5, 8, 9, 11, 21, 23];
const WITHOUT_ADDEND = [0, 1, 2, 6, 7, 10, 12, 13, 20, 26];

/** The one type whose index is not one of a symbol. */
const TYPE_INDEX = 6;

/**
 * A function, or an object in the data. Symbols of other kinds have neither `index` nor `start`.
 *
 * @typedef {object} Symbol
 * @property {number} [index] of a function, imports first
 * @property {string} [name] of an object, mangled
 * @property {number} [start] of an object, as an offset in the file
 * @property {number} [end]
 * @property {boolean} [isKept] whether the linker was told to keep an object that nothing refers to
 */

/**
 * The start of each data segment's content.
 *
 * @param {Buffer} wasm
 */
const readSegments = (wasm) => {
  const section = sections(wasm).find(({ id }) => id === DATA);
  if (!section) return [];
  let [count, at] = readNumber(wasm, section.content);
  const starts = [];
  while (count--) {
    let size;
    // An active segment of the first memory, whose address is `i32.const`, a number and `end`: wasm-ld makes no other.
    if (wasm[at] !== 0 || wasm[at + 1] !== 0x41) throw new Error("relocations: a data segment of an unknown kind");
    [, at] = readNumber(wasm, at + 2);
    [size, at] = readNumber(wasm, at + 1);
    starts.push(at);
    at += size;
  }
  return starts;
};

/**
 * @param {Buffer} wasm
 * @returns {Symbol[]}
 */
const readSymbols = (wasm) => {
  const section = sections(wasm).find(({ name }) => name === "linking");
  if (!section) throw new Error("relocations: the module has none. Link it with --emit-relocs.");
  const segments = readSegments(wasm);
  let [, at] = readNumber(wasm, section.content);
  for (;;) {
    const type = wasm[at];
    const [size, content] = readNumber(wasm, at + 1);
    at = content;
    if (type === SYMBOL_TABLE) break;
    at += size;
  }
  const [count, first] = readNumber(wasm, at);
  at = first;
  return Array.from({ length: count }, () => {
    const kind = wasm[at];
    let flags, index, offset, size;
    [flags, at] = readNumber(wasm, at + 1);
    if (kind === OBJECT) {
      let name;
      [name, at] = readString(wasm, at);
      if (flags & UNDEFINED) return {};
      [index, at] = readNumber(wasm, at);
      [offset, at] = readNumber(wasm, at);
      [size, at] = readNumber(wasm, at);
      const start = segments[index] + offset;
      return { name, start, end: start + size, isKept: (flags & (EXPORTED | NO_STRIP)) !== 0 };
    }
    [index, at] = readNumber(wasm, at);
    if (kind !== SECTION && (!(flags & UNDEFINED) || flags & EXPLICIT_NAME)) [, at] = readString(wasm, at);
    return kind === FUNCTION ? { index } : {};
  });
};

/**
 * The relocations of a section, each with the offset in the file of the number that it stands for.
 *
 * @param {Buffer} wasm
 * @param {string} name
 * @param {number} id of the section that it is about
 * @param {Symbol[]} symbols
 */
const readSection = (wasm, name, id, symbols) => {
  const section = sections(wasm).find((section) => section.name === name);
  if (!section) return [];
  const { content: base } = sections(wasm).find((section) => section.id === id);
  let [, at] = readNumber(wasm, section.content);
  let count;
  [count, at] = readNumber(wasm, at);
  const found = [];
  while (count--) {
    const type = wasm[at];
    let offset, index;
    [offset, at] = readNumber(wasm, at + 1);
    [index, at] = readNumber(wasm, at);
    if (WITH_ADDEND.includes(type)) [, at] = readNumber(wasm, at);
    else if (!WITHOUT_ADDEND.includes(type)) throw new Error(`relocations: type ${type} is unknown`);
    if (type !== TYPE_INDEX) found.push({ at: base + offset, symbol: symbols[index] });
  }
  return found;
};

/**
 * @param {Buffer} wasm
 * @returns {{ symbols: Symbol[], code: { at: number, symbol: Symbol }[], data: { at: number, symbol: Symbol }[] }}
 */
export const readRelocations = (wasm) => {
  const symbols = readSymbols(wasm);
  return {
    symbols,
    code: readSection(wasm, "reloc.CODE", CODE, symbols),
    data: readSection(wasm, "reloc.DATA", DATA, symbols),
  };
};

/** @param {Buffer} wasm */
export const withoutRelocations = (wasm) =>
  withoutCustomSections(wasm, (name) => name === "linking" || name.startsWith("reloc."));
