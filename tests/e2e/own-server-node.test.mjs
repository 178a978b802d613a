// The WebAuthn server of the examples in Node, with @simplewebauthn/server, as an adopter starts it.

import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { root } from "../../scripts/run.mjs";
import { startChromium, testFlows, testRefusals } from "./support/own-server-suite.mjs";
import { startServer } from "./support/processes.mjs";

const PROGRAM = join(root, "docs/examples/own-server.mjs");

const place = {
  name: "a WebAuthn server in Node",
  startBackend: (env) => startServer(process.execPath, [PROGRAM], env),
  startBrowser: startChromium,
  runBackend: (env) =>
    spawnSync(process.execPath, [PROGRAM], { env: { ...process.env, ...env }, encoding: "utf8", timeout: 10_000 }),
};

testFlows(place);
testRefusals(place);
