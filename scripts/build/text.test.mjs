// The page decodes the encoded module to exactly the same bytes.

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

test("every byte survives encoding and decoding", () => {
  const all = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
  for (const bytes of [all, Buffer.alloc(0), Buffer.alloc(9, 255), randomBytes(10_000)])
    assert.deepEqual(roundTrip(bytes), bytes);
});

test("the decoder contains no names, whatever was built before", async () => {
  binaryen.setDebugInfo(true);
  const module = new WebAssembly.Module(await assembleDecoder());
  assert.deepEqual(WebAssembly.Module.customSections(module, "name"), []);
});

test("a module that the decoder has no room for fails the build", () => {
  assert.deepEqual(roundTrip(Buffer.alloc(130_943, "a")), Buffer.alloc(130_943, "a"));
  assert.throws(() => encode(Buffer.alloc(130_944, "a")), /has 130944 characters/);
});

test("the string needs no escapes in JavaScript or in an HTML script", () => {
  assert.match(encode(randomBytes(10_000)).text, /^[ !#%-;=-[\]-_a-~]*$/);
});
