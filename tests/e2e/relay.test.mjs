// What the relay passes on to its provider, what it rejects, and what it keeps to itself.

import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { buffer } from "node:stream/consumers";
import { describe, test } from "node:test";

import { cibaRelay } from "../../docs/examples/ciba-relay.mjs";
import { serve } from "./support/processes.mjs";
import {
  CLIENT,
  CREDENTIALS,
  MESSAGE,
  newBodies,
  ORIGIN,
  PENDING,
  useRelay,
  watchLog,
} from "./support/relay-stage.mjs";

const relay = useRelay({ timeoutMs: 300 });
const { respond, send } = relay;

/** A request of a route that is passed on: `[body, init]`. */
const request = async (route) => (route === "token" ? relay.initiate() : [newBodies()[route]]);

for (const [route, path, isAuthenticated] of [
  ["initiate", "/authsec/uflow/auth/workspace/ciba/initiate", true],
  ["token", "/authsec/uflow/auth/workspace/ciba/token", true],
  ["totp", "/authsec/uflow/auth/totp/login", false],
])
  test(`${route}: the page's properties are passed on${isAuthenticated ? " with the client's ID and authentication" : ""}, and nothing else`, async () => {
    const [body, init] = await request(route);
    respond(202, PENDING);
    const polluted = `{"__proto__":{"email":"x"},"client_id":"another","client_secret":"x","workspace_id":"x","scopes":["all"],"resource":"x",${JSON.stringify(body).slice(1)}`;
    await send(route, polluted, {
      headers: { Cookie: "session=1", Authorization: "Bearer x", "X-Forwarded-For": "::1", ...init?.headers },
    });
    const [{ method, url, headers, ...received }, ...others] = relay.received;
    assert.deepEqual([method, url, others], ["POST", path, []]);
    const own = isAuthenticated ? { client_id: CLIENT.clientId } : { workspace_id: CLIENT.workspaceId };
    assert.deepEqual(received.body, { ...own, ...body });
    assert.equal(headers["content-type"], "application/json");
    const [scheme, credentials] = headers.authorization?.split(" ") ?? [];
    assert.equal(scheme, isAuthenticated ? "Basic" : undefined);
    if (isAuthenticated) assert.equal(Buffer.from(credentials, "base64").toString(), CREDENTIALS);
    for (const name of ["cookie", "origin", "x-forwarded-for", "x-session"]) assert.equal(headers[name], undefined);
  });

test("a status, a body and Retry-After are passed on as they are", async () => {
  for (const [status, body, headers] of [
    [200, '{ "access_token": "TOKEN",  "expires_in": 3600, "id_token": "ID" }', {}],
    [202, JSON.stringify(PENDING), {}],
    [400, '{"error":"access_denied"}', {}],
    [401, '{"success":false,"message":"Invalid TOTP code"}', {}],
    [429, '{"error":"Rate limit exceeded","message":"x","limit":10,"window":"1m0s"}', { "Retry-After": "9" }],
    [503, '{"error":"temporarily_unavailable"}', { "Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT" }],
  ]) {
    const poll = await request("token");
    respond(status, body, { "Set-Cookie": "a=b", "X-Internal": "1", ...headers });
    const passed = await send("token", ...poll);
    assert.deepEqual([passed.status, passed.text], [status, body]);
    assert.equal(passed.headers.get("Retry-After"), headers["Retry-After"] ?? null);
    assert.equal(passed.headers.get("Content-Type"), "application/json; charset=utf-8");
    assert.equal(passed.headers.get("Cache-Control"), "no-store", "tokens are not cached");
    for (const name of ["Set-Cookie", "X-Internal"]) assert.equal(passed.headers.get(name), null);
  }
});

test("only the backend's own page is served, by POST, with JSON", async () => {
  respond(200, {});
  const body = newBodies().totp;
  for (const [expected, init] of [
    [403, { headers: { Origin: "http://localhost:5190" } }],
    [403, { headers: { Origin: "null" } }],
    [405, { method: "PUT" }],
    [405, { method: "GET", body: undefined }],
    [415, { headers: { "Content-Type": "text/plain" } }],
    [415, { headers: { "Content-Type": "application/x-www-form-urlencoded" } }],
    [413, { body: JSON.stringify({ ...body, more: "x".repeat(10_000) }) }],
    [400, { body: "{" }],
    [400, { body: "[]" }],
    [400, { body: "null" }],
  ]) {
    const { status, text } = await send("totp", body, init);
    assert.equal(status, expected, JSON.stringify(init));
    assert.ok(JSON.parse(text).message ?? JSON.parse(text).error_description);
    assert.deepEqual(relay.received, []);
  }
});

test("three routes are served and no other", async () => {
  respond(200, {});
  for (const route of ["", "requests", "respond", "totp/", "totp?a", "__proto__", "constructor", "%74otp", "../totp"])
    assert.equal((await send(route, newBodies().totp)).status, 404, route);
  assert.deepEqual(relay.received, []);
  assert.equal((await send("totp", newBodies().totp)).status, 200);
});

test("a request without Origin is rejected", async () => {
  const { port } = relay.server;
  const sent = httpRequest({
    ...{ host: "127.0.0.1", port, path: "/auth/ciba/totp", method: "POST" },
    headers: { "Content-Type": "application/json", "X-Session": "one" },
  });
  const responded = new Promise((resolve) => sent.on("response", resolve));
  sent.end(JSON.stringify(newBodies().totp));
  const response = await responded;
  await buffer(response);
  assert.equal(response.statusCode, 403);
});

test("a body with a property that is missing, no string, blank or too long is not sent", async () => {
  const bodies = newBodies();
  for (const [route, wrong] of [
    ["initiate", { email: undefined }],
    ["initiate", { email: 1 }],
    ["initiate", { email: " " }],
    ["initiate", { email: "x".repeat(255) }],
    ["initiate", { email: ["ada@example.com"] }],
    // Go and Rust trim the first, JavaScript does not: each spelling would have a limit of its own.
    ["initiate", { email: "\x85ada@example.com" }],
    ["initiate", { email: "a\u200bda@example.com" }],
    ["totp", { email: "ada@example.com\0" }],
    ["initiate", { binding_message: null }],
    ["initiate", { binding_message: "" }],
    ["token", { auth_req_id: undefined }],
    ["token", { auth_req_id: "x".repeat(256) }],
    ["totp", { totp_code: 123456 }],
    ["totp", { totp_code: "1234567" }],
    ["totp", { email: {} }],
  ]) {
    const { status, text } = await send(route, { ...bodies[route], ...wrong });
    assert.equal(status, 400, JSON.stringify(wrong));
    const { error, error_description } = JSON.parse(text);
    assert.equal(error, "invalid_request");
    assert.ok(error_description.startsWith(Object.keys(wrong)[0]));
    assert.deepEqual(relay.received, []);
  }
});

test("a client that goes away within its body rejects nothing, so it cannot end the process", async (t) => {
  const serveRelay = cibaRelay({
    ...CLIENT,
    baseUrl: "https://authsec.example",
    origin: ORIGIN,
    sessionOf: () => ({ id: "one" }),
    bindingMessages: /^x$/,
  });
  const headers = { Origin: ORIGIN, "Content-Type": "application/json", "Content-Length": "100" };
  let client;
  await new Promise((resolve, reject) => {
    const backend = serve((request, response) => {
      serveRelay(request, response).then(resolve, reject);
      client.destroy();
    });
    backend.then(({ origin, stop }) => {
      t.after(stop);
      client = httpRequest(`${origin}/auth/ciba/totp`, { method: "POST", headers }).on("error", () => {});
      client.write("{");
    });
  });
});

test("a phone shows only messages of the backend", async () => {
  respond(200, {});
  const { email } = newBodies().initiate;
  for (const binding_message of [
    "Your account is locked. Approve to unlock it.",
    `${MESSAGE}2`,
    `x${MESSAGE}`,
    `${MESSAGE}\n`,
  ])
    assert.equal((await send("initiate", { email, binding_message })).status, 400);
  assert.deepEqual(relay.received, []);
  assert.equal((await send("initiate", { email })).status, 200, "AuthSec has a message of its own");
});

test("a redirect is not followed", async (t) => {
  watchLog(t);
  let followed = 0;
  const elsewhere = await serve((_, response) => {
    followed += 1;
    response.end("{}");
  });
  t.after(() => elsewhere.stop());
  for (const status of [301, 302, 303, 307, 308]) {
    respond(status, {}, { Location: elsewhere.origin });
    for (const route of ["initiate", "totp"]) assert.equal((await send(route, newBodies()[route])).status, 502);
  }
  assert.equal(followed, 0);
});

test("a response that is not the provider's is reported as an error", async (t) => {
  watchLog(t);
  for (const [status, body, expected] of [
    [200, "<h1>Sign in to the Wi-Fi</h1>", 502],
    [200, "", 502],
    [200, "[]", 502],
    [200, `{"access_token":"${"x".repeat(70_000)}"}`, 502],
    [300, "{}", 502],
    [304, "", 502],
    [400, "<h1>Bad Request</h1>", 400],
    [404, "<h1>Not Found</h1>", 404],
    [429, "slow down", 429],
    [503, "<h1>Maintenance</h1>", 503],
  ]) {
    respond(status, body, { "Retry-After": "7" });
    const { text, ...response } = await send("totp", newBodies().totp);
    assert.equal(response.status, expected, body);
    assert.deepEqual(Object.keys(JSON.parse(text)), ["message"], "no code: none is the provider's");
    if (status >= 400) assert.equal(response.headers.get("Retry-After"), "7");
  }
});

test("a provider that does not respond is 504, and one that breaks off is 502", async (t) => {
  const log = watchLog(t);
  const { totp } = newBodies();
  relay.act = () => {};
  assert.equal((await send("totp", totp)).status, 504);
  relay.act = (_, response) => {
    response.writeHead(200, { "Content-Type": "application/json" });
    response.write("{");
  };
  assert.equal((await send("totp", totp)).status, 504);
  relay.act = (_, response) => response.destroy();
  assert.equal((await send("totp", totp)).status, 502);
  assert.match(log(), /no response from the provider \(TimeoutError\)/);
});

test("the log says what is wrong, without a secret", async (t) => {
  const log = watchLog(t);
  const requests = { initiate: await request("initiate"), token: await request("token"), totp: await request("totp") };
  respond(401, { error: "invalid_client", error_description: `client_id ${CLIENT.clientSecret}` });
  const received = [];
  for (const [route, sent] of Object.entries(requests)) {
    assert.equal((await send(route, ...sent)).status, 401);
    received.push(...relay.received);
  }
  relay.act = (_, response) => response.destroy();
  for (const [route, sent] of Object.entries(requests)) assert.equal((await send(route, ...sent)).status, 502);
  assert.match(log(), /initiate: the provider does not accept the client or its authentication/);
  assert.match(log(), /token: no response from the provider/);
  const [{ email, totp_code }] = requests.totp;
  const [{ auth_req_id }] = requests.token;
  const [, credentials] = received[0].headers.authorization.split(" ");
  for (const secret of [CLIENT.clientSecret, credentials, auth_req_id, totp_code, email])
    assert.ok(!log().includes(secret));
});

describe("a provider without TOTP", () => {
  const other = useRelay({ totp: false });

  test("gets no code: the page's is 404, with a message that says why", async () => {
    other.respond(200, { success: true, token: "TOKEN" });
    const { status, text } = await other.send("totp", newBodies().totp);
    assert.deepEqual([status, JSON.parse(text)], [404, { message: "The provider has no TOTP. Offer another way." }]);
    assert.deepEqual(other.received, []);
  });
});

describe("the scopes and the resource of the options", () => {
  const other = useRelay({ scopes: ["openid", "pay"], resource: "https://api.example" });

  test("are sent, and not those of the page", async () => {
    const [poll, init] = await other.initiate();
    other.respond(200, {});
    await other.send("initiate", { ...newBodies().initiate, scopes: ["all"], resource: "x" });
    const { scopes, resource } = other.received[0].body;
    assert.deepEqual([scopes, resource], [["openid", "pay"], "https://api.example"]);
    await other.send("token", poll, init);
    assert.equal(other.received[0].body.resource, "https://api.example", "a poll repeats it");
  });
});

describe("the options", () => {
  const valid = {
    ...CLIENT,
    baseUrl: "https://authsec.example/",
    origin: ORIGIN,
    sessionOf: () => undefined,
    bindingMessages: /^x$/,
  };

  for (const [wrong, message] of [
    [{ baseUrl: undefined }, "baseUrl must be an https address, or an http address of this machine"],
    [{ baseUrl: "http://authsec.example" }, "baseUrl must be an https address, or an http address of this machine"],
    [{ baseUrl: "http://localhost.example" }, "baseUrl must be an https address, or an http address of this machine"],
    [{ baseUrl: "https://user@authsec.example" }, "baseUrl must have no user, no query and no fragment"],
    [{ baseUrl: "https://authsec.example?a" }, "baseUrl must have no user, no query and no fragment"],
    [
      { endpoints: { token: "http://idp.example/token" } },
      "endpoints.token must be an https address, or an http address of this machine",
    ],
    [{ routes: "tenant" }, 'routes must be "workspace" or "oidc"'],
    [{ clientId: "" }, "clientId is missing"],
    [{ clientSecret: undefined }, "either clientSecret or privateKey is needed"],
    [{ privateKey: "x" }, "either clientSecret or privateKey is needed"],
    [{ clientSecret: undefined, privateKey: "x" }, 'privateKey needs routes: "oidc"'],
    [{ origin: undefined }, "origin must be an origin as browsers write it, such as https://shop.example"],
    [
      { origin: "https://shop.example/" },
      "origin must be an origin as browsers write it, such as https://shop.example",
    ],
    [{ sessionOf: undefined }, "sessionOf must be a function"],
    [{ bindingMessages: undefined }, "bindingMessages must be a regular expression"],
    [{ prefix: "/auth/ciba" }, "prefix must begin and end with a slash"],
    [{ scopes: "openid pay" }, "scopes must be an array of strings"],
    [{ timeoutMs: -1 }, "timeoutMs must be a positive number of milliseconds"],
  ])
    test(`${JSON.stringify(wrong, (_, value) => value ?? null)} is a TypeError: ${message}`, () => {
      cibaRelay(valid);
      assert.throws(() => cibaRelay({ ...valid, ...wrong }), { name: "TypeError", message });
    });
});
