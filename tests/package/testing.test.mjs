// What `results` of webauthn-result/testing makes is what the built package returns, called with the fakes of the same entry.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { causeOf } from "../../pkg/cause.js";
import { fakeAuthSec, fakeCloud, fakePasskeys, results } from "../../pkg/testing.js";
import { CONSUMERS } from "../../scripts/consumers/table.mjs";
import { blocksOf } from "../../scripts/docs/quote-examples.mjs";
import { root } from "../../scripts/run.mjs";

let authenticate, register, cancel, CIBAClient;

before(async () => {
  // Where there is a document, the package takes it for a page.
  Object.defineProperty(globalThis, "document", { value: {}, configurable: true, writable: true });
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: "Test" }, configurable: true, writable: true });
  globalThis.location = new URL("https://shop.example/");
  globalThis.origin = "https://shop.example";
  ({ authenticate, register, cancel } = await import("../../pkg/index.js"));
  ({ CIBAClient } = await import("../../pkg/ciba.js"));
});

/** Both fakes for one test. */
const use = (t, passkeys, cloud) => {
  const fakes = [fakePasskeys(passkeys), fakeCloud(cloud).install()];
  t.after(() => {
    for (const fake of fakes) fake.restore();
  });
  return fakes[1];
};

const SETTINGS = { baseUrl: "https://cloud.example" };

/** A row: the name of a test, the result, the fakes' options, and what the page changes in the argument and the settings. */
const AUTHENTICATION = [
  ["approved", () => results.approved({ token: "a.b.c" }), {}, { token: "a.b.c" }],
  ["approved, although responses are lost", () => results.approved(), {}, { finalize: ["lost", 503] }],
  ["dismissed", () => results.dismissed(), { get: "NotAllowedError" }],
  ["dismissed by something else", () => results.dismissed({ exception: "AbortError" }), { get: "AbortError" }],
  ["tookTooLong", () => results.tookTooLong(), { get: "TimeoutError" }],
  ["wrongDomain", () => results.wrongDomain(), { get: "SecurityError" }],
  ["unsuitableDevice", () => results.unsuitableDevice(), { get: "NotSupportedError" }],
  ["requestPending", () => results.requestPending(), { get: "OperationError" }],
  ["invalidOptions of the prompt", () => results.invalidOptions({ exception: "TypeError" }), { get: "TypeError" }],
  ["unknown", () => results.unknown(), { get: "UnknownError" }],
  ["refused", () => results.refused("Too late"), {}, { finalize: { rejected: "Too late" } }],
  [
    "refused by the status",
    () => ({
      ...results.refused(),
      message: "No response from the server: TypeError: Failed to fetch (status endpoint: failed)",
    }),
    {},
    { finalize: "unreachable", status: "failed" },
  ],
  [
    "outcomeUnknown",
    () => results.outcomeUnknown(),
    {},
    { finalize: "unreachable", status: "unreachable" },
    { settings: { finalizeTimeout: 20 } },
  ],
  ["insecureContext", () => results.insecureContext(), { secureContext: false }],
  ["invalidSettings", () => results.invalidSettings(), {}, {}, { settings: { baseUrl: "cloud" } }],
  [
    "invalidOptions",
    () => results.invalidOptions(),
    {},
    {},
    { argument: { credentialRequestOptions: { challenge: "?" } } },
  ],
  [
    "a missing userId",
    () => results.invalidOptions({ statusCode: "error-0003" }),
    {},
    {},
    { argument: { userId: "" } },
  ],
  [
    "a missing statusToken",
    () => results.invalidOptions({ statusCode: "error-0004" }),
    {},
    {},
    { argument: { statusToken: "" } },
  ],
  [
    "noCredential",
    () => results.noCredential(),
    { get: { userHandle: null } },
    {},
    { argument: { userId: undefined }, settings: { usernameless: true } },
  ],
];

const CREATION = { ceremony: "registration" };
const REGISTRATION = [
  ["registered", () => results.registered(), {}],
  ["dismissed", () => results.dismissed(CREATION), { create: "NotAllowedError" }],
  ["alreadyRegistered", () => results.alreadyRegistered(), { create: "InvalidStateError" }],
  ["refused", () => results.refused({ ...CREATION, reason: "Too late" }), {}, { finalize: { rejected: "Too late" } }],
  ["insecureContext", () => results.insecureContext(CREATION), { secureContext: false }],
  [
    "a missing statusToken",
    () => results.invalidOptions({ statusCode: "error-1004" }),
    {},
    {},
    { argument: { statusToken: null } },
  ],
];

for (const [name, rows, call] of [
  [
    "authenticate",
    AUTHENTICATION,
    (cloud, more) => authenticate({ ...cloud.approval(), ...more?.argument }, { ...SETTINGS, ...more?.settings }),
  ],
  [
    "register",
    REGISTRATION,
    (cloud, more) => register({ ...cloud.enrollment(), ...more?.argument }, { ...SETTINGS, ...more?.settings }),
  ],
])
  describe(name, () => {
    for (const [title, make, passkeys, server, more] of rows)
      test(title, async (t) => {
        const cloud = use(t, passkeys, server);
        const result = await call(cloud, more);
        const expected = make();
        assert.deepEqual(result, expected);
        assert.equal(causeOf(result).cause, causeOf(expected).cause);
      });
  });

describe("calls that are ended", () => {
  test("aborted, by cancel()", async (t) => {
    const cloud = use(t, { get: "never" });
    const call = authenticate(cloud.approval(), SETTINGS);
    cancel();
    assert.deepEqual(await call, results.aborted());
  });

  test("superseded, by another call", async (t) => {
    const cloud = use(t, { get: ["never", "ok"] });
    const first = authenticate(cloud.approval(), SETTINGS);
    const second = authenticate(cloud.approval(), SETTINGS);
    assert.deepEqual(await first, results.superseded());
    assert.deepEqual(await second, results.approved());
  });
});

test("without WebAuthn, and where a policy forbids it", async (t) => {
  const cloud = fakeCloud().install();
  t.after(() => cloud.restore());
  globalThis.isSecureContext = true;
  t.after(() => delete globalThis.isSecureContext);
  assert.deepEqual(await authenticate(cloud.approval(), SETTINGS), results.noWebAuthn());
  const passkeys = fakePasskeys();
  document.featurePolicy = { allowsFeature: () => false, features: () => ["publickey-credentials-get"] };
  assert.deepEqual(await authenticate(cloud.approval(), SETTINGS), results.policyForbids());
  delete document.featurePolicy;
  passkeys.restore();
});

describe("push and TOTP", () => {
  const email = "ada@example.com";
  const client = () => new CIBAClient({ clientId: "shop", baseUrl: "https://authsec.example" });
  const play = (t, options) => {
    const server = fakeAuthSec(options).install();
    t.after(() => server.restore());
    return server;
  };
  const safe = { method: "safeAuthenticate" };

  for (const [title, options, make] of [
    ["approved", { poll: ["pending", "approved"] }, () => results.push.approved(safe)],
    ["access_denied", { poll: "access_denied" }, () => results.push.access_denied(safe)],
    ["expired_token", { poll: "expired_token" }, () => results.push.expired_token(safe)],
    ["unreachable", { initiate: "unreachable" }, () => results.push.unreachable(safe)],
    ["user_not_found", { initiate: "user_not_found" }, () => results.push.user_not_found(safe)],
  ])
    test(`safeAuthenticate: ${title}`, async (t) => {
      play(t, options);
      assert.deepEqual(await client().safeAuthenticate(email), make());
    });

  test("pollForApproval: approved, timeout, cancelled", async (t) => {
    play(t, { poll: ["approved", "pending"] });
    const own = client();
    const poll = async (options) =>
      own.pollForApproval(email, (await own.initiateAppApproval(email)).auth_req_id, options);
    assert.deepEqual(await poll(), results.push.approved());
    assert.deepEqual(await poll({ timeout: 0 }), results.push.timeout());
    const { auth_req_id } = await own.initiateAppApproval(email);
    const waiting = own.pollForApproval(email, auth_req_id);
    own.cancelApproval(email);
    assert.deepEqual(await waiting, results.push.cancelled());
  });

  test("verifyTotp: three wrong codes, and a right one", async (t) => {
    play(t, { totp: ["invalid_code", "invalid_code", "invalid_code", "ok"] });
    const own = client();
    const words = { message: "Invalid TOTP code" };
    assert.deepEqual(await own.verifyTotp(email, "123456"), results.totp.invalid_code(words));
    assert.deepEqual(await own.verifyTotp(email, "123456"), results.totp.invalid_code({ ...words, remaining: 1 }));
    const third = await own.verifyTotp(email, "123456");
    assert.deepEqual(third, results.totp.too_many_retries({ ...words, code: "invalid_code" }));
    assert.deepEqual(await own.verifyTotp(email, "123456"), results.totp.too_many_retries());
    own.cancelApproval(email);
    assert.deepEqual(await own.verifyTotp(email, "123456"), results.totp.approved());
  });
});

test("each block of docs/testing.md is a file of a consumer that runs its own tests", async () => {
  const folders = CONSUMERS.filter(({ suite }) => suite).map(({ folder }) => folder);
  const blocks = blocksOf(await readFile(join(root, "docs/testing.md"), "utf8"));
  assert.ok(blocks.length > 10);
  for (const { from, code, language } of blocks)
    if (language !== "sh") assert.ok(folders.includes(from?.split("/")[2]), from ?? code);
});
