// The cloud behind the demo is as strict as AuthSec: neither `npm start` nor the tests of the sign-in make it kinder.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "../../scripts/run.mjs";
import { cloudArguments } from "../../scripts/start/servers.mjs";
import { freePorts, startServer } from "./support/processes.mjs";
import { startShop } from "./support/shop.mjs";
import { DEMO } from "./support/sign-in.mjs";

const WORKSPACE = "/authsec/uflow/auth/workspace";
const CLIENT = "harbour-and-pine";

/** The demo as `npm start` runs it. */
const startAsUser = async (t) => {
  const [PORT, CLOUD_PORT, PHONE_PORT] = await freePorts(3);
  const data = await mkdtemp(join(tmpdir(), "webauthn-result-start-"));
  const program = `
    import { startServers } from ${JSON.stringify(join(root, "scripts/start/servers.mjs"))};
    await startServers(${JSON.stringify({ PORT, CLOUD_PORT, PHONE_PORT })}, ${JSON.stringify(data)});
    console.log("ready");`;
  const start = await startServer(process.execPath, ["--input-type=module", "--eval", program], {}, /^ready$/m);
  t.after(async () => {
    await start.stop();
    await rm(data, { recursive: true });
  });
  const [origin, baseUrl, phoneUrl] = [PORT, CLOUD_PORT, PHONE_PORT].map((port) => `http://localhost:${port}`);
  return { origin, baseUrl, phoneUrl };
};

/** The demo as the tests of the sign-in and of the phone page run it. */
const startAsTests = async (t) => {
  const shop = await startShop(DEMO);
  t.after(() => shop.stop());
  return shop;
};

const post = async (url, body, headers) => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text.startsWith("{") ? JSON.parse(text) : text };
};

for (const [how, start] of [
  ["npm start", startAsUser],
  ["the tests", startAsTests],
])
  test(`the shop of ${how} signs in by phone, and its cloud shows no kindness`, async (t) => {
    const { origin, baseUrl, phoneUrl } = await start(t);
    const [cookie] = (await fetch(origin)).headers.getSetCookie();
    assert.match(cookie, /^harbour-and-pine=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict$/);
    const askShop = (path, body) => post(origin + path, body, { Origin: origin, Cookie: cookie.split(";", 1)[0] });
    const askCloud = (path, body) => post(baseUrl + path, body);
    const email = "ada@example.com";
    const binding_message = "Sign in to Harbour & Pine, code W4SC";
    assert.equal((await askShop("/api/sign-up", { email })).status, 200);

    // It is the shop's client that AuthSec knows, and only with the secret.
    const { body: refusal, status } = await askCloud(`${WORKSPACE}/ciba/initiate`, { client_id: CLIENT, email });
    assert.deepEqual([status, refusal.error], [401, "invalid_client"]);
    const started = await askShop("/auth/ciba/initiate", { email, binding_message });
    assert.equal(started.status, 200, JSON.stringify(started.body));
    const { auth_req_id } = started.body;

    // An early poll is just pending.
    for (let polls = 0; polls < 3; polls++) {
      const pending = await askShop("/auth/ciba/token", { auth_req_id });
      assert.deepEqual([pending.status, pending.body.error], [202, "authorization_pending"]);
    }

    const { body: phone } = await post(`${phoneUrl}/phone/sign-in`, { email });
    const decided = await post(
      `${phoneUrl}${WORKSPACE}/ciba/respond`,
      { auth_req_id, approved: true },
      { Authorization: `Bearer ${phone.token}` },
    );
    assert.equal(decided.body.success, true, JSON.stringify(decided.body));
    const approved = await askShop("/auth/ciba/token", { auth_req_id });
    assert.equal(approved.status, 200);
    const { body: claims } = await askShop("/api/ciba/introspect", { token: approved.body.access_token });
    assert.deepEqual([claims.active, claims.email], [true, email]);
    const repeated = await askShop("/auth/ciba/token", { auth_req_id });
    assert.deepEqual([repeated.status, repeated.body.error], [400, "expired_token"], "a token is given once");

    // Older paths, an admin initiation without a workspace, and codes at the workspace's route.
    for (const path of ["/uflow/auth/tenant/ciba/initiate", "/authsec/uflow/auth/tenant/ciba/initiate"])
      assert.equal((await askCloud(path, { client_id: CLIENT, email })).status, 404);
    const admin = await askCloud("/authsec/uflow/auth/ciba/initiate", { login_hint: email });
    assert.deepEqual([admin.status, admin.body.error], [400, "invalid_request"]);
    const code = { client_id: CLIENT, email, totp_code: "123456" };
    assert.equal((await askCloud(`${WORKSPACE}/totp/login`, code)).body.message, "Invalid client ID format");

    // Other origins, and the limit by address, without Retry-After.
    const preflight = await fetch(`${baseUrl}${WORKSPACE}/ciba/token`, {
      method: "OPTIONS",
      headers: { Origin: "http://localhost:1", "Access-Control-Request-Method": "POST" },
    });
    assert.equal(preflight.status, 403);
    let limited;
    for (let requests = 0; requests < 100 && limited?.status !== 429; requests++)
      limited = await askCloud(`${WORKSPACE}/ciba/token`, {});
    assert.deepEqual([limited.status, limited.body.error], [429, "Rate limit exceeded"]);
    assert.equal(limited.headers.get("Retry-After"), null);
  });

test("the tests of the demo give the cloud no flag that makes it kinder", () => {
  assert.deepEqual(DEMO.ciba, { authsec: "autumn", flags: [] });
});

test("npm start gives the cloud no argument but its ports, its data and the shop's origin", () => {
  const names = cloudArguments({ PORT: 1, CLOUD_PORT: 2, PHONE_PORT: 3 }, "data").filter((name) =>
    name.startsWith("-"),
  );
  assert.deepEqual(names, ["--port", "--phone-port", "--origin", "--data"]);
});
