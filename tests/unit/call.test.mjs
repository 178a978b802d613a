// js/call.js, js/host.js and js/base-url.js, which outlive an instance of the module: they are immune to properties on Object.prototype.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseBaseUrl } from "../../js/base-url.js";
import { createCall, finish } from "../../js/call.js";
import { createDeadline } from "../../js/host.js";

const SUCCESS = { success: true, code: { statusCode: "success-authentication", message: "Well." }, token: "T" };
const FAILURE = { success: false, code: { statusCode: "error-0002", message: "Not well." }, message: "why" };

/** A call that is finished with these parts, and its result. */
const play = (parts) => {
  const call = createCall();
  finish(call, parts);
  return { call, result: call.promise };
};

test("a call resolves to the exact result object", async () => {
  assert.deepEqual(await play([true, "success-authentication", "Well.", "T"]).result, SUCCESS);
  assert.deepEqual(await play([false, "error-0002", "Not well.", "why"]).result, FAILURE);
});

test("setters on Object.prototype intercept no property of a call or of its result", async () => {
  const names = new Set(["statusToken", ...Object.keys(createCall())]);
  for (const result of [SUCCESS, FAILURE])
    for (const name of [...Object.keys(result), ...Object.keys(result.code)]) names.add(name);
  for (const name of names)
    for (const descriptor of [{ get() {}, set() {} }, { value: undefined }]) {
      Object.defineProperty(Object.prototype, name, { configurable: true, ...descriptor });
      try {
        const { call, result } = play([true, "success-authentication", "Well.", "T"]);
        call.statusToken = "S";
        assert.deepEqual(await result, SUCCESS, name);
        assert.equal(call.statusToken, "S");
      } finally {
        delete Object.prototype[name];
      }
    }
});

test("a base URL that is not a string is not cached", () => {
  const url = new URL("https://one.example");
  assert.equal(parseBaseUrl(url), "https://one.example");
  url.host = "two.example";
  assert.equal(parseBaseUrl(url), "https://two.example");
});

test("a value that becomes thenable later is not awaited", async () => {
  let count = 0;
  // The first reads come from resolving the promise itself.
  const name = "then";
  const value = Object.defineProperty({}, name, { get: () => (count++ ? () => {} : undefined) });
  assert.equal((await createDeadline(0).until(Promise.resolve(value))).value, value);
  count = 0;
});
