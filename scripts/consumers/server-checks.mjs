// Runs the checks of tests/consumers/servers/check.mjs in a runtime: as a program, or in workerd, which is asked to.

import { generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

import { environment, npm } from "./project.mjs";
import { startToolServer } from "./tool-server.mjs";

/** The clients of AuthSec that the checks are: one with a secret, one with keys. */
const CLIENT_ID = "a-server";
const KEY_CLIENT_ID = "a-server-with-keys";
const CLIENT_SECRET = randomUUID();

/** Each check is another user's, as far as there are so many. */
const USERS = 24;

const ec = (namedCurve) => generateKeyPairSync("ec", { namedCurve });
const rsa = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const KEYS = {
  ...{ es256: ec("P-256"), es384: ec("P-384"), rs256: rsa(), ps256: rsa() },
  ...{ cryptoKey: ec("P-256"), stranger: ec("P-256") },
};

/** The IDs by which the cloud knows them. */
const KEY_IDS = { es256: "es256", es384: "es384", rs256: "rs256", ps256: "ps256", cryptoKey: "crypto-key" };

/** The clients with their secrets. */
export const CLIENTS = { [CLIENT_ID]: CLIENT_SECRET };

/** The public keys of the clients that have some. */
export const CLIENT_KEYS = {
  [KEY_CLIENT_ID]: Object.entries(KEY_IDS).map(([name, kid]) => ({
    ...KEYS[name].publicKey.export({ format: "jwk" }),
    kid,
  })),
};

/** The environment of a cloud that knows the clients. Writes the file of their public keys into `folder`. */
export const environmentOfCloud = async (folder) => {
  const file = join(folder, "client-keys.json");
  await writeFile(file, JSON.stringify({ [KEY_CLIENT_ID]: { keys: CLIENT_KEYS[KEY_CLIENT_ID] } }));
  return { LOCAL_CLOUD_CIBA_CLIENTS: `${CLIENT_ID}:${CLIENT_SECRET}`, LOCAL_CLOUD_CIBA_KEYS: file };
};

/**
 * Runs the checks, and throws if one fails.
 *
 * @param {{ server: string }} consumer
 * @param {string} folder
 * @param {{ baseUrl: string, accessKey: string, toolPort: number }} stage
 * @returns {Promise<string>} how many checks passed
 */
export const runServerChecks = async ({ server: script }, folder, stage) => {
  const elsewhere = await startElsewhere();
  try {
    const settings = await settingsOf(stage, elsewhere.url);
    const output = (
      script === "workerd" ? await askWorkerd(folder, stage, settings) : await runProgram(folder, script, settings)
    ).trim();
    if (!/^\d+ passed$/.test(output)) throw new Error(`unexpected output: ${output}`);
    if (elsewhere.followed()) throw new Error("a redirect was followed");
    return output;
  } finally {
    elsewhere.stop();
  }
};

const runProgram = async (folder, script, settings) => {
  await writeFile(join(folder, "settings.json"), JSON.stringify(settings));
  return npm(folder, ["run", "--silent", script]);
};

const askWorkerd = async (folder, { toolPort }, settings) => {
  const serves = { script: "workerd", args: (port) => [`--socket-addr=http=127.0.0.1:${port}`] };
  const server = await startToolServer(folder, serves, toolPort, environment());
  try {
    const response = await fetch(`http://127.0.0.1:${toolPort}/`, { method: "POST", body: JSON.stringify(settings) });
    const text = await response.text();
    return response.ok ? text : `${text}\n${server.output()}`;
  } finally {
    await server.stop();
  }
};

/** Makes a user of AuthSec with a phone. */
export const createUser = async ({ baseUrl, accessKey }) => {
  const response = await fetch(`${baseUrl}/_local/ciba/users`, {
    method: "POST",
    headers: { Authorization: `Bearer ${accessKey}`, "Content-Type": "application/json" },
    body: JSON.stringify({ email: `${randomUUID()}@example.com` }),
  });
  if (!response.ok) throw new Error(`no user: HTTP ${response.status}`);
  return response.json();
};

/** What a check needs besides the client, as check.mjs documents it. */
export const settingsOf = async (cloud, redirects) => {
  const { baseUrl } = cloud;
  const users = [];
  for (let count = 0; count < USERS; count++) users.push(await createUser(cloud));
  const keys = Object.fromEntries(
    Object.entries(KEYS).map(([name, { privateKey }]) => [
      name,
      { pem: privateKey.export({ type: "pkcs8", format: "pem" }), jwk: privateKey.export({ format: "jwk" }) },
    ]),
  );
  const [{ workspace_id: workspaceId }] = users;
  return {
    ...{ baseUrl, redirects, workspaceId, users, keys },
    ...{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, keyClientId: KEY_CLIENT_ID },
  };
};

/** A server that redirects each request to itself, and does not respond below `/never`. */
export const startElsewhere = async () => {
  let followed = false;
  const server = createServer((request, response) => {
    if (request.url.startsWith("/never")) return;
    if (request.url.startsWith("/target")) {
      followed = true;
      response.writeHead(200, { "Content-Type": "application/json" }).end('{"auth_req_id":"ID"}');
      return;
    }
    response.writeHead(307, { Location: "/target" }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://localhost:${port}`,
    followed: () => followed,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
};
