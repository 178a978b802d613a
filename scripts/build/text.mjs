// Encodes the module as a string inside its JavaScript, the one form that every bundler accepts without configuration.
//
// The frequent bytes are encoded as one printable ASCII character, the others as two. Letters, digits and common punctuation
// encode themselves, because the module contains English sentences, and brotli has a dictionary of English. That saves 250
// bytes compared with a table by frequency alone, and 1,600 compared with hexadecimal digits.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import binaryen from "binaryen";

import { root } from "../run.mjs";

/** The first characters of pairs. */
const PAIR_STARTS = "{|}~";

// Without the characters that must be escaped in a JavaScript string or in an HTML script.
const safe = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter(
  (character) => !'"$<\\`'.includes(character),
);
const isCommon = /[a-zA-Z0-9 .:,_-]/;

/** The size of the decoder's memory without its table. */
const MAX_LENGTH = 2 * 65_536 - 128;

/** A common character that occurs less often than this is reassigned to another byte. */
const MIN_OCCURRENCES = 12;

/** The byte that a pair encodes, as in js/decode.wat. With this factor, the pairs reach almost every byte. */
const pairToByte = (first, second) => (first.charCodeAt() * 199 + second.charCodeAt()) & 255;

const pairs = new Array(256);
for (const first of PAIR_STARTS) for (const second of safe) pairs[pairToByte(first, second)] ??= first + second;

/** Encodes bytes as the arguments of `decode` in js/decode.js that follow the decoder. */
export const encode = (bytes) => {
  const count = new Array(256).fill(0);
  for (const byte of bytes) count[byte]++;
  const codes = [...pairs];
  const free = [];
  for (const character of safe) {
    const byte = character.charCodeAt();
    if (isCommon.test(character) && count[byte] >= MIN_OCCURRENCES) codes[byte] = character;
    else if (!PAIR_STARTS.includes(character)) free.push(character);
  }
  // Bytes that no pair reaches come first.
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
  if (text.length >= MAX_LENGTH)
    throw new Error(`the module has ${text.length} characters, and js/decode.wat has room for ${MAX_LENGTH - 1}`);
  return { table: Array.from(table, (difference) => difference ?? 0), text, length: bytes.length };
};

/**
 * Assembles js/decode.wat.
 *
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export const assembleDecoder = async () => {
  const module = binaryen.parseText(await readFile(join(root, "js/decode.wat"), "utf8"));
  // Other parts of the build switch names on.
  binaryen.setDebugInfo(false);
  const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (module.emitBinary());
  module.dispose();
  return bytes;
};
