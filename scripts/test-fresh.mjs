// npm run test:fresh: a clone on a machine where nothing is installed, `npm start` in it, and both ceremonies in its page.

import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { freePorts } from "../tests/e2e/support/processes.mjs";
import { runScript } from "./failure.mjs";
import { clone, freshEnvironment } from "./fresh/machine.mjs";
import { startAsUser } from "./fresh/start.mjs";
import { readOptions } from "./options.mjs";
import { formatElapsed, runSteps } from "./progress.mjs";
import { setUp } from "./setup.mjs";

await runScript(async () => {
  readOptions({});
  const setup = await setUp("rust", "npm packages", "chromium");
  const scratch = await mkdtemp(join(tmpdir(), "webauthn-result-fresh-"));
  // Also after Ctrl+C, which runs no `finally`.
  process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
  let folder, env, origin, started;
  const times = [];
  const start = async () => {
    const before = Date.now();
    started = startAsUser(folder, env);
    origin = await started.ready();
    times.push(formatElapsed(Date.now() - before));
  };
  const stop = async () => started.stop();
  const steps = [
    {
      title: "Clone, without node_modules, target and installed commands",
      run: async () => {
        folder = await clone(scratch);
        const [PORT, CLOUD_PORT, PHONE_PORT] = (await freePorts(3)).map(String);
        env = { ...(await freshEnvironment(scratch)), PORT, CLOUD_PORT, PHONE_PORT };
      },
    },
    { title: "npm start", run: start },
    {
      title: "Register and approve through its page in Chromium",
      run: async () => (await import("./fresh/ceremonies.mjs")).runCeremonies(origin),
    },
    { title: "Ctrl+C", run: stop },
    { title: "npm start again", run: start },
    { title: "Ctrl+C again", run: stop },
  ];
  try {
    await runSteps([...setup, ...steps]);
  } finally {
    started?.kill();
  }
  console.log(`\nA fresh clone works: ready after ${times[0]}, and ${times[1]} the second time`);
});
