// What a script shows of its steps: one line each, and all output of the one that fails.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";

import { formatElapsed } from "./progress.mjs";
import { root } from "./run.mjs";

const HEAD = `
  import { CommandFailure, ExpectedFailure, runScript } from "./scripts/failure.mjs";
  import { log, runSteps } from "./scripts/progress.mjs";
  import { run } from "./scripts/run.mjs";
  const quiet = { title: "Say much", run: async () => { await run("node", ["-e", "console.log('chatter')"]); return { result: "said" }; } };
`;

const play = async (steps, ...args) => {
  const body = `${HEAD}; await runScript(() => runSteps(${steps}));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", body, "--", ...args], { cwd: root });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  return { code, output };
};

test("a step that succeeds is one numbered line with its time and its result", async () => {
  const { code, output } = await play("[quiet, quiet]");
  assert.equal(code, 0);
  assert.match(output, /^✓ \[1\/2\] Say much {2}0:0\d {2}said\n✓ \[2\/2\] Say much {2}0:0\d {2}said\n$/);
});

test("a step that fails shows all its output, ends the script with exit code 1, and is named in the last line", async () => {
  const failing = `{ title: "Break", run: () => run("node", ["-e", "console.log('first'); console.error('second'); process.exit(3)"]) }`;
  const { code, output } = await play(`[${failing}, quiet]`);
  assert.equal(code, 1);
  assert.match(output, /✗ \[1\/2\] Break/);
  for (const line of ["first", "second", "node ended with exit code 3"]) assert.ok(output.includes(`${line}\n`), line);
  assert.doesNotMatch(output, /Say much|^ +at /m);
  assert.equal(output.trimEnd().split("\n").at(-1), "Failed: Break.");
});

test("an error in the project's own scripts shows its stack", async () => {
  const { code, output } = await play('[{ title: "Break", run: async () => undefined.property }]');
  assert.equal(code, 1);
  assert.match(output, /TypeError: .*\n +at /);
});

test("an expected failure is its sentence alone", async () => {
  const { code, output } = await play(
    '[{ title: "Ask", run: async () => { log("chatter"); throw new ExpectedFailure("Do this."); } }, quiet]',
  );
  assert.equal(code, 1);
  assert.match(output, /^✗ \[1\/2\] Ask {2}0:00\nDo this\.\n$/);
});

test("a step that continues fails the script at its end, with the others run", async () => {
  const { code, output } = await play(
    '[{ title: "Break", continues: true, run: async () => { throw new CommandFailure("no"); } }, quiet]',
  );
  assert.equal(code, 1);
  assert.match(output, /✓ \[2\/2\] Say much[\s\S]*\nFailed: Break\.\n$/);
});

test("--verbose shows the output of every command", async () => {
  const { output } = await play("[quiet]", "--verbose");
  assert.match(output, /\[1\/1\] Say much\nchatter\n✓/);
});

test("elapsed time is minutes and seconds", () => {
  assert.deepEqual([0, 7400, 59_600, 760_000].map(formatElapsed), ["0:00", "0:07", "1:00", "12:40"]);
});

test("in a terminal, one line moves while a command runs, and shows what it printed last", async () => {
  const body = `${HEAD}; await runScript(() => runSteps([{ title: "Wait", run: () => run("sh", ["-c", "echo Compiling; sleep 0.5"]) }]));`;
  // Python's pty makes a terminal, on every system.
  const program = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)";
  const child = spawn("python3", ["-c", program, process.execPath, "--input-type=module", "-e", body], {
    cwd: root,
    env: { ...process.env, COLUMNS: "80" },
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
  await once(child, "close");
  const frames = output.split("\r\u001b[2K");
  assert.ok(new Set(frames.map((frame) => frame[0])).size > 3, output);
  assert.ok(
    frames.some((frame) => frame.includes("[1/1] Wait  0:00  Compiling")),
    output,
  );
  assert.match(frames.at(-1), /^✓ \[1\/1\] Wait {2}0:0\d\r?\n$/);
});
