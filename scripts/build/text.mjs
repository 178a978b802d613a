// The module as text, so that it travels inside its JavaScript: the one form that every bundler takes unaided.
//
// One printable ASCII character stands for each of the frequent bytes, two for each of the others. Letters, digits and
// common signs stand for themselves, since the module holds English sentences and compression knows English: that made
// 250 bytes of difference against a table by frequency alone, and 1,600 against hexadecimal digits.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import binaryen from "binaryen";

import { root } from "../run.mjs";

/** The characters that begin a pair. */
const PAIRS = "{|}~";

// Without what a string in JavaScript, or a script in HTML, would have to escape.
const safe = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter(
  (character) => !'"$<\\`'.includes(character),
);
const isCommon = /[a-zA-Z0-9 .:,_-]/;

/** What the decoder's memory holds beside its table. */
const MOST = 65_536 - 128;

/** A common character that the module hardly has is of more use for another byte. */
const HARDLY = 12;

/** What two characters stand for: as js/decode.wat has it. With this factor pairs reach almost every byte. */
const sum = (first, second) => (first.charCodeAt() * 199 + second.charCodeAt()) & 255;

const pairs = new Array(256);
for (const first of PAIRS) for (const second of safe) pairs[sum(first, second)] ??= first + second;

/** The arguments of js/decode.js for these bytes, after the decoder itself. */
export const encode = (bytes) => {
  const count = new Array(256).fill(0);
  for (const byte of bytes) count[byte]++;
  const codes = [...pairs];
  const free = [];
  for (const character of safe) {
    const byte = character.charCodeAt();
    if (isCommon.test(character) && count[byte] >= HARDLY) codes[byte] = character;
    else if (!PAIRS.includes(character)) free.push(character);
  }
  // Those first that no pair reaches.
  const frequent = count
    .map((_, byte) => byte)
    .filter((byte) => codes[byte]?.length !== 1)
    .sort((a, b) => Number(!codes[b]) - Number(!codes[a]) || count[b] - count[a] || a - b)
    .slice(0, free.length);
  const table = [];
  for (const [index, byte] of frequent.entries()) {
    codes[byte] = free[index];
    table[free[index].charCodeAt() - 32] = byte ^ free[index].charCodeAt();
  }
  const text = Array.from(bytes, (byte) => codes[byte]).join("");
  if (text.length >= MOST)
    throw new Error(`a module of ${text.length} characters: js/decode.wat has room for ${MOST - 1}`);
  return { table: Array.from(table, (difference) => difference ?? 0), text, length: bytes.length };
};

/**
 * js/decode.wat as a module.
 *
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export const assembleDecoder = async () => {
  const module = binaryen.parseText(await readFile(join(root, "js/decode.wat"), "utf8"));
  // Other parts of the build want names.
  binaryen.setDebugInfo(false);
  const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (module.emitBinary());
  module.dispose();
  return bytes;
};
