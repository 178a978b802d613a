// What the CIBA client sends and understands, on a played network and clock: docs/contract.md, sections B2 and B3.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { useStage } from "./support/ciba-stage.mjs";

const { play } = useStage();

describe("requests", () => {
  const ADMIN = ["/ciba/initiate", "/ciba/token", "/totp/login"];
  for (const [flow, options, prefix, paths, ids, initiation] of [
    ["admin", {}, "/authsec/uflow/auth", ADMIN, {}, {}],
    ["admin of a workspace", { workspaceId: "W" }, "/authsec/uflow/auth", ADMIN, {}, { workspace_id: "W" }],
    ["workspace", { clientId: "C" }, "/authsec/uflow/auth/workspace", ADMIN, { client_id: "C" }, {}],
    [
      "workspace with scopes and a resource",
      { clientId: "C", scopes: ["openid", "pay"], resource: "https://api.example" },
      "/authsec/uflow/auth/workspace",
      ADMIN,
      { client_id: "C" },
      { scopes: ["openid", "pay"], resource: "https://api.example" },
    ],
    ["older admin", { routes: "tenant" }, "/uflow/auth", ADMIN, {}, {}],
    ["older tenant", { clientId: "C", routes: "tenant" }, "/uflow/auth/tenant", ADMIN, { client_id: "C" }, {}],
    [
      "tenant of April 2026",
      { clientId: "C", routes: "authsec-tenant" },
      "/authsec/uflow/auth/tenant",
      ADMIN,
      { client_id: "C" },
      {},
    ],
    ["relay", { routes: "relay", baseUrl: "/auth/ciba" }, "/auth/ciba", ["/initiate", "/token", "/totp"], {}, {}],
    [
      "relay with a client ID",
      { routes: "relay", baseUrl: "/auth/ciba/", clientId: "C" },
      "/auth/ciba",
      ["/initiate", "/token", "/totp"],
      { client_id: "C" },
      {},
    ],
  ])
    test(`${flow}: the documented routes and bodies`, async () => {
      const requests = await play(async ({ client, finish, network, approved, requests, EMAIL }, given) => {
        const ciba = client(given);
        network.token = [approved];
        await finish(ciba.safeAuthenticate(EMAIL, { bindingMessage: 'Pay "20" €' }));
        network.login = network.totp = [{ json: { token: "T" } }];
        await finish(ciba.verifyTotp(EMAIL, "012345"));
        return requests;
      }, options);
      const { resource } = options;
      const isAdmin = !options.clientId && options.routes !== "relay";
      const whose = isAdmin ? { login_hint: "ada@example.com" } : { email: "ada@example.com" };
      assert.deepEqual(
        requests.map(({ path, body }) => [path, body]),
        [
          [prefix + paths[0], { ...ids, ...whose, binding_message: 'Pay "20" €', ...initiation }],
          [prefix + paths[1], { ...ids, auth_req_id: "REQUEST-ID", ...(resource && { resource }) }],
          // The admin flow names the workspace for a code, too.
          [prefix + paths[2], { ...ids, ...(isAdmin && initiation), email: "ada@example.com", totp_code: "012345" }],
        ],
      );
      assert.ok(requests.every(({ origin }) => origin === "http://localhost"));
    });

  test("have the page's headers, except those that are the client's own", async () => {
    const headers = await play(async ({ client, finish, requests, EMAIL }) => {
      const ciba = client({ headers: { "X-CSRF-Token": "c", ACCEPT: "text/html", "content-type": "text/plain" } });
      await finish(ciba.initiateAppApproval(EMAIL));
      return requests[0].headers;
    });
    assert.deepEqual(headers, {
      "X-CSRF-Token": "c",
      "Content-Type": "application/json;charset=utf-8",
      Accept: "application/json",
    });
  });

  test("a path as baseUrl is the page's own, and in an insecure page each method says so", async () => {
    const results = await play(async ({ client, finish, requests, EMAIL }) => {
      const origin = Object.getOwnPropertyDescriptor(globalThis, "origin");
      Object.defineProperty(globalThis, "origin", { configurable: true, value: "http://192.168.1.2" });
      try {
        // Another path than before, because parsed ones are remembered.
        const ciba = client({ routes: "relay", baseUrl: "/elsewhere" });
        const results = [];
        for (const promise of [
          ciba.initiateAppApproval(EMAIL),
          ciba.pollForApproval(EMAIL, "ID"),
          ciba.verifyTotp(EMAIL, "123456"),
          ciba.safeAuthenticate(EMAIL),
          ciba.authenticateWithRetry(EMAIL),
        ])
          results.push((await finish(promise)).result);
        return { results, sent: requests.length };
      } finally {
        Object.defineProperty(globalThis, "origin", origin);
      }
    });
    const why = {
      error: "invalid_argument",
      message: "options.baseUrl is a path, which needs a page on https or on a loopback host",
    };
    assert.deepEqual(results, {
      results: [
        { success: false, ...why },
        { status: "error", ...why },
        { success: false, ...why, remaining: 3 },
        { success: false, ...why },
        null,
      ],
      sent: 0,
    });
  });
});

describe("a poll", () => {
  const ends = (name, response, result) =>
    test(name, async () => {
      const seen = await play(async ({ client, finish, network, EMAIL }, answer) => {
        network.token = [answer];
        return finish(client().pollForApproval(EMAIL, "ID"));
      }, response);
      assert.deepEqual(seen.result, result);
      assert.equal(seen.at, 0, "at once");
    });
  const denied = { status: "access_denied" };
  const error = (code, words) => ({ status: "error", error: code, ...words });

  ends("ends with 403 access_denied", { status: 403, json: { error: "access_denied" } }, denied);
  ends(
    "is not approved by a rejection that holds a token",
    { status: 400, json: { error: "access_denied", token: "request-handle" } },
    denied,
  );
  ends("is not approved by a 403 that holds a token", { status: 403, json: { token: "x" } }, error("http_403"));
  ends("ends with an error that is an object", { json: { error: { code: "access_denied" } } }, denied);
  ends("ends with the code `error` of such an object", { json: { error: { error: "e" } } }, error("e"));
  ends("ends with an error in a 200", { json: { error: "invalid_grant" } }, error("invalid_grant"));
  ends(
    "passes on what the server says beside its error",
    { status: 401, json: { error: "invalid_client", error_description: "client authentication required" } },
    error("invalid_client", { error_description: "client authentication required" }),
  );
  ends(
    "passes on a sentence in place of a code",
    { status: 400, json: { error: "auth_req_id is required" } },
    error("http_400", { message: "auth_req_id is required" }),
  );
  ends("ends with a web page that is no success", { status: 404, text: "<html>" }, error("http_404"));

  for (const [name, response] of [
    ["no response", "cut"],
    ["408", { status: 408, json: {} }],
    ["500", { status: 500, json: { error: "record not found" } }],
    ["503 in HTML", { status: 503, text: "<html>" }],
    ["server_error in a 200", { json: { error: "server_error" } }],
    ["temporarily_unavailable", { status: 400, json: { error: "temporarily_unavailable" } }],
    ["a 200 that is not JSON", { text: "<html>" }],
  ])
    test(`is only delayed by ${name}`, async () => {
      const { result, requests } = await play(async ({ client, finish, network, approved, EMAIL }, answer) => {
        network.token = [answer, approved];
        return finish(client().pollForApproval(EMAIL, "ID", { interval: 1 }));
      }, response);
      assert.deepEqual(result, { status: "approved", token: "SECRET-TOKEN" });
      assert.deepEqual(
        requests.map(({ at }) => at),
        [0, 1],
      );
    });

  for (const [name, response, times] of [
    ["429 adds 5 seconds", { status: 429, json: { error: "Rate limit exceeded" } }, [0, 6, 12]],
    ["slow_down does too", { status: 400, json: { error: "slow_down" } }, [0, 6, 12]],
    ["a longer Retry-After goes before", { status: 429, json: {}, retryAfter: "9" }, [0, 9, 15]],
    ["so does one that is a date", { status: 429, json: {}, retryAfter: "Thu, 01 Jan 1970 00:00:09 GMT" }, [0, 9, 15]],
    ["one that is no time does not", { status: 429, json: {}, retryAfter: "soon" }, [0, 6, 12]],
    ["an endless one is none", { status: 429, json: {}, retryAfter: "Infinity" }, [0, 6, 12]],
    ["a shorter one does not", { status: 429, json: {}, retryAfter: "2" }, [0, 6, 12]],
    ["Retry-After of a 503 is heeded", { status: 503, json: {}, retryAfter: "9" }, [0, 9, 10]],
  ])
    test(name, async () => {
      const { requests } = await play(async ({ client, finish, network, pending, approved, EMAIL }, answer) => {
        network.token = [answer, pending, approved];
        return finish(client().pollForApproval(EMAIL, "ID", { interval: 1 }));
      }, response);
      assert.deepEqual(
        requests.map(({ at }) => at),
        times,
      );
    });
});

test("a number that JSON cannot hold is no auth_req_id", async () => {
  const results = await play(async ({ client, finish, network, requests, EMAIL }) => {
    network.initiate = [{ text: '{ "auth_req_id": 1e999 }' }];
    const ciba = client();
    const initiated = (await finish(ciba.initiateAppApproval(EMAIL))).result;
    const polled = (await finish(ciba.pollForApproval(EMAIL, Number.NaN))).result;
    return [initiated, polled, requests.length];
  });
  assert.deepEqual(results, [
    { success: false, error: "unexpected_response" },
    { status: "error", error: "invalid_argument", message: "authReqId must be a non-empty string" },
    1,
  ]);
});

test("a page that broke String.prototype.trim has its requests sent", async () => {
  const results = await play(async ({ client, finish, EMAIL }) => {
    const ciba = client();
    // Loads the module.
    await finish(ciba.verifyTotp(EMAIL, ""));
    const { trim } = String.prototype;
    const results = [];
    for (const broken of [
      () => {
        throw new Error("broken");
      },
      () => undefined,
    ]) {
      String.prototype.trim = broken;
      const call = ciba.initiateAppApproval(EMAIL);
      String.prototype.trim = trim;
      results.push((await finish(call)).result.auth_req_id);
    }
    return results;
  });
  assert.deepEqual(results, ["REQUEST-ID", "REQUEST-ID"]);
});

test("numbers that come as text are numbers", async () => {
  const { result } = await play(async ({ client, finish, network, EMAIL }) => {
    network.initiate = [{ json: { auth_req_id: 7, expires_in: "120", interval: "2" } }];
    return finish(client().initiateAppApproval(EMAIL));
  });
  assert.deepEqual(result, { auth_req_id: "7", expires_in: 120, interval: 2 });
});

describe("a TOTP code", () => {
  const LOCKED = "too many failed attempts; this account is temporarily locked, try again later";
  for (const [name, response, expected] of [
    ["admin: wrong", { status: 400, json: { error: "Invalid TOTP code" } }, ["invalid_code", "Invalid TOTP code", 2]],
    [
      "tenant: wrong",
      { status: 401, json: { success: false, message: "Invalid TOTP code" } },
      ["invalid_code", "Invalid TOTP code", 2],
    ],
    [
      "wrong, although there is a token",
      { status: 401, json: { success: false, error: "invalid_code", token: "csrf" } },
      ["invalid_code", undefined, 2],
    ],
    ["wrong without a reason", { status: 401, json: { success: false } }, ["invalid_code", undefined, 2]],
    ["no such user", { status: 404, json: { error: "User not found" } }, ["user_not_found", "User not found", 3]],
    [
      "no authenticator app",
      { status: 400, json: { error: "no TOTP devices registered" } },
      ["no_device_registered", "no TOTP devices registered", 3],
    ],
    [
      "no authenticator app of this tenant's user",
      { status: 401, json: { success: false, message: "No TOTP devices registered for this user" } },
      ["no_device_registered", "No TOTP devices registered for this user", 3],
    ],
    [
      "an unknown client",
      { status: 401, json: { success: false, message: "Client not found or not mapped to tenant" } },
      ["invalid_client", "Client not found or not mapped to tenant", 3],
    ],
    ["locked", { status: 401, json: { success: false, message: LOCKED } }, ["temporarily_locked", LOCKED, 3]],
    ["limited", { status: 429, json: { error: "Rate limit exceeded", message: "m" } }, ["http_429", "m", 3]],
    ["unavailable", { status: 503, json: {} }, ["http_503", undefined, 3]],
    ["neither", { json: {} }, ["unexpected_response", undefined, 3]],
  ])
    test(name, async () => {
      const { result } = await play(async ({ client, finish, network, EMAIL }, answer) => {
        network.login = [answer];
        return finish(client().verifyTotp(EMAIL, "123456"));
      }, response);
      const [error, message, remaining] = expected;
      assert.deepEqual(result, { success: false, error, ...(message && { message }), remaining });
    });

  for (const typed of ["123456", "123 456", "123-456", " 123456 ", "１２３４５６", "1 2 3 4 5 6", "123\u2011456"])
    test(`is sent as six digits: ${JSON.stringify(typed)}`, async () => {
      const body = await play(async ({ client, finish, network, requests, EMAIL }, code) => {
        network.login = [{ json: { success: true, token: "T" } }];
        await finish(client().verifyTotp(EMAIL, code));
        return requests[0].body.totp_code;
      }, typed);
      assert.equal(body, "123456");
    });

  test("the third miss leaves none, the next code is not sent, and a cancel gives three again", async () => {
    const { results, sent } = await play(async ({ client, finish, network, requests, EMAIL }) => {
      network.login = [{ status: 401, json: { error: "invalid_code" } }];
      const ciba = client();
      const results = [];
      // The server compares emails without regard to case and blanks, and so does the count.
      for (const email of [EMAIL, EMAIL.toUpperCase(), ` ${EMAIL} `, EMAIL])
        results.push((await finish(ciba.verifyTotp(email, "111111"))).result);
      const sent = requests.length;
      ciba.cancelApproval(EMAIL.toUpperCase());
      network.login = [{ json: { success: true, token: "T" } }];
      results.push((await finish(ciba.verifyTotp(EMAIL, "222222"))).result);
      return { results, sent };
    });
    const failed = (error, remaining) => ({ success: false, error, remaining });
    assert.deepEqual(results, [
      failed("invalid_code", 2),
      failed("invalid_code", 1),
      failed("invalid_code", 0),
      failed("too_many_retries", 0),
      { success: true, token: "T", remaining: 3 },
    ]);
    assert.equal(sent, 3);
  });

  test("a new initiation gives an email its attempts back", async () => {
    const remaining = await play(async ({ client, finish, network, EMAIL }) => {
      network.login = [{ status: 401, json: { error: "invalid_code" } }];
      const ciba = client();
      const counts = [];
      for (let wrong = 0; wrong < 2; wrong++)
        counts.push((await finish(ciba.verifyTotp(EMAIL, "111111"))).result.remaining);
      await finish(ciba.initiateAppApproval(` ${EMAIL.toUpperCase()}`));
      counts.push((await finish(ciba.verifyTotp(EMAIL, "111111"))).result.remaining);
      return counts;
    });
    assert.deepEqual(remaining, [2, 1, 2]);
  });

  test("a call that is aborted while its code is in flight gives the attempt back", async () => {
    const errors = await play(async ({ client, finish, network, requests, pass, EMAIL }) => {
      network.initiate = [{ status: 400, json: { error: "no_device_registered" } }];
      network.login = ["never"];
      const ciba = client({ requestTimeout: 1e6 });
      for (let aborted = 0; aborted < 3; aborted++) {
        const page = new AbortController();
        const call = ciba.authenticateWithFallback(EMAIL, { signal: page.signal, promptForCode: () => "123456" });
        await pass(1);
        page.abort();
        await call;
      }
      const sent = requests.filter(({ path }) => path.endsWith("/login")).length;
      network.login = [{ status: 401, json: { error: "invalid_code" } }];
      const calls = [1, 2, 3, 4].map(() => ciba.verifyTotp(EMAIL, "111111"));
      return [sent, ...(await finish(Promise.all(calls))).result.map(({ error }) => error)];
    });
    assert.deepEqual(errors, [3, "invalid_code", "invalid_code", "invalid_code", "too_many_retries"]);
  });

  test("of ten at once, no more are sent than attempts are left", async () => {
    const { results, sent } = await play(async ({ client, finish, network, requests, EMAIL }) => {
      network.login = [{ status: 401, json: { error: "invalid_code" } }];
      const ciba = client();
      await finish(ciba.verifyTotp(EMAIL, "000000"));
      const calls = Array.from({ length: 10 }, (_, digit) => ciba.verifyTotp(EMAIL, `11111${digit}`));
      const results = (await finish(Promise.all(calls))).result;
      return { results, sent: requests.length };
    });
    assert.equal(sent, 1 + 2);
    const refused = { success: false, error: "too_many_retries", remaining: 2 };
    assert.equal(results.filter((result) => JSON.stringify(result) === JSON.stringify(refused)).length, 8);
    assert.deepEqual(
      results.filter(({ error }) => error === "invalid_code").map(({ remaining }) => remaining),
      [1, 0],
    );
  });
});
