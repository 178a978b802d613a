// The WebAuthn server of the examples in Rust, with webauthn_rp, as an adopter starts it.

import { spawnSync } from "node:child_process";
import { before } from "node:test";

import { startChromium, testFlows, testRefusals } from "./support/own-server-suite.mjs";
import { startServer } from "./support/processes.mjs";
import { buildPrograms, OWN_SERVER } from "./support/rust-programs.mjs";

before(buildPrograms);

const place = {
  name: "a WebAuthn server in Rust",
  startBackend: (env) => startServer(OWN_SERVER, [], env),
  startBrowser: startChromium,
  runBackend: (env) =>
    spawnSync(OWN_SERVER, [], { env: { ...process.env, ...env }, encoding: "utf8", timeout: 10_000 }),
};

testFlows(place);
testRefusals(place);
