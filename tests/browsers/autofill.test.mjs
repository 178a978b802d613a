// Autofill in three engines: it gives way to a button and goes on afterwards, or does nothing where there are no passkeys.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BARE_PAGE } from "../e2e/support/browser.mjs";
import { startShop } from "../e2e/support/shop.mjs";
import { BROWSERS } from "./support/browsers.mjs";
import { startBrowser } from "./support/webdriver.mjs";

let shop;
before(async () => (shop = await startShop()));
after(() => shop?.stop());

/** Evaluated in the page: autofill, then a button's prompt, which the page ends. Resolves to what happened. */
const runBoth = async (approvals, forButton, baseUrl) => {
  const { authenticate, support } = await import("/pkg/index.js");
  const { autofill } = await import("/pkg/autofill.js");
  const seen = { supported: (await support()).autofill, started: 0, prompts: 0, results: [], errors: [] };
  const until = async (reached) => {
    for (let turns = 0; turns < 50 && !reached(); turns++) await new Promise((resolve) => setTimeout(resolve, 100));
  };
  const handle = autofill(
    async () => approvals[seen.started++],
    {
      onResult: ({ code }) => seen.results.push(code.statusCode),
      onError: (error) => seen.errors.push(`${error}`),
    },
    { baseUrl, onProgress: () => seen.prompts++ },
  );
  if (!seen.supported) {
    await until(() => seen.started > 0);
    handle.stop();
    return seen;
  }
  await until(() => seen.prompts === 1);
  const controller = new AbortController();
  // Firefox, without an authenticator, ends it at once.
  const { code } = await authenticate(forButton, {
    baseUrl,
    signal: controller.signal,
    onProgress: () => setTimeout(() => controller.abort(), 1_500),
  });
  seen.button = code.statusCode;
  await until(() => seen.prompts === 2);
  handle.stop();
  handle.stop();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  return seen;
};

for (const [title, describeBrowser] of Object.entries(BROWSERS))
  describe(title, () => {
    let browser;
    const { transport } = describeBrowser();
    before(async () => {
      browser = await startBrowser(describeBrowser());
      await browser.open(shop.origin + BARE_PAGE);
    });
    after(() => browser?.stop());

    test(transport ? "gives way to a button, goes on afterwards, and ends" : "does nothing", async () => {
      const approvals = await Promise.all(Array.from({ length: 5 }, async () => (await shop.approve()).argument));
      const { argument } = await shop.approve();
      const forButton = { ...argument, userId: "a customer" };
      const seen = await browser.run(runBoth, approvals, forButton, shop.baseUrl);
      const nothing = { started: 0, prompts: 0, results: [], errors: [] };
      const both = { started: 2, prompts: 2, results: [], errors: [], button: "error-0001" };
      assert.deepEqual(seen, transport ? { supported: true, ...both } : { supported: false, ...nothing });
    });
  });
