// What the runners' closing lines are counted as, and which end-to-end test is in which suite.

import assert from "node:assert/strict";
import { test } from "node:test";

import { countTests, describeTotals, END_TO_END, suiteStep, testFiles } from "./suites.mjs";

const OUTPUTS = [
  ["nextest", "     Summary [   9.512s] 255 tests run: 255 passed, 2 skipped\n", { passed: 255, skipped: 2 }],
  ["nextest", "     Summary [   0.004s] 1 test run: 1 passed, 0 skipped\n", { passed: 1, skipped: 0 }],
  [
    "node",
    "\u001b[34mℹ tests 5\u001b[39m\n\u001b[34mℹ pass 4\u001b[39m\nℹ fail 0\nℹ skipped 1\nℹ todo 0\n",
    { passed: 4, skipped: 1 },
  ],
  [
    "wasm-bindgen",
    "test result: ok. 21 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.69s\n\ntest result: ok. 7 passed; 0 failed; 1 ignored; 0 filtered out; finished in 0.1s\n",
    { passed: 28, skipped: 1 },
  ],
  ["unittest", "Ran 22 tests in 20.1s\n\nOK\n", { passed: 22, skipped: 0 }],
  ["unittest", "Ran 22 tests in 20.1s\n\nOK (skipped=2)\n", { passed: 20, skipped: 2 }],
  ["node", "nothing at all", { passed: 0, skipped: 0 }],
];
for (const [runner, output, expected] of OUTPUTS)
  test(`${JSON.stringify(expected)} is read from what ${runner} prints: ${JSON.stringify(output.slice(0, 40))}`, () => {
    assert.deepEqual(countTests(runner, output), expected);
  });

test("a suite in which no test ran fails", async () => {
  const step = suiteStep({ title: "t", noun: "n", runner: "node", run: async () => "ℹ pass 0" }, new Map());
  await assert.rejects(step.run(), { message: "no test ran" });
});

test("suites with the same noun are counted together in the closing line", async () => {
  const totals = new Map();
  for (const count of [3, 4])
    await suiteStep(
      { title: "t", noun: "end to end", runner: "node", run: async () => `ℹ pass ${count}` },
      totals,
    ).run();
  totals.set("Python", 22);
  assert.equal(describeTotals(totals, 760_000), "7 end to end, 22 Python: all passed in 12:40");
});

test("each end-to-end test file is in one suite", async () => {
  const files = (await testFiles("tests/e2e")).map((file) => file.replace(/^tests\/e2e\//, ""));
  const patterns = Object.values(END_TO_END);
  assert.ok(files.length > 20);
  for (const file of files) assert.ok(patterns.filter((pattern) => pattern.test(file)).length <= 1, file);
  for (const pattern of patterns)
    assert.ok(
      files.some((file) => pattern.test(file)),
      String(pattern),
    );
});
