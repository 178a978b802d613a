// The same promises in three engines: the ceremonies if there are passkeys, otherwise error-0005.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { causeOf } from "../../pkg/cause.js";
import { explain } from "../../pkg/explain.js";
import { BARE_PAGE } from "../e2e/support/browser.mjs";
import { CEREMONIES, TEXTS } from "../e2e/support/result-table.mjs";
import { startShop } from "../e2e/support/shop.mjs";
import { BROWSERS } from "./support/browsers.mjs";
import { startBrowser } from "./support/webdriver.mjs";

let shop;
before(async () => (shop = await startShop()));
after(() => shop?.stop());

/** Evaluated in the page: a complete ceremony, from the backend's options to the introspection. */
const runCeremony = async (name, username, baseUrl) => {
  const ask = async (path, body) => {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return answer.json();
  };
  const module = await import("/pkg/index.js");
  const { causeOf } = await import("/pkg/cause.js");
  const started = await ask(name === "register" ? "enroll" : "approve", { username });
  const transaction = started.enrollment ?? started;
  const ends = [];
  const settings = { baseUrl, onEnd: ({ code, cause, silent }) => ends.push({ code, cause, silent }) };
  const result = await module[name](transaction, settings);
  const ceremony = name === "register" ? "registration" : "authentication";
  return {
    result,
    ends,
    consequence: causeOf(result),
    outcome: await module.outcome({ statusToken: transaction.statusToken, ceremony }, { baseUrl }),
    introspection: result.success && (await ask("introspect", { token: result.token })),
  };
};

/** Evaluated in the page before the module: removes WebAssembly, and configures the fallback. */
const refuseWebAssembly = async () => {
  // Firefox runs this in a sandbox, where the page's globals are in `wrappedJSObject`.
  delete (globalThis.wrappedJSObject ?? globalThis).WebAssembly;
  const module = await import("/pkg/index.js");
  let loaded = 0;
  const fallback = () => {
    loaded++;
    return import("/pkg/webauthn-result.fallback.js");
  };
  module.configure({ fallback });
  await module.ready();
  return loaded;
};

/** Evaluated in the page: a call with this argument. */
const runCall = async (name, argument, baseUrl) => {
  const module = await import("/pkg/index.js");
  const { causeOf } = await import("/pkg/cause.js");
  const ends = [];
  const settings = { baseUrl, onEnd: ({ code, cause, silent }) => ends.push({ code, cause, silent }) };
  const result = await module[name](argument, settings);
  return { result, ends, consequence: causeOf(result) };
};

/** Evaluated in the page: an approval with a passkey that is at hand, and whether the browser says that it can. */
const runImmediate = async (baseUrl) => {
  const { authenticate, support } = await import("/pkg/index.js");
  const { causeOf } = await import("/pkg/cause.js");
  const headers = { "Content-Type": "application/json" };
  const response = await fetch("/api/approve", { method: "POST", headers, body: "{}" });
  const { capabilities } = await support();
  const result = await authenticate(await response.json(), { baseUrl, mediation: "immediate" });
  return { has: capabilities.immediateGet === true, result, ...causeOf(result) };
};

/** Evaluated in the page: starts calls, each when the previous one prompts, and cancels the last one. */
const runAll = async (name, argumentsOfCalls, baseUrl) => {
  const module = await import("/pkg/index.js");
  const { causeOf } = await import("/pkg/cause.js");
  const calls = [];
  for (const argument of argumentsOfCalls)
    await new Promise((resolve) => {
      const ends = [];
      const onEnd = ({ code, cause, silent }) => ends.push({ code, cause, silent });
      const call = module[name](argument, { baseUrl, onEnd, onProgress: resolve });
      calls.push(call.then((result) => ({ result, ends, consequence: causeOf(result) })));
    });
  module.cancel();
  return Promise.all(calls);
};

/** The module and a copy of the result say the same cause, once. */
const assertCause = ({ result, ends, consequence }, cause) => {
  assert.equal(consequence.cause, cause);
  assert.deepEqual(consequence, causeOf(result));
  assert.deepEqual(ends, [{ code: result.code.statusCode, cause, silent: consequence.silent }]);
};

const assertFailure = (call, name, number, pattern, cause) => {
  const { result } = call;
  assertCause(call, cause);
  const statusCode = CEREMONIES[name].prefix + number;
  assert.deepEqual(Object.keys(result).sort(), ["code", "message", "success"]);
  assert.equal(result.success, false);
  assert.deepEqual(result.code, { statusCode, message: TEXTS[statusCode] }, result.message);
  assert.match(result.message, pattern);
};

for (const [title, describeBrowser] of Object.entries(BROWSERS))
  describe(title, () => {
    let browser;
    const { transport } = describeBrowser();
    const names = Object.keys(CEREMONIES);
    const username = `customer-of-${title.toLowerCase()}`;

    before(async () => {
      browser = await startBrowser(describeBrowser());
      console.log(`${title}: ${browser.version}`);
      // A page of the shop without scripts, under the shop's policy.
      await browser.open(shop.origin + BARE_PAGE);
    });
    after(() => browser?.stop());

    const start = async (name) => (await (name === "register" ? shop.enroll() : shop.approve({ username }))).argument;

    if (transport) {
      let authenticator;
      before(async () => (authenticator = await browser.addAuthenticator()));

      for (const name of ["register", "authenticate"])
        test(`${name} succeeds, and the token is active`, async () => {
          const call = await browser.run(runCeremony, name, username, shop.baseUrl);
          const { result, introspection, outcome } = call;
          assert.equal(result.success, true, result.message);
          assertCause(call, name === "register" ? "registered" : "approved");
          assert.deepEqual(outcome, result, "outcome() finds the same");
          const statusCode = CEREMONIES[name].success;
          assert.deepEqual(result.code, { statusCode, message: TEXTS[statusCode] });
          assert.deepEqual(Object.keys(result).sort(), ["code", "success", "token"]);
          assert.equal(introspection.active, true);
        });

      test("a second registration on the same authenticator is refused by the browser", async () => {
        const call = await browser.run(runCeremony, "register", username, shop.baseUrl);
        assertFailure(call, "register", "01", /InvalidStateError/, "alreadyRegistered");
        assert.equal(causeOf(call.outcome).cause, "pending");
      });

      for (const name of names) {
        const { options } = CEREMONIES[name];
        test(`${name} names the invalid property of the options, and does not prompt`, async () => {
          const argument = await start(name);
          argument[options].challenge = "not base64url!";
          const call = await browser.run(runCall, name, argument, shop.baseUrl);
          assertFailure(call, name, "00", /challenge/, "invalidOptions");
        });
      }

      describe("while the prompt is open", () => {
        before(() => browser.removeAuthenticator(authenticator));

        for (const name of names) {
          test(`cancel() ends ${name}`, async () => {
            const argument = await start(name);
            const [call] = await browser.run(runAll, name, [argument], shop.baseUrl);
            assertFailure(call, name, "01", /AbortError/, "aborted");
            assert.equal((await shop.status(argument.statusToken)).status, "pending");
          });

          test(`another ${name} ends the one before`, async () => {
            const calls = [await start(name), await start(name)];
            const [first, second] = await browser.run(runAll, name, calls, shop.baseUrl);
            assertFailure(first, name, "01", /AbortError: Another call opened its prompt/, "superseded");
            assertFailure(second, name, "01", /AbortError: The page called cancel/, "aborted");
          });
        }
      });

      describe("without WebAssembly", () => {
        before(async () => {
          await browser.open(shop.origin + BARE_PAGE);
          authenticator = await browser.addAuthenticator();
          assert.equal(await browser.run(refuseWebAssembly), 1, "the fallback is loaded once");
        });

        for (const name of ["register", "authenticate"])
          test(`${name} succeeds too`, async () => {
            const user = `${username}-without-webassembly`;
            const call = await browser.run(runCeremony, name, user, shop.baseUrl);
            const { result, introspection, outcome } = call;
            assert.equal(result.code.statusCode, CEREMONIES[name].success, result.message);
            assertCause(call, name === "register" ? "registered" : "approved");
            assert.deepEqual(outcome, result);
            assert.equal(introspection.active, true);
          });
      });
    } else {
      for (const name of names)
        test(`${name} resolves to no WebAuthn`, async () => {
          // There is no passkey here, so the approval is for any user.
          const { argument } = name === "register" ? await shop.enroll() : await shop.approve();
          argument.userId ??= "a customer";
          const call = await browser.run(runCall, name, argument, shop.baseUrl);
          assertFailure(call, name, "05", /PublicKeyCredential/, "noWebAuthn");
          // Asking needs no passkey.
          const { statusToken } = argument;
          const transaction = { statusToken, ceremony: name === "register" ? "registration" : "authentication" };
          assertFailure(
            await browser.run(runCall, "outcome", transaction, shop.baseUrl),
            name,
            "02",
            /still pending/,
            "pending",
          );
        });
    }

    test("support() resolves to what is supported", async () => {
      const found = await browser.run(async () => (await import("/pkg/index.js")).support());
      assert.equal(found.webauthn, Boolean(transport));
      if (!transport)
        assert.deepEqual(found, { webauthn: false, platformAuthenticator: false, autofill: false, capabilities: {} });
    });

    test("an immediate prompt opens only where the browser has it", async () => {
      const { has, result, cause, next } = await browser.run(runImmediate, shop.baseUrl);
      assert.equal(has, title === "Chromium");
      assert.equal(result.code.statusCode, has ? "error-0001" : "error-0005", result.message);
      assert.equal(cause, has ? "noCredential" : "noWebAuthn");
      assert.equal(next, "otherWay");
    });

    test("explain() returns the same texts", async () => {
      const outcomes = [...Object.keys(TEXTS), { success: false, code: { statusCode: "error-0001" }, message: "" }];
      for (const language of ["en", "de-CH", "fr", "it", "es-419", "pt-BR"]) {
        const told = await browser.run(
          async (all, tag) => {
            const { explain } = await import("/pkg/explain.js");
            return all.map((outcome) => explain(outcome, tag));
          },
          outcomes,
          language,
        );
        assert.deepEqual(
          told,
          outcomes.map((outcome) => explain(outcome, language)),
        );
        for (const { title: words, advice } of told) assert.match(`${words} ${advice}`, /\S{2}.*\s\S{2}/);
      }
    });
  });
