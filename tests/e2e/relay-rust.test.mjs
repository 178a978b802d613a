// The relay in Rust, as an adopter starts it, between a page and AuthSec.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { startServer } from "./support/processes.mjs";
import { testRelay } from "./support/relay-suite.mjs";
import { buildPrograms, RELAY } from "./support/rust-programs.mjs";

before(buildPrograms);

testRelay({ name: "the relay in Rust", startRelay: (env) => startServer(RELAY, [], env) });

test("a wrong environment ends the relay in Rust with a sentence, and no secret", () => {
  const valid = {
    AUTHSEC_URL: "https://authsec.example",
    CIBA_CLIENT_ID: "shop",
    CIBA_CLIENT_SECRET: "SECRET",
    PAGE_FOLDER: fileURLToPath(new URL("./support/relay-page", import.meta.url)),
    PORT: "0",
  };
  for (const [wrong, sentence] of [
    [{ AUTHSEC_URL: "" }, "AUTHSEC_URL is missing"],
    [{ CIBA_ROUTES: "tenant" }, "CIBA_ROUTES must be workspace or oidc"],
    [{ CIBA_PRIVATE_KEY_FILE: "key.pem" }, "either CIBA_CLIENT_SECRET or CIBA_PRIVATE_KEY_FILE is needed"],
    [{ PAGE_FOLDER: "nowhere" }, "PAGE_FOLDER must be a folder with an index.html"],
    [{ PORT: "65536" }, "PORT must be a number from 0 to 65535"],
  ]) {
    const { status, stdout, stderr } = spawnSync(RELAY, [], {
      env: { ...process.env, ...valid, ...wrong },
      encoding: "utf8",
      timeout: 10_000,
    });
    assert.deepEqual([status, stdout, stderr], [1, "", `${sentence}\n`]);
  }
});
