// Sign-in only if a passkey is at hand, and what a passkey says of itself: docs/contract.md, sections A1 and A3.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { assertFailure, assertSuccess } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open, openWithUser } = useShop();

const IMMEDIATE = { mediation: "immediate" };

/** Approves at a click, which browsers want: resolves to the outcome. */
const approveAtClick = async (page, argument, settings = IMMEDIATE) => {
  await page.page.evaluate(
    ([approval, given]) => {
      const button = document.createElement("button");
      button.onclick = () => {
        globalThis.number = e2e.begin("authenticate", approval, given);
      };
      document.body.replaceChildren(button);
    },
    [argument, { baseUrl: shop.baseUrl, ...settings }],
  );
  await page.page.click("button");
  return page.page.evaluate(() => e2e.calls[globalThis.number].outcome);
};

const usernameless = async () => {
  const { argument } = await shop.approve();
  return argument;
};

describe('mediation: "immediate"', () => {
  test("approves with a passkey that is at hand, without a userId", async (t) => {
    const page = await openWithUser(t);
    const argument = await usernameless();
    assert.equal(argument.userId, undefined);
    assertSuccess(await approveAtClick(page, argument), "authenticate");
  });

  test("without a passkey at hand there is none to offer, and another way comes next", async (t) => {
    const page = await open(t);
    const outcome = await approveAtClick(page, await usernameless());
    assertFailure(
      outcome,
      "authenticate",
      "01",
      /^Error while trying to authenticate\. NotAllowedError: .* \(mediation "immediate": no passkey at hand, or the user closed it\)$/,
    );
    assert.equal(outcome.cause, "noCredential");
    const consequence = await page.page.evaluate(
      async (text) => (await import("/pkg/cause.js")).causeOf(JSON.parse(text)),
      outcome.json,
    );
    assert.deepEqual(consequence, { cause: "noCredential", silent: true, next: "otherWay" });
  });

  test("nothing is awaited before the prompt", async (t) => {
    const page = await openWithUser(t);
    const argument = await usernameless();
    const wasOpen = await page.page.evaluate(
      async ([approval, baseUrl]) => {
        await e2e.module.support();
        let options;
        navigator.credentials.get = async (given) => {
          options = given;
          throw new DOMException("no", "NotAllowedError");
        };
        const ended = e2e.module.authenticate(approval, { baseUrl, mediation: "immediate" });
        const seen = options && { uiMode: options.uiMode, mediation: options.mediation };
        await ended;
        return seen;
      },
      [argument, shop.baseUrl],
    );
    assert.deepEqual(wasOpen, { uiMode: "immediate", mediation: undefined });
  });

  for (const [what, capabilities] of /** @type {const} */ ([
    ["lacks it", "async () => ({ immediateGet: false })"],
    ["does not say", "async () => ({})"],
    ["says something else", "async () => ({ immediateGet: 'yes' })"],
    ["never replies", "() => new Promise(() => {})"],
    ["throws", "() => { throw new TypeError('no'); }"],
    ["has no such question", "undefined"],
  ]))
    test(`a browser that ${what} is error-0005, and the user is not prompted`, async (t) => {
      const page = await openWithUser(t, {
        prepare: (page) => page.addInitScript(`PublicKeyCredential.getClientCapabilities = ${capabilities};`),
      });
      await page.replaceCredentials(() => {
        throw new Error("the user was prompted");
      });
      assertFailure(
        await page.call("authenticate", await usernameless(), IMMEDIATE),
        "authenticate",
        "05",
        /^This browser does not support mediation "immediate": offer a button instead\.$/,
      );
    });

  test("a list of passkeys is error-0000, because browsers reject it", async (t) => {
    const page = await openWithUser(t);
    const { argument } = await shop.approve(page.user);
    assert.ok(argument.credentialRequestOptions.allowCredentials.length);
    assertFailure(
      await page.call("authenticate", argument, IMMEDIATE),
      "authenticate",
      "00",
      /allowCredentials must be/,
    );
  });

  test("cancel() ends it, as any prompt", async (t) => {
    const page = await openWithUser(t);
    await page.page.evaluate(() => {
      navigator.credentials.get = ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    });
    const call = await page.begin("authenticate", await usernameless(), IMMEDIATE);
    await call.reached("prompting");
    await page.cancel();
    const outcome = await call.outcome();
    assertFailure(outcome, "authenticate", "01", /\(the page aborted it\)$/);
    assert.equal(outcome.cause, "aborted");
  });

  test("a browser that replies late is believed from then on", async (t) => {
    const page = await openWithUser(t, {
      prepare: (page) =>
        page.addInitScript(() => {
          const ask = PublicKeyCredential.getClientCapabilities.bind(PublicKeyCredential);
          PublicKeyCredential.getClientCapabilities = async () => {
            await new Promise((resolve) => setTimeout(resolve, 1500));
            return ask();
          };
        }),
    });
    await page.page.waitForTimeout(2000);
    assertSuccess(await approveAtClick(page, await usernameless()), "authenticate");
  });
});

describe("support()", () => {
  test("has the browser's capabilities, each a boolean", async (t) => {
    const page = await open(t);
    const [found, browser] = await page.page.evaluate(async () => [
      await e2e.module.support(),
      await PublicKeyCredential.getClientCapabilities(),
    ]);
    assert.deepEqual(Object.keys(found), ["webauthn", "platformAuthenticator", "autofill", "capabilities"]);
    assert.deepEqual(found.capabilities, browser);
    assert.equal(found.capabilities.immediateGet, true);
  });

  test("has none if the browser does not reply within a second", async (t) => {
    const page = await open(t, {
      prepare: (page) => page.addInitScript("PublicKeyCredential.getClientCapabilities = () => new Promise(() => {});"),
    });
    assert.deepEqual((await page.page.evaluate(() => e2e.module.support())).capabilities, {});
  });
});

describe("onCredential", () => {
  const run = (page, name, argument) =>
    page.page.evaluate(
      async ([called, given, baseUrl]) => {
        const details = [];
        const stages = [];
        const result = await e2e.module[called](given, {
          baseUrl,
          onProgress: (stage) => stages.push(stage),
          onCredential: (passkey) => details.push([passkey, [...stages]]),
        });
        return { result, details };
      },
      [name, argument, shop.baseUrl],
    );

  test("says which passkey it was, before the credential is sent", async (t) => {
    const page = await open(t, { authenticator: { defaultBackupEligibility: true, defaultBackupState: true } });
    const { argument, user } = await shop.enroll({
      options: { authenticatorSelection: { residentKey: "required", userVerification: "required" } },
    });
    const created = await run(page, "register", argument);
    assert.equal(created.result.success, true, created.result.message);
    const [{ credentialId }] = (await page.authenticator("getCredentials")).credentials;
    const id = Buffer.from(credentialId, "base64").toString("base64url");
    const flags = { userVerified: true, backupEligible: true, backupState: true };
    const [[registered, stages], ...others] = created.details;
    assert.deepEqual(others, []);
    assert.deepEqual(stages, ["prompting"]);
    assert.match(registered.aaguid, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    assert.deepEqual(
      { ...registered, aaguid: "" },
      { id, authenticatorAttachment: "platform", ...flags, aaguid: "", transports: ["internal"] },
    );
    const approved = await run(page, "authenticate", (await shop.approve(user)).argument);
    assert.equal(approved.result.success, true);
    assert.deepEqual(approved.details, [[{ id, authenticatorAttachment: "platform", ...flags }, ["prompting"]]]);
  });

  test("what a wrapper's credential lacks is left out, and what throws changes nothing", async (t) => {
    const page = await openWithUser(t);
    const { argument } = await shop.approve(page.user);
    const seen = await page.page.evaluate(
      async ([given, baseUrl]) => {
        const get = navigator.credentials.get.bind(navigator.credentials);
        navigator.credentials.get = async (options) => {
          const { rawId, response } = await get(options);
          const { authenticatorData, clientDataJSON, signature, userHandle } = response;
          let reads = 0;
          return {
            rawId,
            get authenticatorAttachment() {
              throw new Error("no");
            },
            response: {
              clientDataJSON,
              signature,
              userHandle,
              get authenticatorData() {
                if (reads++) throw new Error("once is enough");
                return authenticatorData;
              },
            },
          };
        };
        const details = [];
        const result = await e2e.module.authenticate(given, {
          baseUrl,
          onCredential(passkey) {
            details.push(passkey);
            throw new Error("the page's own mistake");
          },
        });
        return { success: result.success, message: result.message, details };
      },
      [argument, shop.baseUrl],
    );
    assert.equal(seen.success, true, seen.message);
    assert.deepEqual(seen.details.map(Object.keys), [["id"]]);
  });
});
