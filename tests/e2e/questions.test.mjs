// Questions to the browser that it never answers, and prompts that the page ends just before they open.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { assertFailure, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open, borrow } = useShop();

/** Replaces static methods of PublicKeyCredential by functions that never reply. */
const silence = (methods) => {
  for (const method of methods) PublicKeyCredential[method] = () => new Promise(() => {});
};

/** Opens a page whose browser never replies to these, also while the package loads, after which a reply is kept. */
const openSilent = (t, methods) =>
  open(t, { prepare: (page) => page.addInitScript(`(${silence})(${JSON.stringify(methods)})`) });

describe("support() waits a second for", () => {
  const questions = {
    autofill: "isConditionalMediationAvailable",
    platformAuthenticator: "isUserVerifyingPlatformAuthenticatorAvailable",
  };
  for (const [property, method] of Object.entries(questions))
    test(`${method}, and then ${property} is false`, async (t) => {
      const page = await open(t);
      const before = await page.page.evaluate(() => e2e.module.support());
      assert.equal(before[property], true);
      await page.page.evaluate(silence, [method]);
      const silent = await page.page.evaluate(() => e2e.module.support());
      assert.deepEqual(silent, { ...before, [property]: false });
    });

  test("both at once", async (t) => {
    const page = await open(t);
    await page.page.evaluate(silence, Object.values(questions));
    const ms = await page.page.evaluate(async () => {
      const started = performance.now();
      await e2e.module.support();
      return performance.now() - started;
    });
    assert.ok(ms > 900 && ms < 1900, `${ms} ms`);
  });
});

describe("the question for conditional mediation", () => {
  const methods = { authenticate: "isConditionalMediationAvailable", register: "getClientCapabilities" };
  for (const name of names) {
    test(`${name}: if there is no reply, it counts as not supported`, async (t) => {
      const page = await openSilent(t, [methods[name]]);
      const user = await page.newUser();
      const { argument } = await shop.start(name, user);
      assertFailure(
        await page.call(name, argument, { mediation: "conditional" }),
        name,
        "05",
        /mediation "conditional"/,
      );
    });

    test(`${name}: cancel() ends it`, async (t) => {
      const page = await openSilent(t, [methods[name]]);
      const user = await page.newUser();
      const { argument } = await shop.start(name, user);
      const call = await page.begin(name, argument, { mediation: "conditional" });
      await page.cancel();
      assertFailure(await call.outcome(), name, "01", /AbortError: The page called cancel\(\)/);
    });
  }
});

describe("behind a wrapper that ignores aborted signals, nobody is prompted by a call that", () => {
  /** Counts the prompts, and never settles. */
  const ignorant = () => {
    globalThis.prompts = (globalThis.prompts ?? 0) + 1;
    return new Promise(() => {});
  };
  const prompts = (page) => page.page.evaluate(() => globalThis.prompts ?? 0);

  for (const name of names)
    for (const mediation of ["optional", "conditional"])
      test(`${name}, ${mediation}: the page cancels as its prompt is about to open`, async (t) => {
        const page = await borrow(t);
        await page.page.evaluate(() => (globalThis.prompts = 0));
        await page.replaceCredentials(ignorant);
        if (mediation === "conditional")
          await page.page.evaluate(() => {
            PublicKeyCredential.getClientCapabilities = async () => ({ conditionalCreate: true });
          });
        const { argument } = await shop.start(name, page.user);
        const outcome = await page.call(name, argument, { mediation, on: { prompting: "cancel" } });
        assertFailure(outcome, name, "01", /AbortError: The page called cancel\(\)/);
        assert.equal(await prompts(page), 0);
      });

  test("the page aborts in the microtask between the browser's reply and the prompt", async (t) => {
    const page = await open(t);
    const user = await page.newUser();
    await page.replaceCredentials(ignorant);
    for (let delay = 0; delay < 12; delay++) {
      const { argument } = await shop.start("authenticate", user);
      await page.page.evaluate((microtasks) => {
        PublicKeyCredential.isConditionalMediationAvailable = () => {
          const reply = Promise.resolve(true);
          let rest = reply;
          for (let count = 0; count < microtasks; count++) rest = rest.then(() => {});
          rest.then(() => e2e.module.cancel());
          return reply;
        };
      }, delay);
      const call = await page.begin("authenticate", argument, { mediation: "conditional" });
      assertFailure(await call.outcome(), "authenticate", "01", /AbortError: The page called cancel\(\)/);
    }
  });
});
