// The fakes of webauthn-result/testing, without the module: what a page sees of them.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inspect } from "node:util";

import { fakeAuthSec, fakeCloud, fakePasskeys } from "../../js/testing.js";

const own = Object.getOwnPropertyDescriptor(globalThis, "navigator");
before(() => Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true, writable: true }));
after(() => (own ? Object.defineProperty(globalThis, "navigator", own) : delete globalThis.navigator));

/** Installed for one test. */
const passkeys = (t, options) => {
  const fake = fakePasskeys(options);
  t.after(() => fake.restore());
  return fake;
};

const publicKey = { challenge: new Uint8Array([1, 2, 3]) };
const get = (more) => navigator.credentials.get({ publicKey, ...more });
const create = (more) => navigator.credentials.create({ publicKey, ...more });
const named = (name) => ({ name });

describe("fakePasskeys", () => {
  test("returns credentials that are instances of the page's classes", async (t) => {
    passkeys(t);
    const assertion = await get();
    assert.ok(assertion instanceof PublicKeyCredential);
    assert.ok(assertion.response instanceof AuthenticatorAssertionResponse);
    assert.ok(assertion.response instanceof AuthenticatorResponse);
    const client = JSON.parse(new TextDecoder().decode(assertion.response.clientDataJSON));
    assert.equal(client.type, "webauthn.get");
    assert.equal(client.challenge, "AQID");
    const { response } = await create();
    assert.ok(response instanceof AuthenticatorAttestationResponse);
    assert.ok(response.attestationObject.byteLength > 100);
    assert.deepEqual(response.getTransports(), ["hybrid", "internal"]);
    assert.deepEqual(JSON.parse(JSON.stringify(assertion)).response.userHandle, "ZmFrZS11c2Vy");
  });

  test("uses the credential that the options allow, or that of the step", async (t) => {
    passkeys(t, { get: ["ok", { id: "other", userHandle: null, extensions: { prf: true } }] });
    const allowCredentials = [{ type: "public-key", id: new Uint8Array([255, 254]).buffer }];
    const first = await get({ publicKey: { ...publicKey, allowCredentials } });
    assert.equal(first.id, "__4");
    assert.deepEqual([...new Uint8Array(first.rawId)], [255, 254]);
    const second = await get({ publicKey: { ...publicKey, allowCredentials } });
    assert.equal(atob(second.id), "other");
    assert.equal(second.response.userHandle, null);
    assert.deepEqual(second.getClientExtensionResults(), { prf: true });
  });

  test("takes one step for each call, and repeats the last", async (t) => {
    const { prompts } = passkeys(t, { get: ["NotAllowedError", "TypeError", "ok"], create: "InvalidStateError" });
    await assert.rejects(get(), (error) => error instanceof DOMException && error.name === "NotAllowedError");
    await assert.rejects(get(), TypeError);
    assert.ok(await get());
    assert.ok(await get());
    await assert.rejects(create(), named("InvalidStateError"));
    assert.deepEqual(
      prompts.map(({ method, isOpen }) => [method, isOpen]),
      [...new Array(4).fill(["get", false]), ["create", false]],
    );
  });

  test("calls a function with the options, which may return a step, a credential, or throw", async (t) => {
    const seen = [];
    const credential = { id: "x", response: {} };
    passkeys(t, {
      get: [
        (options) => seen.push(options) && "SecurityError",
        async () => credential,
        () => {
          throw new RangeError("mine");
        },
      ],
    });
    await assert.rejects(get(), named("SecurityError"));
    assert.equal(seen[0], publicKey);
    assert.equal(await get(), credential);
    await assert.rejects(get(), { name: "RangeError", message: "mine" });
  });

  test("a prompt that is open ends by its signal, by the test, or by restore()", async (t) => {
    const fake = passkeys(t, { get: "never" });
    const controller = new AbortController();
    const aborted = get({ signal: controller.signal });
    assert.equal(fake.prompts[0].isOpen, true);
    controller.abort(new Error("left"));
    await assert.rejects(aborted, { message: "left" });
    const settled = get();
    fake.settle();
    assert.ok(await settled);
    assert.throws(() => fake.settle(), /no prompt is open/);
    const left = get();
    fake.restore();
    await assert.rejects(left, named("AbortError"));
  });

  test("a signal that is aborted already opens no prompt", async (t) => {
    passkeys(t);
    await assert.rejects(get({ signal: AbortSignal.abort() }), named("AbortError"));
  });

  test("one prompt is open at a time, as in browsers", async (t) => {
    const fake = passkeys(t, { get: "never" });
    const first = get();
    await assert.rejects(get(), named("OperationError"));
    fake.settle("NotAllowedError");
    await assert.rejects(first, named("NotAllowedError"));
  });

  test("autofill waits until the test picks a passkey", async (t) => {
    const fake = passkeys(t);
    const filled = get({ mediation: "conditional" });
    await new Promise(setImmediate);
    assert.equal(fake.prompts[0].mediation, "conditional");
    assert.equal(fake.prompts[0].isOpen, true);
    fake.settle({ userHandle: "ada" });
    assert.equal(Buffer.from((await filled).response.userHandle).toString(), "ada");
  });

  test("says what the browser supports", async (t) => {
    passkeys(t, { capabilities: { conditionalGet: false } });
    assert.equal(await PublicKeyCredential.isConditionalMediationAvailable(), false);
    assert.equal(await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable(), true);
    assert.equal((await PublicKeyCredential.getClientCapabilities()).conditionalCreate, true);
    assert.equal(globalThis.isSecureContext, true);
  });

  test("records immediate prompts and signals", async (t) => {
    const { prompts, signals } = passkeys(t);
    await get({ uiMode: "immediate" });
    assert.equal(prompts[0].uiMode, "immediate");
    const options = { rpId: "shop.example", credentialId: "AQ" };
    await PublicKeyCredential.signalUnknownCredential(options);
    assert.deepEqual(signals, [{ method: "signalUnknownCredential", options }]);
  });

  test("restore() puts back what was there, also that of a browser, and so does `using`", async () => {
    const PublicKeyCredential = Object.assign(() => {}, { isConditionalMediationAvailable: () => "own" });
    PublicKeyCredential.prototype = {};
    const credentials = { get: () => "own" };
    Object.assign(globalThis, { PublicKeyCredential });
    navigator.credentials = credentials;
    for (const end of ["restore", ...(Symbol.dispose ? [Symbol.dispose] : [])]) {
      const fake = fakePasskeys();
      assert.ok((await get()) instanceof PublicKeyCredential);
      fake[end]();
      assert.equal(navigator.credentials, credentials);
      assert.equal(PublicKeyCredential.isConditionalMediationAvailable(), "own");
      assert.equal("getClientCapabilities" in PublicKeyCredential, false);
      for (const name of ["AuthenticatorAssertionResponse", "isSecureContext"]) assert.ok(!(name in globalThis), name);
    }
    delete globalThis.PublicKeyCredential;
    delete navigator.credentials;
  });

  test("without a page it says so", () => {
    const { navigator } = globalThis;
    globalThis.navigator = undefined;
    assert.throws(() => fakePasskeys(), /needs a page/);
    globalThis.navigator = navigator;
  });

  test("a mistake in a step is one of the test", () => {
    assert.throws(() => fakePasskeys({ get: "NotAllowed" }), /fakePasskeys: a step is/);
  });
});

const post = (fake, path, body, init) => fake(path, { method: "POST", body: JSON.stringify(body), ...init });
const json = async (response) => (await response).json();
const assertion = { statusToken: "secret-token", id: "AQ", response: {} };

describe("fakeCloud", () => {
  const finalize = (cloud, init) => post(cloud, "https://cloud.example/_app/assertion/result", assertion, init);
  const status = (cloud) => post(cloud, "https://cloud.example/api/v1/status", { statusToken: "secret-token" });

  test("accepts by default, and its status says so", async () => {
    const cloud = fakeCloud({ token: "a.b.c" });
    assert.equal((await json(status(cloud))).status, "pending");
    assert.deepEqual(await json(finalize(cloud)), { status: "ok", errorMessage: "", token: "a.b.c" });
    assert.deepEqual(await json(status(cloud)), { status: "succeeded", token: "a.b.c" });
  });

  test("takes one step for each finalization, and the status follows what it decided", async () => {
    const cloud = fakeCloud({ finalize: [503, "unreachable", "lost", { rejected: "Too late" }] });
    assert.equal((await finalize(cloud)).status, 503);
    await assert.rejects(finalize(cloud), TypeError);
    assert.equal((await json(status(cloud))).status, "pending");
    await assert.rejects(finalize(cloud), TypeError);
    assert.equal((await json(status(cloud))).status, "succeeded");
    assert.deepEqual(await json(finalize(cloud)), { status: "failed", errorMessage: "Too late" });
    assert.equal((await json(status(cloud))).status, "failed");
    assert.deepEqual(
      cloud.requests.map(({ step }) => step),
      [503, "unreachable", "pending", "lost", "succeeded", { rejected: "Too late" }, "failed"],
    );
  });

  test("a status can be a list, and be at the page's own backend", async () => {
    const cloud = fakeCloud({ status: ["pending", "unknown", 404, "unreachable"], statusUrl: "/api/status" });
    const ask = () => post(cloud, "/api/status", { statusToken: "secret-token" });
    assert.equal((await json(ask())).status, "pending");
    assert.equal((await json(ask())).status, "unknown");
    assert.equal((await ask()).status, 404);
    await assert.rejects(ask(), TypeError);
  });

  test("a request that has no response ends by its signal", async () => {
    const cloud = fakeCloud({ finalize: "never" });
    const controller = new AbortController();
    const waiting = finalize(cloud, { signal: controller.signal });
    controller.abort(new Error("late"));
    await assert.rejects(waiting, { message: "late" });
  });

  test("a function gets the body", async () => {
    const cloud = fakeCloud({ finalize: async ({ id }) => ({ rejected: id }) });
    assert.equal((await json(finalize(cloud))).errorMessage, "AQ");
  });

  test("an incomplete body is a bad request, and an unknown step a mistake", async () => {
    const cloud = fakeCloud();
    assert.equal((await post(cloud, "/_app/attestation/result", { id: "AQ" })).status, 400);
    await assert.rejects(finalize(fakeCloud({ finalize: "okay" })), /fakeCloud\(\{ finalize \}\) has no step "okay"/);
    await assert.rejects(status(fakeCloud({ status: "done" })), /fakeCloud\(\{ status \}\) has no step "done"/);
  });

  test("the backend responds to everything else", async () => {
    const cloud = fakeCloud({
      backend: ({ method, url, body }) => (url === "/api/start" ? { method, body } : undefined),
    });
    assert.deepEqual(await json(post(cloud, "/api/start?x=1", { name: "ada" })), {
      method: "POST",
      body: { name: "ada" },
    });
  });

  test("the console has each request without a response once, because a page may catch the rejection", async (t) => {
    const { mock } = t.mock.method(console, "error", () => {});
    const cloud = fakeCloud({ backend: ({ url }) => (url === "/api/start" ? {} : undefined) });
    await post(cloud, "/api/start", {});
    for (const query of ["?1", "?2"])
      await assert.rejects(cloud(`/api/other${query}`), /^TypeError: fakeCloud has no response to GET \/api\/other/);
    await assert.rejects(post(cloud, "/api/status", { statusToken: "secret-token" }), /POST \/api\/status/);
    assert.deepEqual(
      mock.calls.map(({ arguments: [message] }) => message),
      [
        "fakeCloud has no response to GET /api/other: see its options backend and statusUrl",
        "fakeCloud has no response to POST /api/status: see its options backend and statusUrl",
      ],
    );
  });

  test("the requests have their bodies, and no log of them has a token", async () => {
    const cloud = fakeCloud();
    await finalize(cloud);
    assert.equal(cloud.requests[0].body.statusToken, "secret-token");
    assert.equal(cloud.requests[0].ceremony, "authentication");
    assert.doesNotMatch(inspect(cloud.requests, { depth: 9 }) + JSON.stringify(cloud.requests), /secret-token/);
  });

  test("install() replaces fetch until restore(), and without Response there are responses", async (t) => {
    const { fetch: own, Response } = globalThis;
    t.after(() => Object.assign(globalThis, { fetch: own, Response }));
    const cloud = fakeCloud().install();
    delete globalThis.Response;
    const response = await finalize(globalThis.fetch);
    assert.equal(response.status, 200);
    assert.equal(JSON.parse(await response.text()).status, "ok");
    assert.equal(response.headers.get("Content-Type"), "application/json");
    cloud.restore();
    assert.equal(globalThis.fetch, own);
  });

  test("each approval and each enrollment is a transaction of its own", () => {
    const cloud = fakeCloud();
    assert.notEqual(cloud.approval().statusToken, cloud.approval().statusToken);
    assert.equal(cloud.approval({ userId: "ada" }).userId, "ada");
    assert.ok(cloud.enrollment().credentialCreationOptions.challenge);
  });

  test("the handlers for MSW reply the same", async () => {
    const cloud = fakeCloud({ finalize: ["ok", 503, "lost"] });
    const HttpResponse = { json: (body, { status }) => ({ body, status }), error: () => "network error" };
    const [handler] = cloud.handlers({ http: { post: (path, resolver) => ({ path, resolver }) }, HttpResponse });
    const send = (url, body) => {
      assert.match(url, handler.path);
      return handler.resolver({ request: new Request(url, { method: "POST", body: JSON.stringify(body) }) });
    };
    const url = "https://cloud.example/_app/attestation/result";
    assert.equal((await send(url, assertion)).body.token, "fake-token");
    assert.equal((await send(url, assertion)).status, 503);
    assert.equal(await send(url, assertion), "network error");
    assert.equal((await send("https://cloud.example/api/v1/status", assertion)).body.status, "succeeded");
    assert.doesNotMatch("https://cloud.example/api/start", handler.path);
    assert.equal(cloud.requests.length, 4);
  });
});

describe("fakeAuthSec", () => {
  test("plays the routes of AuthSec, of a relay and of the standard", async () => {
    const server = fakeAuthSec({ poll: ["pending", "slow_down", "approved"], totp: ["invalid_code", "ok"] });
    const initiated = await json(post(server, "https://x.example/authsec/uflow/auth/workspace/ciba/initiate", {}));
    assert.equal(initiated.interval, 0.01);
    assert.equal((await json(post(server, "/auth/token", {}))).error, "authorization_pending");
    assert.equal((await json(post(server, "/auth/token", {}))).error, "slow_down");
    const form = { method: "POST", body: new URLSearchParams({ auth_req_id: "1" }) };
    assert.equal((await json(server("/oauth/token", form))).access_token, "fake-token");
    assert.equal(server.requests.at(-1).body.auth_req_id, "1");
    assert.equal((await json(post(server, "/authsec/uflow/auth/totp/login", {}))).message, "Invalid TOTP code");
    assert.equal((await json(post(server, "/auth/totp", {}))).success, true);
    assert.deepEqual(
      server.requests.map(({ kind }) => kind),
      ["initiate", "poll", "poll", "poll", "totp", "totp"],
    );
  });
});
