// A long-lived page does not leak: after thousands of calls it retains no more than after the first hundred.
//
// LONG_LIFE is the number of calls of each entry (300 by default).

import assert from "node:assert/strict";
import { test } from "node:test";

import { readVariable } from "../../scripts/environment.mjs";
import { useBlankPage } from "./support/blank-page.mjs";

const CALLS = readVariable("LONG_LIFE");
const WARM_UP = 100;
/** The number of calls per slice. */
const SLICE = 500;

/**
 * How much JavaScript's heap may grow, in bytes: what the engine compiles of functions that have become hot, its inline
 * caches and what the test itself counts. It stops growing after some thousand calls, at 150,000 for WebAssembly and
 * 700,000 for JavaScript; a leak of 100 bytes a call would be more than this after 10,000.
 */
const HEAP_TOLERANCE = 1_000_000;

const openPage = useBlankPage("hostile/living.mjs");

const watch = async (t, fallback) => {
  const opened = await openPage({ fallback });
  t.after(() => opened.close());
  const cdp = await opened.context.newCDPSession(opened.page);
  await opened.page.evaluate((given) => living.setUp(given), { fallback });
  return {
    play: (...given) => opened.page.evaluate((values) => living.play(...values), given),
    async held() {
      // Weak references are cleared only between tasks, and their targets one collection later.
      for (let round = 0; round < 3; round++) {
        await cdp.send("HeapProfiler.collectGarbage");
        await opened.page.evaluate(() => living.play("passkey", 0, 0));
      }
      const held = await opened.page.evaluate(() => living.held());
      // What the counting itself retained is garbage by now.
      await cdp.send("HeapProfiler.collectGarbage");
      const { usedSize, backingStorageSize } = await cdp.send("Runtime.getHeapUsage");
      return { ...held, heap: usedSize, buffers: backingStorageSize };
    },
  };
};

for (const [title, entry, fallback] of [
  ["ceremonies and failures", "passkey", false],
  ["approvals by push and codes, polls started and cancelled", "ciba", false],
  ["ceremonies and failures in the fallback", "passkey", true],
])
  test(`${title} leak nothing`, async (t) => {
    const page = await watch(t, fallback);
    const spread = {};
    const play = async (from, to) => {
      for (let at = from; at < to; at += SLICE)
        for (const [outcome, times] of Object.entries(await page.play(entry, at, Math.min(at + SLICE, to))))
          spread[outcome] = (spread[outcome] ?? 0) + times;
    };
    await play(0, WARM_UP);
    const first = await page.held();
    await play(WARM_UP, CALLS);
    const last = await page.held();

    t.diagnostic(`${CALLS} calls: ${JSON.stringify(spread)}`);
    t.diagnostic(`first ${JSON.stringify(first)}, last ${JSON.stringify(last)}`);
    assert.ok(Object.keys(spread).length >= 5, JSON.stringify(spread));
    assert.deepEqual(last.errors, []);
    assert.deepEqual(last.pages, first.pages, "WebAssembly memory grew");
    assert.deepEqual(last.tables, first.tables, "the module holds more of JavaScript's values");
    assert.equal(last.timers, 0, "timers are left");
    assert.equal(last.listeners, 0, "listeners are left");
    assert.equal(last.controllers, 0, "abort controllers are left");
    // The memory of the JavaScript module is a buffer.
    assert.ok(last.buffers - first.buffers < 65536, `the buffers grew from ${first.buffers} to ${last.buffers} bytes`);
    assert.ok(last.heap - first.heap < HEAP_TOLERANCE, `the heap grew from ${first.heap} to ${last.heap} bytes`);
  });

test("the memory that a ceremony needs is allocated before the first one", async (t) => {
  const page = await watch(t, false);
  const { pages } = await page.held();
  const outcomes = await page.play("passkey", 0, 1);
  assert.equal(Object.values(outcomes).length, 1, "a call was played");
  assert.ok(Math.max(...pages) > 0, "a memory was seen");
  assert.deepEqual((await page.held()).pages, pages);
});
