// The CIBA entry outside a page, its options, and its words.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import * as esm from "../../pkg/ciba.js";
import * as node from "../../pkg/ciba-node.js";
import { root } from "../../scripts/run.mjs";

const require = createRequire(import.meta.url);
const entries = {
  "pkg/ciba.js": esm,
  "pkg/ciba.cjs": require("../../pkg/ciba.cjs"),
  "pkg/ciba-node.js": node,
  "pkg/ciba-node.cjs": require("../../pkg/ciba-node.cjs"),
};
const { CIBAClient, getUserFriendlyError } = esm;
const EMAIL = "ada@example.com";
/** Nothing listens on this port. */
const NOBODY = "http://127.0.0.1:1";
const FOR_SERVERS = "is for servers: in a page, use a relay; for a server, bundle with the condition node or workerd";

for (const [name, { CIBAClient: Client }] of Object.entries(entries)) {
  test(`on a server, ${name} runs each method as in a page`, async () => {
    const told = [];
    const client = new Client({ baseUrl: NOBODY, logger: { error: (text) => told.push(text) } });
    const refused = { success: false, error: "connection_failed" };
    const terms = { timeout: 0 };
    assert.deepEqual(await client.initiateAppApproval(EMAIL), refused);
    assert.deepEqual(await client.pollForApproval(EMAIL, "ID", terms), { status: "error", error: "connection_failed" });
    assert.deepEqual(await client.verifyTotp(EMAIL, "123456"), { ...refused, remaining: 3 });
    assert.deepEqual(client.cancelApproval(EMAIL), { status: "cancelled" });
    assert.deepEqual(await client.safeAuthenticate(EMAIL), refused);
    assert.equal(await client.authenticateWithRetry(EMAIL, { maxRetries: 1 }), null);
    assert.equal(await client.authenticateWithFallback(EMAIL, { promptForCode: () => "123456" }), null);
    assert.equal(told.length, 7);
  });

  test(`on a server, ${name} takes no path, since there is no page that it could be of`, async () => {
    const { error, message } = await new Client({ baseUrl: "/auth/ciba", routes: "relay" }).initiateAppApproval(EMAIL);
    assert.equal(error, "invalid_argument");
    assert.equal(message, "options.baseUrl is a path, which needs a page on https or on a loopback host");
  });
}

for (const [file, load] of [
  ["ciba-node.js", (path) => `const { CIBAClient } = await import(${path})`],
  ["ciba-node.cjs", (path) => `const { CIBAClient } = require(${path})`],
])
  test(`a program that ends with a TypeError of ${file} prints the message, and not the whole file`, async () => {
    const program = `${load(JSON.stringify(join(root, "pkg", file)))}; new CIBAClient({ baseUrl: "" })`;
    const type = `--input-type=${file.endsWith(".js") ? "module" : "commonjs"}`;
    const { stderr } = await promisify(execFile)(process.execPath, [type, "-e", program]).catch((error) => error);
    assert.match(stderr, /TypeError: options\.baseUrl must be/);
    assert.ok(stderr.length < 3000, `${stderr.length} characters`);
  });

test("in Node, no fetch that caches keeps a response, such as that of Next.js, and none follows a redirect", async () => {
  const { fetch } = globalThis;
  const seen = [];
  globalThis.fetch = async (_url, init) => {
    seen.push(init);
    return new Response(null, { status: 307, headers: { Location: "https://elsewhere.example" } });
  };
  try {
    const { error } = await new node.CIBAClient().initiateAppApproval(EMAIL);
    assert.equal(error, "connection_failed");
  } finally {
    globalThis.fetch = fetch;
  }
  const [{ cache, redirect, credentials, keepalive }] = seen;
  assert.deepEqual(
    { cache, redirect, credentials, keepalive },
    { cache: "no-store", redirect: "manual", credentials: undefined, keepalive: undefined },
  );
});

test("a signature that never comes ends as a response that never comes", async (t) => {
  const { privateKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  t.mock.method(crypto.subtle, "sign", () => new Promise(() => {}));
  const options = { clientId: "C", routes: "oidc", privateKey, baseUrl: NOBODY, requestTimeout: 200 };
  const { error } = await new node.CIBAClient(options).initiateAppApproval(EMAIL);
  assert.equal(error, "network_timeout");
});

/** What only a server may have. */
const CREDENTIALS = [
  { clientSecret: "SECRET" },
  { privateKey: "-----BEGIN PRIVATE KEY-----", routes: "oidc" },
  { routes: "oidc" },
];

for (const options of CREDENTIALS) {
  const [option] = Object.keys(options);
  const named = option === "routes" ? 'routes "oidc"' : option;

  test(`the file for pages has no code for ${named}, and says which file has`, async () => {
    const client = new CIBAClient({ clientId: "C", baseUrl: NOBODY, ...options });
    assert.deepEqual(await client.verifyTotp(EMAIL, "123456"), {
      success: false,
      error: "invalid_argument",
      message: `options.${named} ${FOR_SERVERS}`,
      remaining: 3,
    });
  });

  // With the file for Node, too: a test of a page in jsdom gets that one.
  for (const file of ["ciba.js", "ciba-node.js"])
    test(`in a page, ${file} sends nothing with ${named}`, async () => {
      const script = `
        globalThis.document = new EventTarget();
        let requests = 0;
        globalThis.fetch = async () => { requests++; throw new TypeError(); };
        const { CIBAClient } = await import("./${file}");
        const client = new CIBAClient(${JSON.stringify({ clientId: "C", ...options })});
        const results = [
          await client.initiateAppApproval("${EMAIL}"),
          await client.pollForApproval("${EMAIL}", "ID"),
          await client.verifyTotp("${EMAIL}", "123456"),
          await client.safeAuthenticate("${EMAIL}"),
        ];
        console.log(JSON.stringify({ requests, results }));`;
      const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
        cwd: join(root, "pkg"),
        timeout: 60_000,
      });
      const { requests, results } = JSON.parse(stdout);
      assert.equal(requests, 0);
      assert.equal(results.length, 4);
      for (const { error, message } of results)
        assert.deepEqual({ error, message }, { error: "invalid_argument", message: `options.${named} ${FOR_SERVERS}` });
    });
}

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
    { clientId: "C", clientSecret: "S", keyId: "K", audience: "A", routes: "oidc" },
    { clientSecret: null, privateKey: null, keyId: null, audience: null },
    { privateKey: "-----BEGIN PRIVATE KEY-----" },
    { privateKey: { kty: "EC" } },
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
    [{ clientSecret: 5 }, /clientSecret/],
    [{ privateKey: 5 }, /privateKey/],
    [{ keyId: 5 }, /keyId/],
    [{ audience: ["A"] }, /audience/],
    // Each of these would otherwise fail or lose a header later, in silence or at every call.
    // biome-ignore lint/suspicious/noSparseArray: that is the point
    [{ scopes: [, "openid"] }, /scopes/],
    [{ scopes: ["openid", ""] }, /scopes/],
    [{ scopes: ["openid email"] }, /scopes/],
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
