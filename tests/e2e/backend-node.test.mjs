// The backend of the examples in Node, as an adopter starts it.

import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { root } from "../../scripts/run.mjs";
import { testBackend } from "./support/backend-suite.mjs";
import { startServer } from "./support/processes.mjs";

const PROGRAM = join(root, "docs/examples/backend.mjs");

testBackend({
  name: "the backend in Node",
  startBackend: (env) => startServer(process.execPath, [PROGRAM], env),
  runBackend: (env) =>
    spawnSync(process.execPath, [PROGRAM], { env: { ...process.env, ...env }, encoding: "utf8", timeout: 10_000 }),
});
