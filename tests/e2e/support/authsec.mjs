// AuthSec's service of the local cloud, and what only a server or a person's phone does with it.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { root, target } from "../../../scripts/run.mjs";
import { startServer } from "./processes.mjs";

const CLOUD = join(target, "debug/local-cloud");

/** Serves an empty page and the client beside it: browsers let a page ask this machine only if it comes from there. */
export const startPage = async () => {
  const client = await readFile(join(root, "pkg/ciba.js"));
  const server = createServer(({ url }, response) => {
    const [type, body] =
      url === "/ciba.js" ? ["text/javascript", client] : ["text/html", "<!doctype html><title>Page</title>"];
    response.setHeader("Content-Type", `${type}; charset=utf-8`).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://localhost:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** Starts the service for pages of `origin`. Its requests live so long, and may be polled so often, in seconds. */
export const startAuthSec = async ({ origin, requestSeconds = 60, pollSeconds = 0.2 }) => {
  assert.ok(existsSync(CLOUD), "build the cloud first: cargo build --package local-cloud");
  const folder = await mkdtemp(join(tmpdir(), "webauthn-result-e2e-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const accessKey = randomUUID();
  const times = ["--request-seconds", String(requestSeconds), "--poll-seconds", String(pollSeconds)];
  const server = await startServer(
    CLOUD,
    ["--port", "0", "--phone-port", "0", "--data", folder, "--origin", origin, ...times],
    { LOCAL_CLOUD_ACCESS_KEY: accessKey },
  );
  const address = (name) => server.log().match(new RegExp(`^${name} listening on (\\S+)$`, "m"))[1];
  const baseUrl = address("local-cloud");
  // The phone's line follows the one that was waited for.
  while (!/^phone listening/m.test(server.log())) await new Promise((resolve) => setTimeout(resolve, 10));

  const ask = async (path, body) => {
    const form = body instanceof URLSearchParams;
    const response = await fetch(baseUrl + path, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${accessKey}`,
        "Content-Type": form ? "application/x-www-form-urlencoded" : "application/json",
      },
      body: form ? body : JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${path} answered ${response.status}: ${text}`);
    return text && JSON.parse(text);
  };

  return {
    baseUrl,
    phoneUrl: address("phone"),
    /** A new person with a phone; their email. */
    async newPerson() {
      const email = `${randomUUID()}@example.com`;
      await ask("/_local/ciba/users", { email });
      return email;
    },
    commit: (email, ...faults) => ask("/_local/faults", { email, faults }),
    introspect: (token) => ask("/_local/ciba/introspect", new URLSearchParams({ token })),
    stop: () => server.stop(),
  };
};
