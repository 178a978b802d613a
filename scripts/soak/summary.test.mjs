// What a soak run says at its end, with suites that are processes.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "../run.mjs";
import { soakSuites } from "./suites.mjs";

const play = async (options) => {
  const body = `
    import { runScript } from "./scripts/failure.mjs";
    import { run } from "./scripts/run.mjs";
    import { runWithSummary } from "./scripts/soak/summary.mjs";
    import { nodeTest, suiteStep } from "./scripts/test/suites.mjs";
    const process = (title, code) => ({ title, run: async () => { await run("node", ["-e", code]); return { result: "fine" }; } });
    const tests = (title, file) => suiteStep({ title, noun: "soak", runner: "node", run: () => nodeTest([file]) }, new Map());
    await runScript(() => runWithSummary({ title: "Soak, seed 17", ...${options} }));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", body], {
    cwd: root,
    // The test runner's own variable makes a child of its child report to it.
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  return { code, output, summary: output.slice(output.indexOf("\nSoak, seed 17:")).trim() };
};

test("suites run after one that failed, and the summary has all of them", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "soak-"));
  t.after(() => rm(folder, { recursive: true }));
  const [good, bad] = ["good", "bad"].map((name) => join(folder, `${name}.test.mjs`));
  await writeFile(good, 'import { test } from "node:test"; test("one", () => {}); test("two", () => {});');
  await writeFile(
    bad,
    'import { test } from "node:test"; test("one", () => { throw new Error("seed 17, slice 4"); });',
  );
  const { code, output, summary } = await play(`{ suites: [
    tests("Generated calls", ${JSON.stringify(bad)}),
    process("Killed", "process.kill(process.pid, 'SIGKILL')"),
    tests("Globals", ${JSON.stringify(good)}),
    process("Fuzz", "0"),
    { title: "Broken", run: async () => undefined.property },
  ] }`);
  assert.equal(code, 1);
  assert.match(output, /seed 17, slice 4/);
  assert.match(
    summary,
    /^Soak, seed 17: 2 of 5 passed\n✗ Generated calls {2}0:0\d {2}failed: node ended with exit code 1\n✗ Killed {2}0:0\d {2}failed: node ended with SIGKILL\n✓ Globals {2}0:0\d {2}2 passed\n✓ Fuzz {2}0:0\d {2}fine\n✗ Broken {2}0:0\d {2}failed: .*undefined.*\n\nFailed: Generated calls; Killed; Broken\.$/,
  );
});

test("a run without a failure ends with its summary and exit code 0", async () => {
  const { code, summary } = await play(`{ first: [process("Build", "0")], suites: [process("Fuzz", "0")] }`);
  assert.equal(code, 0);
  assert.match(summary, /^Soak, seed 17: 1 of 1 passed\n✓ Fuzz {2}0:0\d {2}fine$/);
});

test("suites that a failed build kept from running are not counted as passed", async () => {
  const { code, summary } = await play(
    `{ first: [process("Build", "process.exit(2)")], suites: [process("Globals", "0"), process("Fuzz", "0")] }`,
  );
  assert.equal(code, 1);
  assert.match(summary, /^Soak, seed 17: 0 of 2 passed\n- Globals: not run\n- Fuzz: not run\n\nFailed: Build\.$/);
});

test("each suite that generates its input names its seed", () => {
  const titles = soakSuites("4711").map(({ title }) => title);
  assert.equal(titles.filter((title) => title.endsWith("seed 4711")).length, 4);
});

test("the command rejects a seed that is not a number, and the name of a suite that does not exist", async () => {
  for (const [args, message] of [
    [["--seed", "x"], /--seed must be a whole number above 0, but is "x"/],
    [["nonsense"], /No soak suite has a title with nonsense/],
  ]) {
    const child = spawn(process.execPath, ["scripts/test-soak.mjs", ...args], { cwd: root });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    const [code] = await once(child, "close");
    assert.equal(code, 1);
    assert.match(output, message);
  }
});
