// Several copies of the package in a page share one prompt, and trust nothing that they share.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { assertFailure, assertSuccess, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";
import { slowPerson } from "./support/stand-ins.mjs";

const { shop, open } = useShop();

/** The other copy; index.js is the first one. */
const COPIES = {
  "url.js": "/pkg/url.js",
  "index.js at another address": "/pkg/index.js?copy",
};

/** A page with two copies, whose prompts stay open until `consent()`. `start(copy, …)` starts a call of one. */
const openCopies = async (t, address, prepare) => {
  const page = await open(t, { prepare });
  const user = await page.newUser();
  await page.page.evaluate(async (other) => {
    e2e.copies = [e2e.module, await import(other)];
    for (const copy of e2e.copies) await copy.ready();
  }, address);
  await page.replaceCredentials(slowPerson);
  return {
    ...page,
    user,
    consent: () => page.page.evaluate(() => globalThis.consent()),
    cancelOf: (copy) => page.page.evaluate((at) => e2e.copies[at].cancel(), copy),
    async start(copy, name, argument) {
      // `begin` calls the functions of `e2e.module`, which the page cannot set.
      const number = await page.page.evaluate(
        ([at, ceremony, given, baseUrl]) => {
          const call = { stages: [] };
          const prompted = new Promise((resolve) => {
            call.outcome = e2e.copies[at][ceremony](given, { baseUrl, onProgress: resolve }).then(e2e.observe);
          });
          e2e.calls.push(call);
          return prompted.then(() => e2e.calls.length - 1);
        },
        [copy, name, argument, shop.baseUrl],
      );
      return { outcome: () => page.page.evaluate((at) => e2e.calls[at].outcome, number) };
    },
  };
};

for (const [title, address] of Object.entries(COPIES))
  describe(`index.js and ${title}`, () => {
    for (const [opening, other] of [
      [0, 1],
      [1, 0],
    ]) {
      for (const name of names)
        test(`${name} of copy ${opening + 1} is ended by cancel() of copy ${other + 1}`, async (t) => {
          const page = await openCopies(t, address);
          const call = await page.start(opening, name, (await shop.start(name, page.user)).argument);
          await page.cancelOf(other);
          assertFailure(await call.outcome(), name, "01", /AbortError: The page called cancel\(\)/);
        });

      test(`autofill of copy ${opening + 1} is ended by a call of copy ${other + 1}, which succeeds`, async (t) => {
        const page = await openCopies(t, address);
        const first = await page.start(opening, "authenticate", (await shop.start("authenticate", page.user)).argument);
        const second = await page.start(other, "authenticate", (await shop.start("authenticate", page.user)).argument);
        assertFailure(await first.outcome(), "authenticate", "01", /AbortError: Another call opened its prompt/);
        await page.consent();
        assertSuccess(await second.outcome(), "authenticate");
        const slot = await page.page.evaluate(() => globalThis[Symbol.for("webauthn-result.v1")].prompt);
        assert.equal(slot, null);
      });
    }
  });

test("what they share has no prototype, and is what the first one made", async (t) => {
  const page = await openCopies(t, COPIES["url.js"]);
  const call = await page.start(1, "authenticate", (await shop.start("authenticate", page.user)).argument);
  const shared = await page.page.evaluate(() => {
    const { prompt, causes } = globalThis[Symbol.for("webauthn-result.v1")];
    return {
      bare: Object.getPrototypeOf(globalThis[Symbol.for("webauthn-result.v1")]) === null,
      promptIsBare: Object.getPrototypeOf(prompt) === null,
      end: typeof prompt.end,
      causes: causes instanceof WeakMap,
    };
  });
  assert.deepEqual(shared, { bare: true, promptIsBare: true, end: "function", causes: true });
  await page.page.evaluate(() => globalThis[Symbol.for("webauthn-result.v1")].prompt.end("Another version says so."));
  assertFailure(await call.outcome(), "authenticate", "01", /AbortError: Another version says so\./);
});

describe("what the page has put in its place changes nothing for one copy", () => {
  const hostile = {
    "a number": () => (globalThis[Symbol.for("webauthn-result.v1")] = 7),
    "a getter that throws": () =>
      Object.defineProperty(globalThis, Symbol.for("webauthn-result.v1"), {
        get() {
          throw new Error("no");
        },
      }),
    "a frozen object": () => (globalThis[Symbol.for("webauthn-result.v1")] = Object.freeze({})),
    "a prompt whose end throws": () =>
      (globalThis[Symbol.for("webauthn-result.v1")] = {
        prompt: {
          end() {
            throw new Error("no");
          },
        },
      }),
    "a prompt without end": () => (globalThis[Symbol.for("webauthn-result.v1")] = { prompt: {} }),
    "a prompt whose end never settles": () =>
      (globalThis[Symbol.for("webauthn-result.v1")] = { prompt: { end: () => new Promise(() => {}) } }),
    "a proxy that throws for everything": () =>
      (globalThis[Symbol.for("webauthn-result.v1")] = new Proxy(
        {},
        {
          get() {
            throw new Error("no");
          },
          set() {
            throw new Error("no");
          },
        },
      )),
  };
  for (const [title, prepare] of Object.entries(hostile))
    test(title, async (t) => {
      const page = await openCopies(t, COPIES["url.js"], (page) => page.addInitScript(prepare));
      const argument = async () => (await shop.start("authenticate", page.user)).argument;
      const canceled = await page.start(0, "authenticate", await argument());
      await page.cancelOf(0);
      assertFailure(await canceled.outcome(), "authenticate", "01", /AbortError: The page called cancel\(\)/);
      const first = await page.start(0, "authenticate", await argument());
      const second = await page.start(0, "authenticate", await argument());
      assertFailure(await first.outcome(), "authenticate", "01", /AbortError: Another call opened its prompt/);
      await page.consent();
      assertSuccess(await second.outcome(), "authenticate");
    });
});
