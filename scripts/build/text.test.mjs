// The module travels as text: what the build writes, the page must read back byte for byte.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";

import binaryen from "binaryen";

import { decode } from "../../js/decode.js";
import { assembleDecoder, encode } from "./text.mjs";

const decoder = await assembleDecoder();

const roundTrip = (bytes) => {
  const { table, text, length } = encode(bytes);
  return Buffer.from(decode(decoder, table, text, length));
};

test("every byte survives the way through text", () => {
  const all = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
  for (const bytes of [all, Buffer.alloc(0), Buffer.alloc(9, 255), randomBytes(10_000)])
    assert.deepEqual(roundTrip(bytes), bytes);
});

test("the decoder has no names in it, whatever was built before", async () => {
  binaryen.setDebugInfo(true);
  const module = new WebAssembly.Module(await assembleDecoder());
  assert.deepEqual(WebAssembly.Module.customSections(module, "name"), []);
});

test("a module that the decoder has no room for fails the build", () => {
  assert.deepEqual(roundTrip(Buffer.alloc(65_407, "a")), Buffer.alloc(65_407, "a"));
  assert.throws(() => encode(Buffer.alloc(65_408, "a")), /65408 characters/);
});

test("the text needs no escape in a string of JavaScript, nor in a script of HTML", () => {
  assert.match(encode(randomBytes(10_000)).text, /^[ !#%-;=-[\]-_a-~]*$/);
});
