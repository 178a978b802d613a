// `npm start`, as the test on an empty machine runs it: its last line, Ctrl+C, and what is left after a failure.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { freePorts } from "../../tests/e2e/support/processes.mjs";
import { startAsUser } from "./start.mjs";

const READY = "Ready after 0:01. Open http://localhost:5180 (its phone is http://localhost:5195). Ctrl+C stops.";

/** A folder whose `npm start` runs this program, which writes its process id to `pid`. */
const startProgram = async (t, program) => {
  const folder = await mkdtemp(join(tmpdir(), "webauthn-result-start-"));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "package.json"), JSON.stringify({ scripts: { start: "node program.mjs" } }));
  const head = 'import { writeFileSync } from "node:fs"; writeFileSync("pid", String(process.pid));';
  await writeFile(join(folder, "program.mjs"), `${head}\n${program}`);
  const [PORT, CLOUD_PORT, PHONE_PORT] = (await freePorts(3)).map(String);
  const started = startAsUser(folder, { ...process.env, PORT, CLOUD_PORT, PHONE_PORT });
  t.after(() => started.kill());
  return { ...started, pid: async () => Number(await readFile(join(folder, "pid"), "utf8")) };
};

const waits = "setInterval(() => {}, 1000);";

test("it is ready at the address of its last line, and Ctrl+C ends it in silence", async (t) => {
  const { ready, stop } = await startProgram(t, `console.log(${JSON.stringify(READY)}); ${waits}`);
  assert.equal(await ready(), "http://localhost:5180");
  await stop();
});

test("words after Ctrl+C are a failure", async (t) => {
  const program = `process.on("SIGINT", () => { console.log("oh"); process.exit(); }); console.log(${JSON.stringify(READY)}); ${waits}`;
  const { ready, stop } = await startProgram(t, program);
  await ready();
  await assert.rejects(stop(), /printed after Ctrl\+C: oh/);
});

test("a start that ends by itself is a failure", async (t) => {
  const { ready } = await startProgram(t, "process.exitCode = 3;");
  await assert.rejects(ready(), /npm start ended with exit code 3/);
});

test("whatever is left of it is killed", async (t) => {
  const { ready, kill, pid } = await startProgram(t, `console.log(${JSON.stringify(READY)}); ${waits}`);
  await ready();
  kill();
  await assert.rejects(async () => {
    for (let turn = 0; turn < 100; turn++) {
      process.kill(await pid(), 0);
      await new Promise((done) => setTimeout(done, 20));
    }
  }, /ESRCH/);
});
