// Lighthouse's score for accessibility: 100 on each page of the demo.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import lighthouse from "lighthouse";
import { launchBrowser } from "../e2e/support/browser.mjs";
import { freePorts } from "../e2e/support/processes.mjs";
import { startShop } from "../e2e/support/shop.mjs";
import { DEMO } from "../e2e/support/sign-in.mjs";

let shop, browser, port;
before(async () => {
  shop = await startShop(DEMO);
  [port] = await freePorts(1);
  browser = await launchBrowser({ args: [`--remote-debugging-port=${port}`] });
});
after(async () => {
  await browser?.close();
  await shop?.stop();
});

for (const [title, urlOf] of [
  ["the shop", () => `${shop.origin}/`],
  ["the page of codes", () => `${shop.origin}/codes.html`],
  ["the phone page", () => shop.phoneUrl],
  ["a user's phone", () => shop.phoneOf("ada@example.com")],
])
  test(title, async () => {
    const { lhr } = await lighthouse(urlOf(), {
      port,
      logLevel: "error",
      onlyCategories: ["accessibility"],
      disableFullPageScreenshot: true,
    });
    assert.equal(lhr.runtimeError, undefined, lhr.runtimeError?.message);
    const { score, auditRefs } = lhr.categories.accessibility;
    const failed = auditRefs
      .map(({ id }) => lhr.audits[id])
      .filter((audit) => audit.score !== null && audit.score < 1)
      .map(({ id }) => id);
    assert.deepEqual([score, failed], [1, []]);
  });
