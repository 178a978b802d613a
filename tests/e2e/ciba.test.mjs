// The CIBA client against AuthSec's service of the local cloud, with the person's phone in a second window.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";

import { serveBlankPage } from "./support/blank-page.mjs";
import { launchBrowser } from "./support/browser.mjs";
import { startCloud, TOKEN } from "./support/cloud.mjs";
import { openPhone } from "./support/phone.mjs";

const FLOWS = [
  ["admin", {}],
  ["tenant", { clientId: "a-client" }],
  ["older admin", { routes: "tenant" }],
  ["older tenant", { clientId: "a-client", routes: "tenant" }],
  ["tenant of April 2026", { clientId: "a-client", routes: "authsec-tenant" }],
];

let site, cloud, shortLived, browser;

before(async () => {
  site = await serveBlankPage();
  const { origin } = site;
  [cloud, shortLived, browser] = await Promise.all([
    startCloud({ origin }),
    startCloud({ origin, requestSeconds: 1 }),
    launchBrowser(),
  ]);
});

after(async () => {
  await browser?.close();
  await Promise.all([site, cloud, shortLived].map((server) => server?.stop()));
});

/** A page with a client of this service, and a person of it. */
const open = async (t, { service = cloud, ...options } = {}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const told = [];
  const errors = [];
  page.on("console", (message) => told.push(message.text()));
  page.on("pageerror", (error) => errors.push(error));
  t.after(async () => {
    await context.close();
    assert.deepEqual(errors, [], "the page had errors that nobody caught");
    for (const text of told) assert.doesNotMatch(text, TOKEN, "the console shows a token");
  });
  await page.goto(site.origin);
  await page.evaluate(
    async (given) => {
      const { CIBAClient } = await import("/pkg/ciba.js");
      globalThis.client = new CIBAClient({ ...given, logger: console });
    },
    { baseUrl: service.baseUrl, ...options },
  );
  const email = await service.newPerson();
  let opened;
  const phone = () => (opened ??= openPhone(context, service, email));
  return {
    page,
    email,
    call: (method, ...values) => page.evaluate(([name, given]) => client[name](...given), [method, values]),
    phone: Object.fromEntries(
      ["message", "approve", "deny", "code"].map((act) => [act, async () => (await phone())[act]()]),
    ),
  };
};

/** The claims of a token that its service knows for genuine. */
const claims = async (token, service = cloud) => {
  const found = await service.introspectApproval(token);
  assert.equal(found.active, true);
  return found;
};

describe("a push", () => {
  for (const [flow, options] of FLOWS)
    test(`approved on the phone gives a genuine token: ${flow}`, async (t) => {
      const { email, call, phone } = await open(t, options);
      const request = await call("initiateAppApproval", email, { bindingMessage: "Pay 20 EUR, code W4SCT" });
      assert.equal(typeof request.auth_req_id, "string");
      assert.equal(request.interval, 0.2);
      const poll = call("pollForApproval", email, request.auth_req_id);
      assert.equal(await phone.message(), "Pay 20 EUR, code W4SCT");
      await phone.approve();
      const { status, token } = await poll;
      assert.equal(status, "approved");
      const found = await claims(token);
      assert.equal(found.email, email);
      assert.equal(found.scope, "push");
    });

  for (const [flow, options] of FLOWS.slice(0, 2))
    test(`denied on the phone is access_denied: ${flow}`, async (t) => {
      const { email, call, phone } = await open(t, options);
      const { auth_req_id } = await call("initiateAppApproval", email);
      const poll = call("pollForApproval", email, auth_req_id);
      await phone.deny();
      assert.deepEqual(await poll, { status: "access_denied" });
    });

  test("that nobody decides expires", async (t) => {
    const { email, call } = await open(t, { service: shortLived, clientId: "a-client" });
    const request = await call("initiateAppApproval", email);
    assert.equal(request.expires_in, 1);
    assert.deepEqual(await call("pollForApproval", email, request.auth_req_id), { status: "expired_token" });
  });

  test("that nobody decides in the poll's time is a timeout, and can be polled on", async (t) => {
    const { email, call, phone } = await open(t);
    const { auth_req_id } = await call("initiateAppApproval", email);
    assert.deepEqual(await call("pollForApproval", email, auth_req_id, { timeout: 0.5 }), { status: "timeout" });
    await phone.approve();
    assert.equal((await call("pollForApproval", email, auth_req_id)).status, "approved");
  });

  test("polled too fast is slowed down by the server, and still approved", async (t) => {
    const { email, call, phone, page } = await open(t);
    const { auth_req_id } = await call("initiateAppApproval", email);
    const [slowedDown, progress] = await Promise.all([
      page.waitForResponse(async (response) => {
        const { error } = await response.json().catch(() => ({}));
        return error === "slow_down";
      }),
      page.evaluate(
        ([whose, id]) =>
          new Promise((resolve) => {
            const told = [];
            globalThis.poll = client.pollForApproval(whose, id, {
              interval: 0.01,
              onProgress: (it) => {
                told.push(it);
                if (it.secondsToNextPoll > 4) resolve(told);
              },
            });
          }),
        [email, auth_req_id],
      ),
    ]);
    assert.equal(slowedDown.status(), 400);
    assert.ok(progress.at(-1).secondsToNextPoll > 4.9, JSON.stringify(progress.at(-1)));
    await phone.approve();
    assert.equal((await page.evaluate(() => poll)).status, "approved");
  });

  test("cancelled ends at once, and its request for good", async (t) => {
    const { email, call, page } = await open(t);
    const { auth_req_id } = await call("initiateAppApproval", email);
    const poll = call("pollForApproval", email, auth_req_id, { interval: 200 });
    await page.waitForResponse(/ciba\/token/);
    assert.deepEqual(await call("cancelApproval", email), { status: "cancelled" });
    assert.deepEqual(await poll, { status: "cancelled" });
    assert.deepEqual(await call("pollForApproval", email, auth_req_id), { status: "cancelled" });
  });

  test("of an unknown request, or of another client's, is the server's error, and leaves the request alone", async (t) => {
    const { email, call, phone, page } = await open(t, { clientId: "a-client" });
    assert.deepEqual(await call("pollForApproval", email, randomUUID()), { status: "expired_token" });
    const { auth_req_id } = await call("initiateAppApproval", email);
    const others = await page.evaluate(
      async ([baseUrl, whose, id]) => {
        const { CIBAClient } = await import("/pkg/ciba.js");
        return new CIBAClient({ baseUrl, clientId: "another-client" }).pollForApproval(whose, id);
      },
      [cloud.baseUrl, email, auth_req_id],
    );
    assert.deepEqual([others.status, others.error], ["error", "invalid_grant"]);
    await phone.approve();
    assert.equal((await call("pollForApproval", email, auth_req_id)).status, "approved");
  });

  test("to nobody is the server's error", async (t) => {
    const { call } = await open(t);
    const { success, error, error_description } = await call("initiateAppApproval", `${randomUUID()}@example.com`);
    assert.deepEqual([success, error], [false, "user_not_found"]);
    assert.match(error_description, /^User not found: /);
  });

  test("given its token before is expired", async (t) => {
    const { email, call, phone } = await open(t);
    const { auth_req_id } = await call("initiateAppApproval", email);
    await phone.approve();
    assert.equal((await call("pollForApproval", email, auth_req_id)).status, "approved");
    assert.deepEqual(await call("pollForApproval", email, auth_req_id), { status: "expired_token" });
  });
});

describe("a fault of the network only delays a push", () => {
  for (const fault of [
    { kind: "cut-before" },
    { kind: "cut-after" },
    { kind: "cut-body" },
    { kind: "http", status: 500 },
    { kind: "http", status: 503, body: "<h1>Service Unavailable</h1>", type: "text/html" },
    { kind: "not-json" },
    { kind: "truncated" },
    { kind: "wrong-shape" },
    { kind: "redirect", location: "http://localhost/elsewhere" },
    { kind: "delay", ms: 5000 },
  ]) {
    test(JSON.stringify(fault), async (t) => {
      const { email, call, phone, page } = await open(t, { requestTimeout: 1500 });
      await cloud.commitFor(email, { at: "token", ...fault });
      const { auth_req_id } = await call("initiateAppApproval", email);
      const asked = page.waitForRequest(/ciba\/token/);
      const poll = call("pollForApproval", email, auth_req_id);
      await asked;
      await phone.approve();
      const { status, token } = await poll;
      assert.equal(status, "approved");
      assert.equal((await claims(token)).email, email);
    });
  }

  test("at the initiation it is told, and authenticateWithRetry tries again", async (t) => {
    const { email, call, phone } = await open(t);
    const faults = [{ kind: "cut-before" }, { kind: "not-json" }, { kind: "http", status: 503 }];
    await cloud.commitFor(email, ...faults.map((fault) => ({ at: "initiate", ...fault })));
    for (const error of ["connection_failed", "unexpected_response"])
      assert.deepEqual(await call("initiateAppApproval", email), { success: false, error });
    const token = call("authenticateWithRetry", email);
    await phone.approve();
    assert.equal((await claims(await token)).email, email);
  });

  test("a server that is not there is connection_failed", async (t) => {
    // Nobody listens on the port that no browser may use.
    const { email, call } = await open(t, { baseUrl: "http://localhost:1" });
    assert.deepEqual(await call("initiateAppApproval", email), { success: false, error: "connection_failed" });
    assert.deepEqual(await call("pollForApproval", email, "ID", { timeout: 1 }), {
      status: "error",
      error: "connection_failed",
    });
    assert.deepEqual(await call("verifyTotp", email, "123456"), {
      success: false,
      error: "connection_failed",
      remaining: 3,
    });
  });
});

describe("a TOTP code", () => {
  for (const [flow, options] of FLOWS)
    test(`of the phone gives a genuine token: ${flow}`, async (t) => {
      const { email, call, phone } = await open(t, options);
      const { success, token, remaining } = await call("verifyTotp", email, await phone.code());
      assert.deepEqual([success, remaining], [true, 3]);
      const found = await claims(token);
      assert.equal(found.email, email);
      assert.equal(found.scope, "totp");
    });

  test("that was used is wrong; after three misses none is sent, until a cancel", async (t) => {
    const { email, call, phone, page } = await open(t);
    const code = await phone.code();
    assert.equal((await call("verifyTotp", email, code)).success, true);
    for (const remaining of [2, 1, 0])
      assert.deepEqual(await call("verifyTotp", email, code), {
        success: false,
        error: "invalid_code",
        message: "Invalid TOTP code",
        remaining,
      });
    const sent = [];
    page.on("request", (request) => sent.push(request.url()));
    assert.deepEqual(await call("verifyTotp", email, code), {
      success: false,
      error: "too_many_retries",
      remaining: 0,
    });
    assert.deepEqual(sent, []);
    await call("cancelApproval", email);
    assert.equal((await call("verifyTotp", email, code)).remaining, 2);
  });

  test("that could not be judged burns nothing, neither here nor there", async (t) => {
    const { email, call, phone } = await open(t, { requestTimeout: 1000 });
    const faults = [
      { kind: "cut-before" },
      { kind: "http", status: 503 },
      { kind: "not-json" },
      { kind: "delay", ms: 3000 },
    ];
    await cloud.commitFor(email, ...faults.map((fault) => ({ at: "totp", ...fault })));
    const errors = [];
    for (const _ of faults) {
      // The last of them is judged when the page has given up, so it is not the code that counts.
      const { error, remaining } = await call("verifyTotp", email, "000000");
      errors.push(error);
      assert.equal(remaining, 3);
    }
    assert.deepEqual(errors, ["connection_failed", "server_error", "unexpected_response", "network_timeout"]);
    assert.equal((await call("verifyTotp", email, await phone.code())).success, true);
  });
});

describe("the patterns", () => {
  test("safeAuthenticate: approved and denied", async (t) => {
    const { email, call, phone } = await open(t, { clientId: "a-client" });
    const approved = call("safeAuthenticate", email);
    await phone.approve();
    const { success, token } = await approved;
    assert.equal(success, true);
    assert.equal((await claims(token)).email, email);
    const denied = call("safeAuthenticate", email);
    await phone.deny();
    assert.deepEqual(await denied, {
      success: false,
      error: "access_denied",
      error_description: "User denied the authentication request",
    });
  });

  test("authenticateWithFallback: no answer, then the code", async (t) => {
    const { email, phone, page } = await open(t);
    const code = await phone.code();
    const { token, why } = await page.evaluate(
      async ([whose, digits]) => {
        const why = [];
        const promptForCode = (reason) => {
          why.push(reason);
          return digits;
        };
        return { token: await client.authenticateWithFallback(whose, { promptForCode, timeout: 0.5 }), why };
      },
      [email, code],
    );
    assert.deepEqual(why, ["timeout"]);
    assert.equal((await claims(token)).scope, "totp");
  });
});
