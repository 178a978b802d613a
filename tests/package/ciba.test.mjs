// The CIBA entry where there is no browser, its options, and its words.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";

import * as esm from "../../pkg/ciba.js";

const entries = { "an ES module": esm, CommonJS: createRequire(import.meta.url)("../../pkg/ciba.cjs") };
const { CIBAClient, getUserFriendlyError } = esm;

for (const [name, { CIBAClient: Client }] of Object.entries(entries))
  test(`on a server, ${name} imports, and each method has a documented error`, async () => {
    const told = [];
    const client = new Client({ logger: { error: (text) => told.push(text) } });
    const refused = { success: false, error: "no_browser" };
    assert.deepEqual(await client.initiateAppApproval("ada@example.com"), refused);
    assert.deepEqual(await client.pollForApproval("ada@example.com", "ID"), { status: "error", error: "no_browser" });
    assert.deepEqual(await client.verifyTotp("ada@example.com", "123456"), { ...refused, remaining: 3 });
    assert.deepEqual(client.cancelApproval("ada@example.com"), { status: "cancelled" });
    assert.deepEqual(await client.safeAuthenticate("ada@example.com"), refused);
    assert.equal(await client.authenticateWithRetry("ada@example.com"), null);
    assert.equal(await client.authenticateWithFallback("ada@example.com", { promptForCode: () => "123456" }), null);
    assert.equal(told.length, 7);
  });

describe("a client's options", () => {
  const valid = [
    undefined,
    null,
    {},
    { clientId: undefined, baseUrl: undefined, routes: undefined, logger: undefined, requestTimeout: undefined },
    { clientId: null, baseUrl: null, routes: null, logger: null, requestTimeout: null },
    { clientId: "C", baseUrl: "https://auth.example.com/base/", routes: "tenant", requestTimeout: 1 },
    { baseUrl: "http://localhost:5190", routes: "workspace", logger: console },
    { baseUrl: "http://127.0.0.1:5190" },
  ];
  for (const options of valid)
    test(`${JSON.stringify(options)} will do`, () => {
      new CIBAClient(options);
    });

  const invalid = [
    [{ clientId: 5 }, /clientId/],
    ...[
      "",
      "auth.example.com",
      "http://auth.example.com",
      "ftp://auth.example.com",
      "https://u:p@auth.example.com",
    ].map((baseUrl) => [{ baseUrl }, /baseUrl/]),
    [{ baseUrl: 5 }, /baseUrl/],
    [{ baseUrl: "https://auth.example.com/?a=b" }, /baseUrl/],
    [{ routes: "admin" }, /routes/],
    [{ requestTimeout: 0 }, /requestTimeout/],
    [{ requestTimeout: -1 }, /requestTimeout/],
    [{ requestTimeout: Number.NaN }, /requestTimeout/],
    [{ requestTimeout: "5000" }, /requestTimeout/],
    [{ logger: "console" }, /logger/],
    // Each of these would otherwise fail or lose a header later, in silence or at every call.
    // biome-ignore lint/suspicious/noSparseArray: that is the point
    [{ scopes: [, "openid"] }, /scopes/],
    [{ headers: new Headers({ "X-CSRF-Token": "t" }) }, /headers/],
    [{ headers: new Map([["X-CSRF-Token", "t"]]) }, /headers/],
    [{ headers: { "X-CSRF-Token": undefined } }, /headers.*X-CSRF-Token/],
    [{ headers: { "X-CSRF-Token": null } }, /headers.*X-CSRF-Token/],
    [{ headers: { [Symbol("token")]: "t" } }, /headers.*Symbol/],
  ];
  for (const [options, message] of invalid)
    test(`${JSON.stringify(options)} is a TypeError that names it`, () => {
      assert.throws(() => new CIBAClient(options), { name: "TypeError", message });
    });
});

test("the texts for users are those of docs/contract.md, section B4, to the letter", () => {
  const table = {
    access_denied: "You rejected the authentication request. Please try again.",
    timeout: "Request timed out. Please ensure your phone is nearby and try again.",
    expired_token: "Request expired. Starting a new authentication...",
    invalid_code: "Invalid code. Please check your authenticator app.",
    too_many_retries: "Too many failed attempts. Please wait a moment and try again.",
    network_timeout: "Network issue detected. Please check your connection.",
    connection_failed: "Cannot reach authentication server. Please try again later.",
  };
  for (const [code, words] of Object.entries(table)) assert.equal(getUserFriendlyError(code), words);
});

test("a code without words is told as it is", () => {
  for (const code of ["approved", "cancelled", "invalid_grant", "", "Access_denied", "constructor", "__proto__"])
    assert.equal(getUserFriendlyError(code), `An error occurred: ${code}`);
});
