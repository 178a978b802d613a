// The local Authentication Cloud as a separate process, and the calls that need the access key.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
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

/** AuthSec as it is: the edition, and no flag that makes it kinder. A page reaches it through a relay. */
export const AS_AUTHSEC = { authsec: "autumn", flags: [] };

/** AuthSec as it is, with the standard's routes, which its operator enables. A server reaches them, at the `baseUrl`. */
export const WITH_STANDARD_ROUTES = { authsec: "autumn", flags: ["--xaa-ciba"] };

/**
 * What tests need whose page calls AuthSec itself, with a bare `client_id`, at any route, and more often than its limits
 * allow.
 */
export const DIRECT_PAGES = {
  authsec: "autumn",
  flags: [
    "--allow-unauthenticated-clients",
    "--default-workspace",
    "--workspace-totp",
    "--all-routes",
    "--slow-down",
    "--no-rate-limits",
  ],
};

/** AuthSec's clients with their secrets, besides those that a test adds. */
const CLIENTS = Object.fromEntries(
  ["a-client", "another-client", "harbour-and-pine"].map((clientId) => [clientId, randomUUID()]),
);

/** The clients, as the cloud reads them from its environment. */
const formatClients = (clients) =>
  Object.entries(clients)
    .map((client) => client.map(encodeURIComponent).join(":"))
    .join(",");

/**
 * Starts the cloud, with a new database, for pages of `origin`.
 *
 * @param {object} [options]
 * @param {string} [options.origin]
 * @param {number} [options.requestSeconds] the lifetime of a request to a phone
 * @param {number} [options.pollSeconds] the shortest interval between two polls of it
 * @param {{ authsec: string, flags: string[] }} [options.ciba] AuthSec's edition, and further arguments: `DIRECT_PAGES`,
 *   `AS_AUTHSEC` for tests of a relay, or `WITH_STANDARD_ROUTES`
 * @param {Record<string, string>} [options.clients] AuthSec's clients with their secrets; those of `CLIENTS` are kept
 * @param {Record<string, JsonWebKey[]>} [options.keys] the public keys of the clients that authenticate by `private_key_jwt`
 */
export const startCloud = async ({
  origin,
  requestSeconds = 60,
  pollSeconds = 0.2,
  ciba = DIRECT_PAGES,
  clients = {},
  keys = {},
} = {}) => {
  assert.ok(existsSync(COMMAND), "build the cloud first: cargo build --package local-cloud");
  const folder = await mkdtemp(join(tmpdir(), "webauthn-result-e2e-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.on("exit", removeFolder);
  const accessKey = randomUUID();
  const keysFile = join(folder, "client-keys.json");
  const keySets = Object.entries(keys).map(([clientId, keys]) => [clientId, { keys }]);
  await writeFile(keysFile, JSON.stringify(Object.fromEntries(keySets)));
  const server = await startServer(
    COMMAND,
    [
      ...["--port", "0", "--data", folder],
      ...["--request-seconds", String(requestSeconds), "--poll-seconds", String(pollSeconds)],
      ...(origin ? ["--origin", origin] : []),
      ...["--authsec", ciba.authsec, ...ciba.flags],
    ],
    {
      LOCAL_CLOUD_ACCESS_KEY: accessKey,
      LOCAL_CLOUD_CIBA_CLIENTS: formatClients({ ...CLIENTS, ...clients }),
      LOCAL_CLOUD_CIBA_KEYS: keysFile,
    },
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
    clients: { ...CLIENTS, ...clients },
    post,
    ask,

    /**
     * Creates a user with a phone and an authenticator app, or without them; returns the user's email.
     *
     * @param {{ phone?: boolean, totp?: boolean }} [devices]
     */
    async newPerson(devices) {
      const email = `${randomUUID()}@example.com`;
      await ask("/_local/ciba/users", { email, ...devices });
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
