// Every code of both tables, with the exact result object, and the order in which things are checked.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { assertFailure, CEREMONIES, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, openWithUser, borrow } = useShop();

/** The browser's message. */
const NOT_ALLOWED =
  "NotAllowedError: The operation either timed out or was not allowed. See: https://www.w3.org/TR/webauthn-2/#sctn-privacy-considerations-client.";

/** The vendor's example, byte for byte: docs/contract.md, section A2.3. */
const DOCUMENTED_FAILURE = `{"success":false,"code":{"statusCode":"error-0001","message":"Failed to authenticate with WebAuthn credential."},"message":"Error while trying to authenticate. ${NOT_ALLOWED}"}`;

describe("the documented failure, byte for byte, when the authenticator does not consent", () => {
  const refusals = {
    "its owner cannot be verified": async (page) => {
      await page.authenticator("setUserVerified", { isUserVerified: false });
      return {};
    },
    "nobody touches it before the timeout": async (page) => {
      await page.authenticator("setAutomaticPresenceSimulation", { enabled: false });
      return { timeout: 50 };
    },
    "it has none of the passkeys that are asked for": async () => ({
      allowCredentials: [{ type: "public-key", id: "AAAA" }],
    }),
  };
  for (const [title, refuse] of Object.entries(refusals))
    test(title, async (t) => {
      const page = await openWithUser(t);
      const { argument } = await shop.start("authenticate", page.user, { options: { userVerification: "required" } });
      Object.assign(argument.credentialRequestOptions, await refuse(page));
      const outcome = await page.call("authenticate", argument);
      assert.equal(outcome.json, DOCUMENTED_FAILURE);
      assertFailure(outcome, "authenticate", "01");
      assert.deepEqual(outcome.stages, ["prompting"]);
      assert.deepEqual(page.finalizations("authenticate", argument), []);
      assert.equal((await shop.status(argument.statusToken)).status, "pending");
    });

  test("the same for a registration", async (t) => {
    const page = await openWithUser(t);
    await page.authenticator("setUserVerified", { isUserVerified: false });
    const { argument } = await shop.start("register", page.user, {
      options: { authenticatorSelection: { userVerification: "required" } },
    });
    const outcome = await page.call("register", argument);
    assertFailure(outcome, "register", "01", `Error while trying to create new credential. ${NOT_ALLOWED}`);
  });
});

test("a device that already has a passkey of this user is error-1001 with the browser's exception", async (t) => {
  const page = await borrow(t);
  const { argument } = await shop.start("register", page.user, page.user);
  const outcome = await page.call("register", argument);
  assertFailure(outcome, "register", "01", /^Error while trying to create new credential\. InvalidStateError: \S/);
});

test("a request for a passkey of another site is a SecurityError of the browser", async (t) => {
  const page = await borrow(t);
  for (const name of names) {
    const { argument } = await shop.start(name, page.user);
    const options = argument[CEREMONIES[name].options];
    if (name === "authenticate") options.rpId = "shop.example";
    else options.rp.id = "shop.example";
    const outcome = await page.call(name, argument);
    assertFailure(outcome, name, "01", /SecurityError: \S/);
    assert.ok(outcome.result.message.startsWith(CEREMONIES[name].refusal));
  }
});

describe("arguments, settings and the browser are checked in order, and the first error decides the code", () => {
  const wrong = { baseUrl: "http://shop.example" };
  const repairs = [
    { code: "00", message: / is missing$/ },
    { code: "03", repair: "options", only: "authenticate" },
    { code: "04", repair: "userId", also: "options" },
    { code: "99", repair: "statusToken", message: /baseUrl/ },
    { code: "05", repair: "settings" },
  ];
  for (const name of names)
    test(name, async (t) => {
      const page = await openWithUser(t);
      // Without WebAuthn, so that everything is invalid at first.
      await page.page.evaluate(() => delete globalThis.PublicKeyCredential);
      const { argument: valid } = await shop.start(name, page.user);
      const argument = {};
      let settings = wrong;
      for (const { code, repair, also, only, message = /\S/ } of repairs) {
        for (const what of [repair, also]) {
          if (what === "options") argument[CEREMONIES[name].options] = valid[CEREMONIES[name].options];
          else if (what === "settings") settings = {};
          else if (what) argument[what] = valid[what];
        }
        if (only && only !== name) continue;
        const outcome = await page.call(name, { ...argument }, settings);
        assertFailure(outcome, name, code, message);
        assert.deepEqual(outcome.stages, []);
      }
    });
});

describe("a missing userId or statusToken is reported before the prompt", () => {
  const missing = [undefined, null, "", 7, true, {}, [], ["text"]];
  for (const [member, number, among] of [
    ["userId", "03", ["authenticate"]],
    ["statusToken", "04", names],
  ])
    for (const name of among)
      test(`${name}: ${member}`, async (t) => {
        const page = await borrow(t);
        const { argument } = await shop.start(name, page.user);
        for (const value of missing) {
          const outcome = await page.call(name, { ...argument, [member]: value });
          assertFailure(outcome, name, number, new RegExp(member));
          assert.deepEqual(outcome.stages, []);
        }
      });
});

describe("invalid settings are error-0099, before the prompt", () => {
  const invalid = {
    baseUrl: [
      "http://shop.example",
      "ftp://localhost",
      "//localhost",
      "",
      "localhost:5190",
      7,
      {},
      "https://user:word@localhost",
      "https://localhost?q",
      "https://localhost#h",
      "http://localhost.example",
      "http://127.0.0.1.example",
      "http://[::2]",
      "javascript:0",
    ],
    signal: ["text", 7, {}, { aborted: "no" }],
    mediation: ["silent", "required", "", 7, {}],
    usernameless: ["yes", 1, {}],
    finalizeTimeout: [0, -1, "1000", {}, 2 ** 31],
    onProgress: ["text", 7, {}],
    onExtensionResults: ["text", 7, {}],
  };
  for (const name of names)
    test(name, async (t) => {
      const page = await borrow(t);
      const { argument } = await shop.start(name, page.user);
      const wrong = [];
      for (const [setting, values] of Object.entries(invalid))
        for (const value of values) {
          const outcome = await page.page.evaluate(
            async ([ceremony, valid, settings]) => e2e.observe(await e2e.module[ceremony](valid, settings)),
            [name, argument, { baseUrl: shop.baseUrl, [setting]: value }],
          );
          try {
            assert.ok(assertFailure(outcome, name, "99").includes(`settings.${setting}`));
          } catch {
            wrong.push(`${setting} = ${JSON.stringify(value)}: ${outcome.json}`);
          }
        }
      assert.deepEqual(wrong, []);
      assert.equal((await shop.status(argument.statusToken)).status, "pending");
    });

  for (const name of names)
    test(`${name}: settings that are not an object or cannot be read`, async (t) => {
      const page = await borrow(t);
      const { argument } = await shop.start(name, page.user);
      const sources = [
        "7",
        "'text'",
        "true",
        "Symbol()",
        "{ get baseUrl() { throw new Error('unreadable'); } }",
        "{ get onProgress() { throw undefined; } }",
        "new Proxy({}, { ownKeys() { throw new Error('unreadable'); } })",
      ];
      for (const source of sources) {
        const outcome = await page.page.evaluate(
          async ([ceremony, valid, text]) =>
            e2e.observe(await e2e.module[ceremony](valid, new Function(`return (${text})`)())),
          [name, argument, source],
        );
        t.diagnostic(`${source}: ${outcome.result.message}`);
        assertFailure(outcome, name, "99", /settings/);
      }
    });
});
