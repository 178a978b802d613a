// base64url, the text form of every binary member (RFC 4648 section 5), as pages send and read it, against Node's own.

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { buffer, encode, textOf } from "../js/host.js";

const bytesOf = (bytes) => bytes && Buffer.from(bytes);

test("the vectors of the standard hold both ways", () => {
  const vectors = { f: "Zg", fo: "Zm8", foo: "Zm9v", foob: "Zm9vYg", fooba: "Zm9vYmE", foobar: "Zm9vYmFy" };
  for (const [text, base64url] of Object.entries(vectors)) {
    assert.equal(encode(text), base64url);
    assert.deepEqual(bytesOf(buffer(base64url)), Buffer.from(text));
  }
  assert.deepEqual(bytesOf(buffer("-_-_")), Buffer.of(251, 255, 191));
});

test("any bytes become their base64url text without padding, and come back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = textOf({ bytes }, "bytes");
      assert.equal(text, bytes.length ? Buffer.from(bytes).toString("base64url") : undefined);
      assert.deepEqual(bytesOf(buffer(text ?? "")), Buffer.from(bytes));
    }),
  );
});

test("any text becomes the base64url of its UTF-8", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      assert.equal(encode(text), Buffer.from(text).toString("base64url"));
    }),
  );
});

test("what is not base64url is no buffer, whatever else it is", () => {
  const digits = /^[\w-]*$/;
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[AQgw_+/= -]{0,12}$/)), (text) => {
      const unpadded = text.length % 4 ? text : text.replace(/={1,2}$/, "");
      const isValid = digits.test(unpadded) && unpadded.length % 4 != 1;
      assert.deepEqual(bytesOf(buffer(text)), isValid ? Buffer.from(unpadded, "base64url") : undefined);
    }),
  );
});

test("padding may be there or not; half of it, or nothing else, may not", () => {
  for (const text of ["AQ", "AQ==", "AQI", "AQI="]) assert.ok(buffer(text), text);
  for (const text of ["AQ=", "AQI==", "AQID=", "A", "=", "==", "====", "AQ==AQ==", "AQ\n", " AQ", "A+8", "A/8"])
    assert.equal(buffer(text), undefined, text);
});

test("stray bits after the last byte are ignored, as browsers do", () => {
  assert.deepEqual(bytesOf(buffer("AR")), Buffer.of(1));
});

test("a view shows its own part of a buffer; what is no buffer has no text", () => {
  const { buffer: whole } = Uint8Array.of(1, 2, 3, 4);
  assert.equal(textOf({ view: new DataView(whole, 1, 2) }, "view"), "AgM");
  assert.equal(textOf({ whole }, "whole"), "AQIDBA");
  const others = [undefined, null, 7, "AQ", [1], {}, { byteLength: 2 }, new Uint8Array()];
  for (const value of others) assert.equal(textOf({ value }, "value"), undefined);
  assert.equal(textOf(undefined, "value"), undefined);
});
