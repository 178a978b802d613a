// Runs one journey at a time, from the click to the introspected token.

import { causeOf } from "/pkg/cause.js";
import { outcome } from "/pkg/index.js";
import * as shop from "./demo-api.js";
import { codeOf, isApproved } from "./outcome.js";
import { recallUnfinished, rememberUnfinished } from "./unfinished.js";

/**
 * The argument of `perform`.
 *
 * @typedef {object} Journey
 * @property {string} source which control started it
 * @property {string} waiting the text to show until there is a result
 * @property {string} name the function that it calls
 * @property {() => Promise<any>} [begin] starts a transaction
 * @property {(
 *   transaction: any,
 *   settings: { onProgress: (stage: string) => void, onCall?: (name: string) => void, signal?: AbortSignal },
 * ) => Promise<any>} call calls the module, and resolves to its result
 * @property {() => void} [end] aborts that call; by default, its `signal` does
 * @property {(token: string) => Promise<any>} [confirm] has the shop introspect the token
 * @property {boolean} [announce] whether a screen reader announces the result
 * @property {boolean} [isResumable] whether the page goes on with it after a reload
 * @property {string} [user] whose transaction it is, then
 */

/**
 * `perform(journey)` runs a journey. It resolves to `{ transaction, result, claims }`, with `problem` if a request to the
 * shop failed, or to `undefined` if another journey is running. `onBusy` is called with the source of the running journey,
 * and with `undefined` when it has ended.
 */
export function createJourneys({ resultView, stepsView, autofill, onBusy }) {
  let endCurrent;

  /** @param {Journey} journey */
  async function perform({ source, waiting, name, begin, call, end, confirm = shop.introspect, announce, ...more }) {
    if (endCurrent) return undefined;
    // Not `cancel()`, which has no effect while the transaction is being started.
    const controller = new AbortController();
    endCurrent = end ?? (() => controller.abort());
    onBusy(source);
    const journey = {};
    try {
      // A ceremony aborts autofill anyway, and autofill's result must not be mistaken for its own.
      await autofill.pause();
      const steps = stepsView.record();
      resultView.waiting(source, waiting);
      steps.show();
      if (begin) {
        journey.transaction = await begin();
        steps.note("The shop started a transaction");
        if (more.isResumable) rememberUnfinished({ source, name: more.user, ...identify(journey.transaction) });
      }
      steps.call(name);
      const { signal } = controller;
      const result = await call(journey.transaction, { onProgress: steps.stage, onCall: steps.call, signal });
      journey.result = result;
      steps.settle(codeOf(result));
      const hasApproved = isApproved(result);
      // Until it is known and confirmed, the page can ask for the outcome, also after a reload.
      if (more.isResumable && !hasApproved && causeOf(result).next !== "checkOutcome") rememberUnfinished(undefined);
      resultView.show(result, source, { announce });
      if (hasApproved) {
        journey.claims = await confirm(result.token);
        if (more.isResumable) rememberUnfinished(undefined);
        resultView.introspected(journey.claims);
        steps.note("The shop introspected the token");
      }
    } catch (problem) {
      if (!(problem instanceof shop.ShopError)) throw problem;
      resultView.problem(problem.message, { announce });
      journey.problem = problem;
    } finally {
      endCurrent = undefined;
      onBusy(undefined);
      autofill.resume();
    }
    return journey;
  }

  /** Asks for the outcome of the transaction that is unfinished, if there is one, and waits `wait` milliseconds for it. */
  async function check({ wait, ...more }) {
    const unfinished = recallUnfinished();
    if (!unfinished) return undefined;
    const { ceremony, transaction } = unfinished;
    const journey = await perform({
      source: unfinished.source,
      waiting: "Asking for the outcome.",
      name: "outcome",
      call: (_, settings) => outcome({ ...transaction, ceremony }, { ...settings, wait }),
      ...more,
    });
    // If the user ends the question, or the shop cannot confirm the token, it can be asked again.
    if (journey?.claims || causeOf(journey?.result).cause === "refused") rememberUnfinished(undefined);
    return journey && { ...journey, transaction, unfinished };
  }

  return {
    perform,
    check,
    isBusy: () => endCurrent !== undefined,
    /** Aborts the running journey as soon as possible. Its result says so. */
    cancel: () => endCurrent?.(),
  };
}

/**
 * What is needed to ask for the outcome of an approval or an enrollment.
 *
 * @returns {Pick<import("./unfinished.js").Unfinished, "ceremony" | "transaction">}
 */
function identify({ enrollment, statusToken, userId }) {
  return enrollment
    ? { ceremony: "registration", transaction: { statusToken: enrollment.statusToken } }
    : { ceremony: "authentication", transaction: { statusToken, userId } };
}
