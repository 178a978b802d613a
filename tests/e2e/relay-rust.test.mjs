// The relay in Rust, as an adopter starts it, between a page and AuthSec.

import { before } from "node:test";

import { startServer } from "./support/processes.mjs";
import { testRelay } from "./support/relay-suite.mjs";
import { buildPrograms, RELAY } from "./support/rust-programs.mjs";

before(buildPrograms);

testRelay({ name: "the relay in Rust", startRelay: (env) => startServer(RELAY, [], env) });
