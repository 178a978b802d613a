// Runs one journey at a time, from the click to the introspected token.

import { causeOf } from "/pkg/cause.js";
import * as shop from "./demo-api.js";
import { callModule } from "./module-call.js";
import { codeOf, isApproved } from "./outcome.js";
import { recallUnfinished, rememberUnfinished } from "./unfinished.js";

/** @import { Control } from "./waiting.js" */

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
 *   settings: {
 *     onProgress: (stage: string) => void, onCredential: (details: object) => void, onCode: (code: string) => void, onCall?: (name: string) => void,
 *     signal?: AbortSignal,
 *   },
 * ) => Promise<any>} call calls the module, and resolves to its result
 * @property {() => void} [end] aborts that call; by default, its `signal` does
 * @property {(token: string) => Promise<any>} [confirm] has the shop introspect the token
 * @property {Control} [control] where it was started, and what the button says until it has ended
 * @property {(stage: string) => void} [onStage] is called at each stage
 * @property {boolean} [isResumable] whether the page goes on with it after a reload
 * @property {string} [user] whose transaction it is, then
 */

/**
 * `perform(journey)` runs a journey. It resolves to `{ transaction, result, claims }`, with `problem` if a request to the
 * shop failed, or to `undefined` if another journey is running. `onBusy` is called with the control of the running journey,
 * and with `undefined` when it has ended. Autofill pauses meanwhile, if the page has it.
 */
export function createJourneys({ inspector, autofill = /** @type {any} */ (undefined), onBusy }) {
  let endCurrent;

  /** @param {Journey} journey */
  async function perform({ source, waiting, name, begin, call, end, confirm = shop.introspect, ...more }) {
    if (endCurrent) return undefined;
    // Not `cancel()`, which has no effect while the transaction is being started.
    const controller = new AbortController();
    endCurrent = end ?? (() => controller.abort());
    onBusy(more.control ?? {});
    const journey = {};
    try {
      // A ceremony aborts autofill anyway, and autofill's result must not be mistaken for its own.
      await autofill?.pause();
      const steps = inspector.stepsView.record();
      inspector.waiting(source, waiting, name);
      steps.show();
      if (begin) {
        journey.transaction = await begin();
        steps.note("The shop started a transaction");
        if (more.isResumable) rememberUnfinished({ source, name: more.user, ...identify(journey.transaction) });
      }
      steps.call(name);
      const { signal } = controller;
      const result = await call(journey.transaction, {
        onProgress(stage) {
          steps.stage(stage);
          more.onStage?.(stage);
        },
        onCredential: steps.passkey,
        onCode: inspector.code,
        onCall: steps.call,
        signal,
      });
      journey.result = result;
      steps.settle(codeOf(result));
      const hasApproved = isApproved(result);
      // Until it is known and confirmed, the page can ask for the outcome, also after a reload.
      if (more.isResumable && !hasApproved && causeOf(result).next !== "checkOutcome") rememberUnfinished(undefined);
      inspector.show(result, source);
      if (hasApproved) {
        journey.claims = await confirm(result.token);
        if (more.isResumable) rememberUnfinished(undefined);
        inspector.introspected(journey.claims);
        steps.note("The shop introspected the token");
      }
    } catch (problem) {
      if (!(problem instanceof shop.ShopError)) throw problem;
      inspector.problem(problem.message);
      journey.problem = problem;
    } finally {
      endCurrent = undefined;
      onBusy(undefined);
      autofill?.resume();
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
      call: (_, { signal, onProgress, onCode }) =>
        callModule(
          "outcome",
          { ...transaction, ceremony },
          { signal, onProgress, wait },
          { onCode, from: "unfinished" },
        ),
      ...more,
    });
    // If the user ends the question, or the shop cannot confirm the token, it can be asked again.
    if (journey?.claims || causeOf(journey?.result).cause === "refused") rememberUnfinished(undefined);
    return journey && { ...journey, transaction, unfinished };
  }

  return {
    perform,
    check,
    /** Forgets a transaction that the user did not finish, as if it had never been started. */
    forget() {
      rememberUnfinished(undefined);
      inspector.clear();
    },
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
