// The limit of the shop's relay on requests for an email.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createRateLimit } from "../../www/rate-limit.mjs";

const setUp = (options) => {
  const clock = { now: 0 };
  const { use } = createRateLimit({ limit: 2, windowSeconds: 10, now: () => clock.now, ...options });
  return { clock, use };
};

test("a rate limit is exact over any window", () => {
  const { clock, use } = setUp();
  const at = (ms) => {
    clock.now = ms;
    return use("ada");
  };
  assert.deepEqual([0, 9000, 9500, 9999].map(at), [0, 0, 1, 1]);
  assert.deepEqual([10_000, 10_001, 18_999, 19_000].map(at), [0, 9, 1, 0]);
});

test("keys do not affect each other, and a rejected use does not count", () => {
  const { clock, use } = setUp();
  assert.deepEqual(["ada", "ada", "ada", "bob"].map(use), [0, 0, 10, 0]);
  clock.now = 10_000;
  assert.equal(use("ada"), 0);
});

test("at most 100,000 keys are kept, those that were used last", () => {
  const { use } = setUp();
  for (let number = 0; number < 100_000; number++) use(`${number}`);
  use("0");
  use("one more");
  assert.equal(use("0"), 10, "it was used again");
  assert.deepEqual([use("1"), use("1"), use("1")], [0, 0, 10], "it was forgotten");
});
