// The store of the example backend: docs/examples/backend/expiring-map.mjs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ExpiringMap } from "../../docs/examples/backend/expiring-map.mjs";

const useClock = (options) => {
  const clock = { seconds: 0 };
  const map = new ExpiringMap({ lifetimeSeconds: 10, now: () => clock.seconds * 1000, ...options });
  const at = (seconds) => {
    clock.seconds = seconds;
    return map;
  };
  return { map, at };
};

test("an entry expires after the lifetime of its last value", () => {
  const { at } = useClock();
  at(0).set("a", 1);
  at(1).set("b", 2);
  at(5).set("a", 3);
  assert.equal(at(10).get("b"), 2);
  assert.equal(at(11).get("b"), undefined);
  assert.equal(at(14).get("a"), 3);
  at(20).set("c", 4);
  assert.equal(at(20).size, 1, "what has expired takes no memory");
});

test("the oldest of too many is forgotten", () => {
  const { map } = useClock({ maxSize: 2 });
  for (const name of ["a", "b", "a", "c"]) map.set(name, name);
  assert.deepEqual([map.get("a"), map.get("b"), map.get("c"), map.size], ["a", undefined, "c", 2]);
});

test("what was deleted is gone", () => {
  const { map } = useClock();
  map.set("a", 1);
  map.delete("a");
  assert.equal(map.get("a"), undefined);
});
