// `npm start -- --cloud`: the demo shop uses a cloud that runs already, with the secrets of the documentation.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { freePorts, serve, startServer } from "../../tests/e2e/support/processes.mjs";
import { root, target } from "../run.mjs";
import { findRunningCloud } from "./running-cloud.mjs";

/** The environment of a terminal in which nobody has set a secret. */
const { LOCAL_CLOUD_ACCESS_KEY: _key, CIBA_CLIENT_SECRET: _secret, ...plain } = process.env;

test("the shop signs users up, and its relay sends pushes", async (t) => {
  const [PORT, CLOUD_PORT, PHONE_PORT] = await freePorts(3);
  const data = await mkdtemp(join(tmpdir(), "webauthn-result-start-"));
  t.after(() => rm(data, { recursive: true, force: true }));
  const args = [
    "--port",
    CLOUD_PORT,
    "--phone-port",
    PHONE_PORT,
    "--origin",
    `http://localhost:${PORT}`,
    "--data",
    data,
  ];
  const cloud = await startServer(
    join(target, "debug/local-cloud"),
    args.map(String),
    // No access key: it takes its default.
    { LOCAL_CLOUD_CIBA_CLIENTS: "harbour-and-pine:secret", LOCAL_CLOUD_ACCESS_KEY: undefined },
    /^phone listening on http/m,
  );
  t.after(() => cloud.stop());
  const running = await findRunningCloud(`http://localhost:${CLOUD_PORT}/`, { PORT, PHONE_PORT }, plain);

  const program = `
    import { startServers } from ${JSON.stringify(join(root, "scripts/start/servers.mjs"))};
    await startServers(${JSON.stringify({ PORT, CLOUD_PORT, PHONE_PORT })}, "", ${JSON.stringify(running)});
    console.log("ready");`;
  const shop = await startServer(process.execPath, ["--input-type=module", "--eval", program], {}, /^ready$/m);
  t.after(() => shop.stop());

  const origin = `http://localhost:${PORT}`;
  const visit = await fetch(origin);
  const Cookie = visit.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
  const post = async (path, body) => {
    const headers = { "Content-Type": "application/json", Origin: origin, Cookie };
    const response = await fetch(origin + path, { method: "POST", headers, body: JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
  };
  const email = "ada@example.com";
  assert.equal((await post("/api/enroll", { username: email })).status, 201);
  assert.equal((await post("/api/sign-up", { email })).status, 200);
  const push = await post("/auth/ciba/initiate", { email });
  assert.equal(push.status, 200, JSON.stringify(push.body));
  // The page gets the running cloud's addresses.
  const settings = await (await fetch(`${origin}/api/settings`)).json();
  assert.deepEqual(settings, { baseUrl: running.cloudUrl, phoneUrl: running.phoneUrl });

  await shop.stop();
  assert.equal((await fetch(`${running.cloudUrl}/ready`)).status, 200, "the cloud is not ours to stop");
});

test("without a cloud there, it says how to start one", async () => {
  const [port, PHONE_PORT] = await freePorts(2);
  await assert.rejects(findRunningCloud(`http://localhost:${port}`, { PORT: 5180, PHONE_PORT }, plain), {
    message: `No local cloud is ready at http://localhost:${port}. Start one in another terminal: LOCAL_CLOUD_CIBA_CLIENTS=harbour-and-pine:secret npx webauthn-result-cloud --origin http://localhost:5180`,
  });
});

test("what is no address is refused", async () => {
  for (const address of ["", "5190", "localhost:5190", "file:///x"])
    await assert.rejects(findRunningCloud(address, { PORT: 5180, PHONE_PORT: 5195 }, plain), {
      message: `--cloud must be an address, e.g. http://localhost:5190, but is ${JSON.stringify(address)}.`,
    });
});

test("secrets of the environment are used instead of the cloud's default", async () => {
  const env = { LOCAL_CLOUD_ACCESS_KEY: "mine", CIBA_CLIENT_SECRET: "ours" };
  const { port, stop } = await serve((_, response) => response.end());
  const running = await findRunningCloud(`http://localhost:${port}`, { PORT: 5180, PHONE_PORT: 5195 }, env);
  stop();
  assert.deepEqual([running.accessKey, running.clientSecret], ["mine", "ours"]);
});
