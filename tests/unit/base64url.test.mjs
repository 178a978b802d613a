// base64url, the text form of every binary member (RFC 4648 section 5), in Node; tests/e2e/base64url.test.mjs has the browser.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { encode } from "../../js/base64url.js";
import { textOf } from "../../js/call.js";
import { conversions } from "../e2e/support/base64url-conversions.mjs";
import { PROMISES } from "../e2e/support/base64url-promises.mjs";

const { fromBase64 } = Uint8Array;
const { toBase64 } = Uint8Array.prototype;

describe("by atob and btoa", () => {
  before(() => {
    delete Uint8Array.fromBase64;
    delete Uint8Array.prototype.toBase64;
  });
  after(() => {
    if (fromBase64) Object.assign(Uint8Array, { fromBase64 });
    if (toBase64) Object.assign(Uint8Array.prototype, { toBase64 });
  });
  for (const [title, hold] of Object.entries(PROMISES)) test(title, () => hold(conversions));
});

describe("by the engine's own conversions", { skip: !fromBase64 && "this Node has none" }, () => {
  for (const [title, hold] of Object.entries(PROMISES)) test(title, () => hold(conversions));
});

test("a view shows its own part of a buffer", () => {
  const { buffer: whole } = Uint8Array.of(1, 2, 3, 4);
  assert.equal(
    textOf(() => new DataView(whole, 1, 2)),
    "AgM",
  );
  assert.equal(
    textOf(() => new Uint16Array(whole, 2)),
    "AwQ",
  );
  assert.equal(
    textOf(() => whole),
    "AQIDBA",
  );
});

test("what is no buffer, or an empty one, or cannot be read, has no text", () => {
  const detached = new ArrayBuffer(4);
  structuredClone(detached, { transfer: [detached] });
  const others = [undefined, null, 7, "AQ", [1], {}, { byteLength: 2 }, new Uint8Array(), new ArrayBuffer(), detached];
  for (const value of others) assert.ok(!textOf(() => value), String(value));
  const unreadable = () => {
    throw new Error("unreadable");
  };
  assert.ok(!textOf(unreadable));
  assert.ok(!textOf(() => Object.defineProperty({}, "byteLength", { get: unreadable })));
});

test("members that the page gave to all objects change no conversion", () => {
  const own = { alphabet: "base64", omitPadding: false, lastChunkHandling: "strict" };
  Object.assign(Object.prototype, own);
  try {
    assert.deepEqual(conversions.decode(["AQ", "AQ==", "AR", "-_-_"]), ["01", "01", "01", "fbffbf"]);
    assert.equal(encode(Uint8Array.of(251, 255)), "-_8");
  } finally {
    for (const name in own) delete Object.prototype[name];
  }
});
