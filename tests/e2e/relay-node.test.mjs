// The relay in Node, as an adopter starts it, between a page and AuthSec.

import { join } from "node:path";

import { root } from "../../scripts/run.mjs";
import { startServer } from "./support/processes.mjs";
import { testRelay } from "./support/relay-suite.mjs";

testRelay({
  name: "the relay in Node",
  startRelay: (env) => startServer(process.execPath, [join(root, "docs/examples/ciba-relay-server.mjs")], env),
});
