// Autofill in a browser: `webauthn-result/autofill` against the cloud, with other calls of the page beside it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { result } from "./support/faults.mjs";
import { assertSuccess } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

/** The lifetime of a transaction, in seconds: a request is renewed after 10. */
const LIFETIME = 12;

const { shop, open } = useShop({ ciba: { authsec: "autumn", flags: ["--transaction-seconds", String(LIFETIME)] } });

/** For `replaceCredentials`: a user who sees each prompt, in `prompts`, and picks a passkey or dismisses the prompt. */
const deliberateUser = (real, options) =>
  new Promise((resolve, reject) => {
    const end = (name) => reject(new DOMException("The operation was not allowed.", name));
    const { mediation, signal } = options;
    const prompt = {
      isAutofill: mediation === "conditional",
      isOpen: true,
      pick: () => real(options).then(resolve, reject),
      dismiss: () => end("NotAllowedError"),
    };
    signal.addEventListener("abort", () => {
      prompt.isOpen = false;
      reject(signal.reason);
    });
    globalThis.prompts ??= [];
    globalThis.prompts.push(prompt);
  });

/** For `replaceCredentials`: a wrapper that ignores the signal and never settles. */
const never = () => {
  globalThis.prompts ??= [];
  globalThis.prompts.push({ isAutofill: true });
  return new Promise(() => {});
};

/** A page with a user whose prompts are `prompts`, and whose backend's failures and faults a test can set. */
const visit = async (t, { user: standIn = deliberateUser, entry = "index.js", clock = false, ...options } = {}) => {
  const opened = await open(t, options);
  const { page } = opened;
  const user = await opened.newUser();
  const backend = { failures: 0, faults: [], approvals: [] };
  await page.exposeFunction("startApproval", async () => {
    if (backend.failures-- > 0) throw new Error("the backend is down");
    const { argument } = await shop.approve({ faults: backend.faults.shift() ?? [] });
    backend.approvals.push(argument.statusToken);
    return argument;
  });
  if (clock) await opened.stopClock();
  await page.evaluate((baseUrl) => e2e.module.configure({ baseUrl }), shop.baseUrl);
  await opened.replaceCredentials(standIn);
  await page.evaluate(
    async ([name, baseUrl]) => {
      const seen = { results: [], errors: [] };
      const getAutofill = {
        "index.js": async () => (await import("/pkg/autofill.js")).autofill,
        "url.js": async () => {
          const functions = await import("/pkg/url.js");
          functions.configure({ baseUrl });
          return (await import("/pkg/create-autofill.js")).createAutofill(functions);
        },
        "webauthn-result.script.js": async () => {
          await import("/pkg/webauthn-result.script.js");
          globalThis.webauthnResult.configure({ baseUrl });
          return (await import("/pkg/create-autofill.js")).createAutofill(globalThis.webauthnResult);
        },
      };
      const autofill = await getAutofill[name]();
      globalThis.seen = seen;
      globalThis.startAutofill = () =>
        autofill(() => globalThis.startApproval(), {
          onResult: (outcome) => seen.results.push(outcome),
          onError: (error) => seen.errors.push(error.message),
        });
    },
    [entry, shop.baseUrl],
  );
  return {
    ...opened,
    user,
    backend,
    start: () =>
      page.evaluate(() => {
        globalThis.handle = globalThis.startAutofill();
      }),
    stop: () => page.evaluate(() => globalThis.handle.stop()),
    seen: () => page.evaluate(() => globalThis.seen),
    /** Resolves when prompt number `count` is open. */
    async prompted(count) {
      await page.waitForFunction((least) => globalThis.prompts?.length >= least, count);
      const prompts = await page.evaluate(() => globalThis.prompts.map(({ isAutofill }) => isAutofill));
      assert.equal(prompts.length, count);
      return prompts;
    },
    pick: () => page.evaluate(() => globalThis.prompts.at(-1).pick()),
    dismiss: () => page.evaluate(() => globalThis.prompts.at(-1).dismiss()),
    openPrompts: () => page.evaluate(() => globalThis.prompts.filter(({ isOpen }) => isOpen).length),
    async results(count) {
      await page.waitForFunction((least) => globalThis.seen.results.length >= least, count);
      return (await page.evaluate(() => globalThis.seen)).results;
    },
  };
};

const assertSignedIn = async (results, { statusToken } = {}) => {
  const last = results.at(-1);
  assert.equal(last.code.statusCode, "success-authentication", last.message);
  assert.equal((await shop.introspect(last.token)).active, true);
  if (statusToken) assert.equal((await shop.status(statusToken)).status, "succeeded");
};

describe("autofill", { concurrency: 3 }, () => {
  test("signs in with the passkey that the user picks, and asks for nothing afterwards", async (t) => {
    const page = await visit(t);
    await page.start();
    assert.deepEqual(await page.prompted(1), [true]);
    await page.pick();
    await assertSignedIn(await page.results(1), { statusToken: page.backend.approvals[0] });
    await page.page.waitForTimeout(2_000);
    assert.equal(page.backend.approvals.length, 1);
  });

  test("is renewed before its transaction expires, so that a later pick succeeds", async (t) => {
    const page = await visit(t);
    await page.start();
    await page.prompted(1);
    await page.page.waitForTimeout((LIFETIME + 2) * 1_000);
    await page.prompted(2);
    assert.equal(await page.openPrompts(), 1);
    assert.equal((await shop.status(page.backend.approvals[0])).status, "failed");
    await page.pick();
    await assertSignedIn(await page.results(1), { statusToken: page.backend.approvals[1] });
    assert.deepEqual((await page.seen()).errors, []);
  });

  test("gives way to a button's prompt, and goes on when the user has dismissed that", async (t) => {
    const page = await visit(t);
    await page.start();
    await page.prompted(1);
    const button = await page.begin("authenticate", (await shop.start("authenticate", page.user)).argument);
    assert.deepEqual(await page.prompted(2), [true, false]);
    await page.page.waitForTimeout(1_500);
    await page.prompted(2);
    await page.dismiss();
    assert.equal((await button.outcome()).cause, "dismissed");
    assert.deepEqual(await page.prompted(3), [true, false, true]);
    await page.pick();
    await assertSignedIn(await page.results(1));
    assert.equal((await page.seen()).results.length, 1, "the page hears nothing of how it gave way");
  });

  test("gives way to a button's prompt, and ends when that has succeeded", async (t) => {
    const page = await visit(t);
    await page.start();
    await page.prompted(1);
    const button = await page.begin("authenticate", (await shop.start("authenticate", page.user)).argument);
    await page.prompted(2);
    await page.pick();
    assertSuccess(await button.outcome(), "authenticate");
    await page.page.waitForTimeout(2_000);
    await page.prompted(2);
    assert.deepEqual(await page.seen(), { results: [], errors: [] });
  });

  test("gives way to a new passkey, which ends it, too", async (t) => {
    const page = await visit(t);
    await page.start();
    await page.prompted(1);
    const call = await page.begin("register", (await shop.start("register")).argument);
    await page.prompted(2);
    await page.pick();
    assertSuccess(await call.outcome(), "register");
    await page.page.waitForTimeout(2_000);
    await page.prompted(2);
  });

  test("that is started, stopped and started at once, as in StrictMode, is one request", async (t) => {
    const page = await visit(t);
    await page.page.evaluate(() => {
      globalThis.startAutofill().stop();
      globalThis.handle = globalThis.startAutofill();
    });
    await page.prompted(1);
    await page.page.waitForTimeout(1_000);
    await page.prompted(1);
    assert.equal(page.backend.approvals.length, 1);
    await page.pick();
    await assertSignedIn(await page.results(1));
    assert.equal((await page.seen()).results.length, 1);
  });

  test("that is stopped closes its request, and can be started again", async (t) => {
    const page = await visit(t);
    await page.start();
    await page.prompted(1);
    await page.stop();
    assert.equal(await page.openPrompts(), 0);
    await page.start();
    await page.prompted(2);
    await page.pick();
    await assertSignedIn(await page.results(1));
  });

  test("is renewed, too, where a wrapper of the browser's function never settles", async (t) => {
    const page = await visit(t, { user: never, clock: true });
    await page.start();
    for (let count = 1; count < 4; count++) {
      await page.prompted(count);
      await page.forward(LIFETIME * 1_000);
    }
    await page.prompted(4);
    await page.stop();
    await page.forward(60_000);
    await page.prompted(4);
    assert.deepEqual(await page.seen(), { results: [], errors: [] });
  });

  test("reports that the backend is down, once for each attempt, and goes on", async (t) => {
    const page = await visit(t);
    page.backend.failures = 2;
    await page.start();
    await page.prompted(1);
    assert.deepEqual((await page.seen()).errors, ["the backend is down", "the backend is down"]);
    await page.pick();
    await assertSignedIn(await page.results(1));
  });

  test("waits for the browser to be online, and goes on at once", async (t) => {
    const page = await visit(t, { clock: true });
    await page.context.setOffline(true);
    await page.start();
    await page.forward(60_000);
    assert.equal(page.backend.approvals.length, 0);
    await page.context.setOffline(false);
    await page.prompted(1);
  });

  test("of a page that was hidden for long is renewed when the page is visible again, and not before", async (t) => {
    const page = await visit(t, { clock: true });
    const setHidden = (hidden) =>
      page.page.evaluate((isHidden) => {
        Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    await page.start();
    await page.prompted(1);
    await setHidden(true);
    await page.forward(3_600_000);
    await page.prompted(1);
    await setHidden(false);
    await page.prompted(2);
    await page.pick();
    await assertSignedIn(await page.results(1));
  });

  test("tells the page of a passkey that the cloud refused, and offers the field again", async (t) => {
    const page = await visit(t);
    page.backend.faults = [[result("refused", { message: "Not this device." })]];
    await page.start();
    await page.prompted(1);
    await page.pick();
    const [refused] = await page.results(1);
    assert.equal(refused.code.statusCode, "error-0002");
    await page.prompted(2);
    await page.pick();
    await assertSignedIn(await page.results(2));
  });

  test("ends where the approval is not one, and the page gets the result", async (t) => {
    const page = await visit(t);
    await page.page.evaluate(() => {
      globalThis.startApproval = async () => ({ error: "no such route" });
      globalThis.startAutofill();
    });
    const [invalid] = await page.results(1);
    assert.equal(invalid.code.statusCode, "error-0000");
  });

  test("does nothing where the browser does not support it", async (t) => {
    const page = await visit(t);
    await page.page.evaluate(() => {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    });
    await page.start();
    await page.page.waitForTimeout(2_000);
    assert.deepEqual([page.backend.approvals, await page.seen()], [[], { results: [], errors: [] }]);
  });

  for (const entry of ["url.js", "webauthn-result.script.js"])
    test(`works with the functions of ${entry}, and gives way to its calls`, async (t) => {
      const page = await visit(t, { entry });
      await page.start();
      await page.prompted(1);
      const { argument } = await shop.start("authenticate", page.user);
      await page.page.evaluate(
        async ([name, given]) => {
          const functions = name === "url.js" ? await import("/pkg/url.js") : globalThis.webauthnResult;
          functions.authenticate(given);
        },
        [entry, argument],
      );
      await page.prompted(2);
      await page.dismiss();
      assert.deepEqual(await page.prompted(3), [true, false, true]);
      await page.pick();
      await assertSignedIn(await page.results(1));
    });

  test("in the field of a sign-in page, where the browser itself offers the passkey", async (t) => {
    const page = await visit(t, { user: (real, options) => real(options) });
    await page.start();
    await assertSignedIn(await page.results(1));
  });
});
