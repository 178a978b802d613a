// Runs one cell of the fault matrix, and compares the result with the cloud's record.

import assert from "node:assert/strict";

import { times } from "../support/faults.mjs";
import { assertFailure, assertSuccess, CEREMONIES, REJECTED, UNKNOWN } from "../support/result-table.mjs";
import { disturb, isBack } from "./line.mjs";
import { STATUS } from "./matrix.mjs";

/** The time limit for a late decision of the cloud, in milliseconds: much longer than any delay. */
const DECISION_LIMIT = 15_000;

/** The final status in the cloud, after the faults that no request met. */
const truthOf = async (shop, { fault, status }, { statusToken }) => {
  await Promise.all(STATUS[status].map(() => shop.status(statusToken).catch(() => {})));
  const end = Date.now() + DECISION_LIMIT;
  let truth;
  do truth = await shop.status(statusToken);
  while (fault.late && truth.status === "pending" && Date.now() < end);
  return truth;
};

/** The result as one word. */
const toldBy = ({ result }) => {
  if (result.success) return "succeeded";
  if (UNKNOWN.test(result.message)) return "unknown";
  return REJECTED.test(result.message) ? "refused" : result.message;
};

/** The outcome; retries while the page is away. */
const outcomeOf = async (page, call) => {
  for (;;)
    try {
      const outcome = await call.outcome();
      await isBack(page.page);
      return outcome;
    } catch (error) {
      if (page.page.isClosed()) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
};

/** How many passkeys the page's authenticator holds. */
const countHeld = async (page) => (await page.authenticator("getCredentials")).credentials.length;

/** Runs the cell's ceremony on a page that has a user with a passkey. */
export const play = async ({ shop, page, surroundings }, cell) => {
  const { fault, ceremony, attempts, finalizeTimeout } = cell;
  const context = { finalizeTimeout, elsewhere: surroundings.elsewhere.location };
  const faults = [...times(attempts, fault.cloud?.(context)).filter(Boolean), ...STATUS[cell.status]];
  const { argument, user } = await shop.start(ceremony, page.user, { faults });
  const path = CEREMONIES[ceremony].path;
  if (fault.line)
    await page.page.evaluate(disturb, {
      path,
      attempts,
      line: fault.line,
      detour: surroundings.detours[fault.line],
      absence: fault.absent ? finalizeTimeout + 300 : 600,
    });
  const held = await countHeld(page);
  const call = await page.begin(ceremony, argument, { finalizeTimeout });
  const outcome = await (fault.line === "leave" ? outcomeOf(page, call) : call.outcome());
  const truth = await truthOf(shop, cell, argument);
  const line = fault.line && (await page.page.evaluate(() => [globalThis.lineAttempts, globalThis.lineReturns]));
  const finalizations = page.finalizations(ceremony, argument);
  return {
    outcome,
    told: toldBy(outcome),
    truth,
    bodies: finalizations.map(({ body }) => body),
    sent: line ? line[0] : finalizations.length,
    returns: line?.[1],
    asked: page.statusRequests(argument).length,
    created: (await countHeld(page)) - held,
    passkeys: ceremony === "register" ? (await shop.enroll(user)).user.authenticators.length : undefined,
  };
};

/** Asserts that the result is documented, and is the cell's. */
export const assertTold = ({ outcome, told }, { ceremony, code, ...cell }) => {
  if (outcome.result.success) assertSuccess(outcome, ceremony);
  else assertFailure(outcome, ceremony, "02");
  if (cell.isRace && told === "succeeded") return;
  assert.equal(told, cell.outcome, outcome.result.message);
  assert.equal(outcome.result.code.statusCode, code);
};

/** Asserts for any result that no success is invented or lost, and that nothing is decided twice. */
export const assertTrue = async (
  shop,
  { outcome, told, truth, bodies, sent, created, passkeys },
  { ceremony, lost },
) => {
  const accepted = truth.status === "succeeded";
  if (told === "succeeded") {
    assert.ok(accepted, `a success was invented: the cloud says ${truth.status}`);
    assert.equal(outcome.result.token, truth.token, "one acceptance has one token");
    assert.equal((await shop.introspect(truth.token)).active, true);
  } else if (told !== "unknown" && !lost) assert.ok(!accepted, "an approval was lost: the cloud has accepted it");
  // The browser removes it only if the transaction has failed: see signals.test.mjs.
  if (ceremony === "register" && accepted) assert.equal(created, 1, "the passkey that the cloud accepted is gone");
  if (passkeys !== undefined) assert.equal(passkeys, accepted ? 1 : 0);
  assert.ok(sent >= 1, "it was never sent");
  for (const body of bodies) assert.deepEqual(body, bodies[0], "another assertion was sent");
};
