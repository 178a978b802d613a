// The backend of the examples in Rust, as an adopter starts it.

import { spawnSync } from "node:child_process";
import { before } from "node:test";

import { testBackend } from "./support/backend-suite.mjs";
import { startServer } from "./support/processes.mjs";
import { BACKEND, buildPrograms } from "./support/rust-programs.mjs";

before(buildPrograms);

testBackend({
  name: "the backend in Rust",
  startBackend: (env) => startServer(BACKEND, [], env),
  runBackend: (env) => spawnSync(BACKEND, [], { env: { ...process.env, ...env }, encoding: "utf8", timeout: 10_000 }),
});
