// The shop's relay for push and TOTP: what it passes on to AuthSec, what it rejects, and what it keeps to itself.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { buffer, json } from "node:stream/consumers";
import { after, before, describe, test } from "node:test";

import { cibaRelay } from "../../www/ciba-relay.mjs";
import { serve } from "./support/processes.mjs";

/** Its form-encoded text differs in every way that there is: a colon, a blank, and characters that only forms encode. */
const CLIENT = { clientId: "shop & co", clientSecret: "1:2 ü!'()*~", workspaceId: "5f0c9d3e" };
const ORIGIN = "http://localhost:5180";
const MESSAGE = "Sign in, code 1";
const PENDING = { error: "authorization_pending", error_description: "not yet" };

/** A body of each route, complete. */
const newBodies = () => ({
  initiate: { email: `${randomUUID()}@example.com`, binding_message: MESSAGE },
  token: { auth_req_id: randomUUID() },
  totp: { email: `${randomUUID()}@example.com`, totp_code: "012345" },
});

/** The relay on a port of its own, before an AuthSec that responds with `act(request, response)`. */
const useRelay = (options) => {
  const relay = { received: [] };
  /** What AuthSec does. */
  const respond = (status, body, headers = {}) => {
    relay.act = (_, response) => {
      response.writeHead(status, { "Content-Type": "application/json", ...headers });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    };
  };
  before(async () => {
    relay.authsec = await serve(async (request, response) => {
      const { method, url, headers } = request;
      relay.received.push({ method, url, headers, body: await json(request) });
      relay.act(request, response);
    });
    const serveRelay = cibaRelay({
      baseUrl: relay.authsec.origin,
      ...CLIENT,
      bindingMessages: /^Sign in, code \d$/,
      ...options,
    });
    relay.server = await serve((request, response) =>
      serveRelay(request, response, { path: request.url, origin: ORIGIN }),
    );
  });
  after(() => {
    relay.server?.stop();
    relay.authsec?.stop();
  });
  return Object.assign(relay, {
    respond,
    /** Sends a request as the shop's page does, except for what `init` says. */
    async send(route, body, { headers, ...init } = {}) {
      relay.received.length = 0;
      const response = await fetch(`${relay.server.origin}/auth/ciba/${route}`, {
        method: "POST",
        headers: { Origin: ORIGIN, "Content-Type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
        ...init,
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
  });
};

/** Collects what the relay logs. */
const watchLog = (t) => {
  const log = t.mock.method(console, "error", () => {});
  return () => log.mock.calls.map(({ arguments: words }) => words.join(" ")).join("\n");
};

describe("the relay", () => {
  const relay = useRelay({ timeoutMs: 300 });
  const { respond, send } = relay;

  for (const [route, path, isAuthenticated] of [
    ["initiate", "/authsec/uflow/auth/workspace/ciba/initiate", true],
    ["token", "/authsec/uflow/auth/workspace/ciba/token", true],
    ["totp", "/authsec/uflow/auth/totp/login", false],
  ])
    test(`${route}: the page's properties are passed on${isAuthenticated ? " with the client's ID and authentication" : ""}, and nothing else`, async () => {
      respond(202, PENDING);
      const body = newBodies()[route];
      const polluted = `{"__proto__":{"email":"x"},"client_id":"another","client_secret":"x","workspace_id":"x","scopes":["all"],${JSON.stringify(body).slice(1)}`;
      await send(route, polluted, {
        headers: { Cookie: "session=1", Authorization: "Bearer x", "X-Forwarded-For": "::1" },
      });
      const [{ method, url, headers, ...received }, ...others] = relay.received;
      assert.deepEqual([method, url, others], ["POST", path, []]);
      const own = isAuthenticated ? { client_id: CLIENT.clientId } : { workspace_id: CLIENT.workspaceId };
      assert.deepEqual(received.body, { ...own, ...body });
      assert.equal(headers["content-type"], "application/json");
      const [scheme, credentials] = headers.authorization?.split(" ") ?? [];
      assert.equal(scheme, isAuthenticated ? "Basic" : undefined);
      if (isAuthenticated)
        assert.equal(
          Buffer.from(credentials, "base64").toString(),
          // RFC 6749, section 2.3.1, and the URL standard's form encoding.
          "shop+%26+co:1%3A2+%C3%BC%21%27%28%29*%7E",
        );
      for (const name of ["cookie", "origin", "x-forwarded-for"]) assert.equal(headers[name], undefined);
    });

  test("a status, a body and Retry-After are passed on as they are", async () => {
    for (const [status, body, headers] of [
      [200, '{ "access_token": "TOKEN",  "expires_in": 3600 }', {}],
      [202, JSON.stringify(PENDING), {}],
      [400, '{"error":"access_denied"}', {}],
      [401, '{"success":false,"message":"Invalid TOTP code"}', {}],
      [429, '{"error":"Rate limit exceeded","message":"x","limit":10,"window":"1m0s"}', { "Retry-After": "9" }],
      [503, '{"error":"temporarily_unavailable"}', { "Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT" }],
    ]) {
      respond(status, body, { "Set-Cookie": "a=b", "X-Internal": "1", ...headers });
      const passed = await send("token", newBodies().token);
      assert.deepEqual([passed.status, passed.text], [status, body]);
      assert.equal(passed.headers.get("Retry-After"), headers["Retry-After"] ?? null);
      assert.equal(passed.headers.get("Content-Type"), "application/json; charset=utf-8");
      assert.equal(passed.headers.get("Cache-Control"), "no-store", "tokens are not cached");
      for (const name of ["Set-Cookie", "X-Internal"]) assert.equal(passed.headers.get(name), null);
    }
  });

  test("only the shop's own page is served, by POST, with JSON", async () => {
    respond(200, {});
    for (const [expected, init] of [
      [403, { headers: { Origin: "http://localhost:5190" } }],
      [403, { headers: { Origin: "null" } }],
      [405, { method: "PUT" }],
      [405, { method: "GET", body: undefined }],
      [415, { headers: { "Content-Type": "text/plain" } }],
      [415, { headers: { "Content-Type": "application/x-www-form-urlencoded" } }],
      [413, { body: JSON.stringify({ auth_req_id: "x", more: "x".repeat(10_000) }) }],
      [400, { body: "{" }],
      [400, { body: "[]" }],
      [400, { body: "null" }],
    ]) {
      const { status, text } = await send("token", newBodies().token, init);
      assert.equal(status, expected, JSON.stringify(init));
      assert.ok(JSON.parse(text).message ?? JSON.parse(text).error_description);
      assert.deepEqual(relay.received, []);
    }
    for (const route of ["", "requests", "respond", "token/", "token?a", "__proto__", "constructor", "%74oken"])
      assert.equal((await send(route, newBodies().token)).status, 404, route);
  });

  test("a request without Origin is rejected", async () => {
    const { port } = relay.server;
    const request = httpRequest({
      ...{ host: "127.0.0.1", port, path: "/auth/ciba/token", method: "POST" },
      headers: { "Content-Type": "application/json" },
    });
    const responded = new Promise((resolve) => request.on("response", resolve));
    request.end("{}");
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

  test("a phone shows only messages of the shop", async () => {
    respond(200, {});
    const { email } = newBodies().initiate;
    for (const binding_message of [
      "Your account is locked. Approve to unlock it.",
      `${MESSAGE}2`,
      `x${MESSAGE}`,
      `${MESSAGE}\n`,
    ])
      assert.equal((await send("initiate", { email, binding_message })).status, 400);
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
      assert.equal((await send("totp", newBodies().totp)).status, 502);
    }
    assert.equal(followed, 0);
  });

  test("a response that is not AuthSec's is reported as an error", async (t) => {
    watchLog(t);
    for (const [status, body, expected] of [
      [200, "<h1>Sign in to the Wi-Fi</h1>", 502],
      [200, "", 502],
      [200, "[]", 502],
      [200, `{"access_token":"${"x".repeat(70_000)}"}`, 502],
      [300, "{}", 502],
      [304, "", 502],
      [404, "<h1>Not Found</h1>", 404],
      [429, "slow down", 429],
      [503, "<h1>Maintenance</h1>", 503],
    ]) {
      respond(status, body, { "Retry-After": "7" });
      const { text, ...response } = await send("token", newBodies().token);
      assert.equal(response.status, expected, body);
      assert.deepEqual(Object.keys(JSON.parse(text)), ["message"], "no code: none is AuthSec's");
      if (status >= 400) assert.equal(response.headers.get("Retry-After"), "7");
    }
  });

  test("an AuthSec that does not respond is 504, and one that breaks off is 502", async (t) => {
    const log = watchLog(t);
    relay.act = () => {};
    assert.equal((await send("token", newBodies().token)).status, 504);
    relay.act = (_, response) => {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.write("{");
    };
    assert.equal((await send("token", newBodies().token)).status, 504);
    relay.act = (_, response) => response.destroy();
    assert.equal((await send("token", newBodies().token)).status, 502);
    assert.match(log(), /no response from AuthSec \(TimeoutError\)/);
  });

  test("the log says what is wrong, without a secret", async (t) => {
    const log = watchLog(t);
    const bodies = newBodies();
    respond(401, { error: "invalid_client", error_description: `client_id ${CLIENT.clientSecret}` });
    const received = [];
    for (const [route, body] of Object.entries(bodies)) {
      assert.equal((await send(route, body)).status, 401);
      received.push(...relay.received);
    }
    relay.act = (_, response) => response.destroy();
    for (const [route, body] of Object.entries(bodies)) assert.equal((await send(route, body)).status, 502);
    assert.match(log(), /initiate: AuthSec does not accept the client's ID and secret/);
    const { email } = bodies.totp;
    const [, credentials] = received[0].headers.authorization.split(" ");
    for (const secret of [CLIENT.clientSecret, credentials, bodies.token.auth_req_id, bodies.totp.totp_code, email])
      assert.ok(!log().includes(secret));
  });
});

describe("the relay's limits", () => {
  const relay = useRelay();
  const { respond, send } = relay;

  for (const [route, limit, minutes] of [
    ["initiate", 5, 5],
    ["totp", 10, 15],
  ])
    test(`${route}: ${limit} requests in ${minutes} minutes for an email, however it is written`, async () => {
      respond(400, { error: "user_not_found" });
      const body = newBodies()[route];
      body.email = `\u00e9${body.email}`;
      const spellings = [body.email, ` ${body.email.toUpperCase()} `, body.email.normalize("NFD")];
      for (let sent = 0; sent < limit; sent++)
        assert.equal((await send(route, { ...body, email: spellings[sent % 3] })).status, 400);
      assert.equal(relay.received[0].body.email, body.email, "AuthSec gets one spelling");
      const { status, headers, text } = await send(route, body);
      assert.equal(status, 429);
      const seconds = Number(headers.get("Retry-After"));
      assert.ok(seconds > minutes * 60 - 30 && seconds <= minutes * 60, `${seconds}`);
      assert.match(
        JSON.parse(text).message,
        new RegExp(`^Too many requests for this email: ${limit} in ${minutes} minutes`),
      );
      assert.deepEqual(relay.received, [], "it is not sent");
      assert.equal((await send(route, newBodies()[route])).status, 400, "another email is not limited");
    });

  test("requests that were rejected do not count", async () => {
    respond(200, {});
    const body = newBodies().initiate;
    for (let sent = 0; sent < 10; sent++) await send("initiate", { ...body, binding_message: "Pay" });
    assert.equal((await send("initiate", body)).status, 200);
  });

  test("a poll is not limited", async () => {
    respond(202, PENDING);
    const body = newBodies().token;
    for (let sent = 0; sent < 30; sent++) assert.equal((await send("token", body)).status, 202);
  });
});
