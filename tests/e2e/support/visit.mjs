// A visit to the demo page, under its Content-Security-Policy: what the visitor sees, and what the page must not do.

import assert from "node:assert/strict";

import { watchPolicy } from "./policy.mjs";

/** What the browser logs for a response that is not a success. */
const REFUSED = /^Failed to load resource: the server responded with a status of 4\d\d/;

/**
 * Opens the page of a setting of `useShop`. Fails the test on violations of the policy and on console output, except for what
 * `says` matches.
 *
 * @param {{ shop: { origin: string }, open: Function }} setting
 * @param {{ after(check: () => unknown): void }} t
 * @param {{ path?: string, says?: RegExp, prepare?: (page: import("playwright-core").Page) => Promise<void> }} [options]
 */
export const visit = async ({ shop, open }, t, { path = "/?autofill=off", says, prepare, ...options } = {}) => {
  let violations;
  const opened = await open(t, {
    url: shop.origin + path,
    bare: false,
    ...options,
    async prepare(page) {
      violations = await watchPolicy(page);
      await prepare?.(page);
    },
  });
  const { page, messages } = opened;
  await page.locator("#loading").waitFor({ state: "detached" });
  t.after(() => {
    assert.deepEqual(violations, []);
    assert.deepEqual(
      messages.filter((message) => !REFUSED.test(message) && !says?.test(message)),
      [],
      "the console is not silent",
    );
  });
  const at = (id) => page.getByTestId(id);
  /** Opens the sign-in, in which a new account already is. */
  const goToSignIn = async () => {
    if (await at("have-account").isVisible()) await at("have-account").click();
    await at("sign-in-name").waitFor();
  };
  return {
    ...opened,
    at,
    goToSignIn,
    /** Creates an account with a passkey, which is then in the field of the sign-in. */
    async createAccount(name) {
      await at("name").fill(name);
      await at("enroll").click();
      await at("sign-in-name").waitFor();
    },
    /** Resolves when result number `count` of this visit is shown. */
    async result(count) {
      const shown = page.locator(`[data-testid=result][data-count="${count}"]`);
      // Its tab may not be selected.
      await shown.waitFor({ state: "attached" });
      return JSON.parse(await shown.getAttribute("data-result"));
    },
    async introspection() {
      const shown = page.locator("[data-testid=introspection]:not([data-active=''])");
      await shown.waitFor({ state: "attached" });
      return JSON.parse(await shown.getAttribute("data-introspection"));
    },
  };
};
