// The local Authentication Cloud as a separate process, and the calls that need the access key.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { target } from "../../../scripts/run.mjs";
import { startServer } from "./processes.mjs";

/** Any signed token: none may be in a log. */
export const TOKEN = /eyJ[\w-]{10,}\.[\w-]+\.[\w-]+/;

const COMMAND = join(target, "debug/local-cloud");

/** Stops a server. Its log must contain neither a token nor the access key. */
export const stopServer = async (server, accessKey) => {
  await server.stop();
  assert.doesNotMatch(server.log(), TOKEN, "a server logged a token");
  assert.ok(!server.log().includes(accessKey), "a server logged the access key");
};

/**
 * Starts the cloud, with a new database, for pages of `origin`.
 *
 * @param {{ origin?: string, requestSeconds?: number, pollSeconds?: number }} options `requestSeconds` is the lifetime of a
 *   request to a phone, `pollSeconds` the shortest interval between two polls of it
 */
export const startCloud = async ({ origin, requestSeconds = 60, pollSeconds = 0.2 } = {}) => {
  assert.ok(existsSync(COMMAND), "build the cloud first: cargo build --package local-cloud");
  const folder = await mkdtemp(join(tmpdir(), "webauthn-result-e2e-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.on("exit", removeFolder);
  const accessKey = randomUUID();
  const server = await startServer(
    COMMAND,
    [
      ...["--port", "0", "--data", folder],
      ...["--request-seconds", String(requestSeconds), "--poll-seconds", String(pollSeconds)],
      ...(origin ? ["--origin", origin] : []),
    ],
    { LOCAL_CLOUD_ACCESS_KEY: accessKey },
    /^phone listening on http/m,
  );
  const addressOf = (name) => server.log().match(new RegExp(`^${name} listening on (\\S+)$`, "m"))[1];
  const [baseUrl, phoneUrl] = [addressOf("local-cloud"), addressOf("phone")];

  const post = (path, body) => {
    const form = body instanceof URLSearchParams;
    return fetch(baseUrl + path, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${accessKey}`,
        "Content-Type": form ? "application/x-www-form-urlencoded" : "application/json",
      },
      body: form ? body : JSON.stringify(body),
    });
  };
  const ask = async (path, body) => {
    const response = await post(path, body);
    const text = await response.text();
    assert.ok(response.ok, `${path} responded with ${response.status}: ${text}`);
    return text && JSON.parse(text);
  };

  return {
    baseUrl,
    phoneUrl,
    accessKey,
    post,
    ask,

    /** Creates a user with a phone; returns the user's email. */
    async newPerson() {
      const email = `${randomUUID()}@example.com`;
      await ask("/_local/ciba/users", { email });
      return email;
    },

    /** The address of this user's phone. */
    phoneOf: (email) => `${phoneUrl}/#${encodeURIComponent(email)}`,

    /** Faults in the next responses of the CIBA service to this user's page. */
    commitFor: (email, ...faults) => ask("/_local/faults", { email, faults }),

    /** The CIBA service's introspection of one of its own tokens. */
    introspectApproval: (token) => ask("/_local/ciba/introspect", new URLSearchParams({ token })),

    /** Stops the cloud and removes its database. */
    async stop() {
      try {
        await stopServer(server, accessKey);
      } finally {
        process.off("exit", removeFolder);
        removeFolder();
      }
    },
  };
};
