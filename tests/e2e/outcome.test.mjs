// outcome(): the outcome of a transaction, for a page that lost track of it. docs/contract.md, section A5.3.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { always, result, status, times } from "./support/faults.mjs";
import { assertFailure, assertSuccess, names, UNKNOWN } from "./support/result-table.mjs";
import { useShop } from "./support/setting.mjs";
import { slowPerson } from "./support/stand-ins.mjs";

const { shop, open, borrow } = useShop();
const sideBySide = { concurrency: 4 };

const ceremonyOf = (name) => (name === "register" ? "registration" : "authentication");
const transactionOf = (name, { statusToken }) => ({ statusToken, ceremony: ceremonyOf(name) });

const assertCause = (outcome, cause) => assert.equal(outcome.cause, cause);

for (const name of names)
  describe(`the outcome of ${name}`, sideBySide, () => {
    const start = (page, faults) => shop.start(name, page.user, { faults });

    test("accepted, and the response lost: the success, in a page that reloaded", async (t) => {
      const page = await open(t);
      page.user = await page.newUser();
      const { argument } = await start(page, [result("cut-after"), ...times(3, status("http", { status: 503 }))]);
      // The page goes away in the middle.
      await page.page.evaluate((token) => sessionStorage.setItem("statusToken", token), argument.statusToken);
      const call = await page.begin(name, argument, { finalizeTimeout: 20_000 });
      await call.reached("recovering");
      await page.reload();
      const statusToken = await page.page.evaluate(() => sessionStorage.getItem("statusToken"));
      const outcome = await page.call("outcome", transactionOf(name, { statusToken }), { wait: 10_000 });
      assertSuccess(outcome, name);
      assertCause(outcome, name === "register" ? "registered" : "approved");
      assert.deepEqual(outcome.stages, ["recovering"]);
      assert.equal((await shop.introspect(outcome.result.token)).active, true);
      const [{ call: called, sends, queries }] = outcome.ends;
      assert.deepEqual({ called, sends, queries: queries >= 1 }, { called: "outcome", sends: 0, queries: true });
    });

    test("refused: refused, with the codes of a finalization", async (t) => {
      const page = await borrow(t);
      const { argument } = await start(page, [
        status("wrong-shape", { body: { status: "failed", errorMessage: "expired" } }),
      ]);
      const outcome = await page.call("outcome", transactionOf(name, argument));
      assertFailure(outcome, name, "02", "Rejected by the server (status endpoint: failed: expired)");
      assertCause(outcome, "refused");
    });

    test("nobody has approved: pending, at once or when the wait is over", async (t) => {
      const page = await borrow(t);
      const { argument } = await start(page);
      for (const settings of [{}, { wait: 300 }, { wait: 0 }]) {
        const outcome = await page.call("outcome", transactionOf(name, argument), settings);
        assertFailure(outcome, name, "02", /^The transaction is still pending: /);
        assertCause(outcome, "pending");
        assert.equal(outcome.ends[0].queries, settings.wait ? 2 : 1);
      }
    });

    test("approved while it waits: the success", async (t) => {
      const page = await borrow(t);
      const { argument } = await start(page);
      const asking = await page.begin("outcome", transactionOf(name, argument), { wait: 20_000 });
      await asking.reached("recovering");
      assertSuccess(await page.call(name, argument), name);
      assertSuccess(await asking.outcome(), name);
    });

    test("no readable response: unknown, and once there is one the outcome", async (t) => {
      const page = await borrow(t);
      for (const fault of [status("http", { status: 503 }), status("cut-before"), status("not-json")]) {
        const { argument } = await start(page, always(fault));
        const outcome = await page.call("outcome", transactionOf(name, argument));
        assertFailure(outcome, name, "02", UNKNOWN);
        assertCause(outcome, "outcomeUnknown");
      }
      const { argument } = await start(page, times(2, status("cut-before")));
      const outcome = await page.call("outcome", transactionOf(name, argument), { wait: 5000 });
      assertCause(outcome, "pending");
    });

    test("the signal ends the wait, before or in the middle", async (t) => {
      const page = await borrow(t);
      const { argument } = await start(page);
      const before = await page.call("outcome", transactionOf(name, argument), { signal: "aborted", wait: 60_000 });
      assertFailure(before, name, "01", /AbortError.*\(the page aborted it\)$/);
      assertCause(before, "aborted");
      assert.equal(before.ends[0].queries, 0, "nothing is sent");
      const asking = await page.begin("outcome", transactionOf(name, argument), {
        signal: "own",
        wait: 60_000,
        on: { recovering: "abort" },
      });
      assertCause(await asking.outcome(), "aborted");
    });
  });

test("a transaction that the cloud does not know is unknown", async (t) => {
  const page = await borrow(t);
  const outcome = await page.call("outcome", { statusToken: "of.another.cloud" });
  assertFailure(outcome, "authenticate", "02", UNKNOWN);
});

test("if the module cannot load, the outcome is as unknown as before", async (t) => {
  const page = await open(t, { policy: "script-src 'self'" });
  const outcome = await page.call("outcome", { statusToken: "S", ceremony: "registration" });
  assertFailure(outcome, "register", "99", UNKNOWN);
  assertCause(outcome, "outcomeUnknown");
});

test("what it is not given is named", async (t) => {
  const page = await borrow(t);
  for (const [transaction, settings, number, message] of [
    [undefined, undefined, "04", "statusToken must be a non-empty string: pass { statusToken }"],
    ["S", undefined, "04", "statusToken must be a non-empty string: pass { statusToken }"],
    [{ statusToken: "S", ceremony: "enroll" }, {}, "99", 'ceremony must be "authentication" or "registration"'],
    [{ statusToken: "S" }, { wait: "1" }, "99", "settings.wait must be a non-negative number of milliseconds"],
  ])
    assertFailure(await page.call("outcome", transaction, settings), "authenticate", number, message);
});

test("it ends no prompt, and no prompt and no cancel() ends it", async (t) => {
  const page = await borrow(t);
  await page.replaceCredentials(slowPerson);
  const { argument } = await shop.approve(page.user);
  const prompting = await page.begin("authenticate", argument);
  await prompting.reached("prompting");
  const other = await shop.approve(page.user);
  const asking = await page.begin("outcome", other.argument, { wait: 1500 });
  await asking.reached("recovering");
  await page.page.evaluate(() => globalThis.e2e.module.cancel());
  assertCause(await prompting.outcome(), "aborted");
  const next = await page.begin("authenticate", (await shop.approve(page.user)).argument);
  await next.reached("prompting");
  assertCause(await asking.outcome(), "pending");
  await page.page.evaluate(() => globalThis.consent());
  assertSuccess(await next.outcome(), "authenticate");
});
