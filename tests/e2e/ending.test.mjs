// Who can end a ceremony, and when: the page's signal, cancel(), another ceremony; after consent nobody.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { result } from "./support/faults.mjs";
import { assertFailure, assertSuccess, CEREMONIES, names } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";
import { slowPerson } from "./support/stand-ins.mjs";

const { shop, open, borrow } = useShop();

/** A page with a user whose prompts stay open until `consent(page)`. */
const borrowSlowly = async (t) => {
  const page = await borrow(t);
  await page.replaceCredentials(slowPerson);
  return page;
};
const consent = (page) => page.page.evaluate(() => globalThis.consent());

const assertAborted = (outcome, name) => {
  const message = assertFailure(outcome, name, "01", /AbortError: \S/);
  assert.ok(message.startsWith(`${CEREMONIES[name].refusal}AbortError: `));
};

describe("the page's signal", () => {
  for (const name of names) {
    test(`${name}: if aborted before the call, nobody is prompted`, async (t) => {
      const page = await borrow(t);
      for (const mediation of ["optional", "conditional"]) {
        const { argument } = await shop.start(name, page.user);
        const outcome = await page.call(name, argument, { signal: "aborted", mediation });
        assertAborted(outcome, name);
        assert.deepEqual(outcome.stages, []);
      }
    });

    test(`${name}: if aborted during the prompt, the ceremony ends`, async (t) => {
      const page = await open(t);
      const user = await page.newUser();
      await page.authenticator("setAutomaticPresenceSimulation", { enabled: false });
      const { argument } = await shop.start(name, user);
      const call = await page.begin(name, argument, { signal: "own" });
      await call.reached("prompting");
      await call.abort();
      assertAborted(await call.outcome(), name);
      assert.deepEqual(page.finalizations(name, argument), []);
      assert.equal((await shop.status(argument.statusToken)).status, "pending");
    });

    test(`${name}: if aborted after consent, or during recovery, nothing changes`, async (t) => {
      const page = await borrow(t);
      for (const stage of ["finalizing", "recovering"]) {
        const { argument } = await shop.start(name, page.user, { faults: [result("http", { status: 503 })] });
        const outcome = await page.call(name, argument, { signal: "own", on: { [stage]: "abort" } });
        assertSuccess(outcome, name);
      }
    });
  }

  test("of another realm is accepted", async (t) => {
    const page = await borrow(t);
    const { argument } = await shop.start("authenticate", page.user);
    const outcome = await page.page.evaluate(
      async ([given, baseUrl]) => {
        const frame = document.body.appendChild(document.createElement("iframe"));
        const { signal } = new frame.contentWindow.AbortController();
        return e2e.observe(await e2e.module.authenticate(given, { baseUrl, signal }));
      },
      [argument, shop.baseUrl],
    );
    assertSuccess(outcome, "authenticate");
  });
});

describe("cancel()", () => {
  for (const name of names) {
    test(`${name}: ends the prompt`, async (t) => {
      const page = await borrowSlowly(t);
      const { argument } = await shop.start(name, page.user);
      const call = await page.begin(name, argument);
      await call.reached("prompting");
      await page.cancel();
      assertAborted(await call.outcome(), name);
      assert.deepEqual(page.finalizations(name, argument), []);
    });

    test(`${name}: ends nothing after consent, nor while recovering`, async (t) => {
      const page = await borrow(t);
      for (const stage of ["finalizing", "recovering"]) {
        const { argument } = await shop.start(name, page.user, { faults: [result("cut-before")] });
        assertSuccess(await page.call(name, argument, { on: { [stage]: "cancel" } }), name);
      }
    });

    test(`${name}: called as the prompt opens, nobody is asked`, async (t) => {
      const page = await borrow(t);
      const { argument } = await shop.start(name, page.user);
      assertAborted(await page.call(name, argument, { on: { prompting: "cancel" } }), name);
      assert.deepEqual(page.finalizations(name, argument), []);
    });
  }

  test("ends autofill", async (t) => {
    const page = await borrowSlowly(t);
    const { argument } = await shop.approve();
    const call = await page.begin("authenticate", argument, { mediation: "conditional" });
    await call.reached("prompting");
    await page.cancel();
    assertAborted(await call.outcome(), "authenticate");
  });

  test("does nothing without an open prompt, and does not affect the next ceremony", async (t) => {
    const page = await borrow(t);
    await page.cancel();
    const { argument } = await shop.start("authenticate", page.user);
    assertSuccess(await page.call("authenticate", argument), "authenticate");
    await page.cancel();
  });
});

describe("a second ceremony", () => {
  for (const first of names)
    for (const second of names)
      test(`${second} ends ${first} while that one is prompting`, async (t) => {
        const page = await borrowSlowly(t);
        const one = await page.begin(first, (await shop.start(first, page.user)).argument);
        await one.reached("prompting");
        const two = await page.begin(second, (await shop.start(second, page.user)).argument);
        assertAborted(await one.outcome(), first);
        await consent(page);
        assertSuccess(await two.outcome(), second);
      });

  test("ends autofill, which the page can restart afterwards", async (t) => {
    const page = await borrowSlowly(t);
    const wait = async () => {
      const { argument } = await shop.approve();
      const call = await page.begin("authenticate", argument, { mediation: "conditional" });
      await call.reached("prompting");
      return call;
    };
    const autofill = await wait();
    const button = await page.begin("authenticate", (await shop.start("authenticate", page.user)).argument);
    assertAborted(await autofill.outcome(), "authenticate");
    await consent(page);
    assertSuccess(await button.outcome(), "authenticate");
    const again = await wait();
    await consent(page);
    assertSuccess(await again.outcome(), "authenticate");
  });

  for (const name of names)
    test(`that is invalid does not end ${name}`, async (t) => {
      const page = await borrowSlowly(t);
      const call = await page.begin(name, (await shop.start(name, page.user)).argument);
      await call.reached("prompting");
      const { argument } = await shop.start("authenticate", page.user);
      const invalid = {
        "00": [{ ...argument, credentialRequestOptions: {} }],
        "03": [{ ...argument, userId: "" }],
        "04": [{ ...argument, statusToken: "" }],
        99: [argument, { baseUrl: "http://shop.example" }],
      };
      for (const [number, values] of Object.entries(invalid))
        assertFailure(await page.call("authenticate", ...values), "authenticate", number);
      assertFailure(await page.call("authenticate", argument, { signal: "aborted" }), "authenticate", "01");
      assert.equal(await call.isSettled(), false);
      await consent(page);
      assertSuccess(await call.outcome(), name);
    });

  for (const name of names)
    test(`does not end ${name} after consent`, async (t) => {
      const page = await borrow(t);
      // With another passkey, because the cloud requires the signatures of one passkey in order.
      const other = await page.newUser({ discoverable: false });
      const faults = [result("delay", { ms: 300 })];
      const one = await page.begin(name, (await shop.start(name, page.user, { faults })).argument);
      await one.reached("finalizing");
      for (const second of names)
        assertSuccess(await page.call(second, (await shop.start(second, other)).argument), second);
      assertSuccess(await one.outcome(), name);
    });
});
