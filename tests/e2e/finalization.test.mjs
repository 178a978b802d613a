// Limits of a finalization: an unreachable cloud, its time limit, a page that is left.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { always, result, status } from "./support/faults.mjs";
import { assertFailure, names, UNKNOWN } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";

const { shop, open, borrow } = useShop();

/** Longer than any timeout here, in milliseconds. */
const LATE = 20_000;
const SHORT = { finalizeTimeout: 400 };
describe("a cloud that is unreachable", () => {
  for (const name of names)
    test(`${name} resolves to error-0002`, async (t) => {
      const page = await borrow(t);
      const { argument } = await shop.start(name, page.user);
      // The page's policy blocks it, as a firewall would.
      const outcome = await page.call(name, argument, { baseUrl: "http://localhost:9", ...SHORT });
      assertFailure(outcome, name, "02", UNKNOWN);
      assert.deepEqual(outcome.stages, ["prompting", "finalizing", "recovering"]);
    });

  for (const name of names)
    test(`${name} gets the original failure if the page's policy blocks only the status endpoint`, async (t) => {
      const page = await open(t, {
        policy: `connect-src 'self' ${shop.baseUrl}/_app/`,
      });
      const faults = [result("http", { status: 503, processed: true })];
      const { argument } = await shop.start(name, await page.newUser(), { faults });
      const outcome = await page.call(name, argument, SHORT);
      assertFailure(outcome, name, "02", /\b503\b/);
    });
});

describe("a call resolves within twice finalizeTimeout after consent, by the page's clock", () => {
  for (const name of names)
    test(name, async (t) => {
      const finalizeTimeout = 7000;
      const page = await open(t);
      const faults = [...always(result("delay", { ms: LATE })), ...always(status("delay", { ms: LATE }))];
      const { argument } = await shop.start(name, await page.newUser(), { faults });
      await page.stopClock();
      const call = await page.begin(name, argument, { finalizeTimeout });
      await call.reached("finalizing");
      await page.forward(finalizeTimeout - 1);
      assert.equal(await call.isSettled(), false);
      await page.forward(1);
      await call.reached("recovering");
      // Each request of the recovery follows the response to the previous one, so the clock advances in steps.
      for (let step = 0; step < 70; step++) await page.forward(100);
      const outcome = await call.outcome();
      assertFailure(outcome, name, "02", UNKNOWN);
      assert.deepEqual(outcome.stages, ["prompting", "finalizing", "recovering"]);
    });
});

describe("a page that is left immediately after consent", () => {
  /** The status of a transaction once it is decided, or after a time limit. */
  const decided = async ({ statusToken }) => {
    const end = Date.now() + 20_000;
    let status;
    do status = await shop.status(statusToken);
    while (status.status === "pending" && Date.now() < end);
    return status.status;
  };

  for (const name of names) {
    test(`${name}: the request outlives the page`, async (t) => {
      const page = await open(t);
      const { argument } = await shop.start(name, await page.newUser());
      await page.page.evaluate(
        ([ceremony, given, baseUrl]) => {
          e2e.module[ceremony](given, {
            baseUrl,
            onProgress: (stage) => stage === "finalizing" && (location.href = "/favicon.svg"),
          });
        },
        [name, argument, shop.baseUrl],
      );
      await page.page.waitForURL("**/favicon.svg");
      assert.equal(await decided(argument), "succeeded");
    });

    test(`${name}: the request outlives the pages frame, removed before the first byte is sent`, async (t) => {
      const page = await open(t);
      const { argument } = await shop.start(name, await page.newUser());
      const frame = await page.openFrame();
      await frame.evaluate(
        ([ceremony, given, baseUrl]) => {
          const { fetch, frameElement } = globalThis;
          globalThis.fetch = (...values) => {
            const answer = fetch(...values);
            frameElement.remove();
            return answer;
          };
          e2e.module[ceremony](given, { baseUrl });
        },
        [name, argument, shop.baseUrl],
      );
      assert.equal(await decided(argument), "succeeded");
    });
  }
});
