// One journey at a time, from a click to a token that the service has confirmed: start, call, result, introspection.

import { cancel } from "/pkg/index.js";
import * as shop from "./demo-api.js";
import { codeOf, isApproved } from "./outcome.js";

/**
 * What `perform` takes.
 *
 * @typedef {object} Journey
 * @property {string} source
 * @property {string} waiting
 * @property {string} name
 * @property {() => Promise<any>} [begin]
 * @property {(
 *   transaction: any,
 *   notify: { onProgress: (stage: string) => void, onCall?: (name: string) => void },
 * ) => Promise<any>} call
 * @property {() => void} [end]
 * @property {(token: string) => Promise<any>} [confirm]
 * @property {boolean} [announce]
 */

/**
 * `perform({ source, waiting, name, begin?, call, end?, confirm?, announce? })` takes one journey:
 * `begin()` asks the shop for a transaction where one is needed, `call(transaction, { onProgress, onCall })` calls the
 * module and gives its result, `end()` ends that call early, and `confirm(token)` has the shop ask about the token.
 * `source` and `name` say who started it and which function it calls. It answers `{ transaction, result, claims }`, with
 * `problem` where the shop could not do its part, or `undefined` where another journey is under way. `onBusy` is told
 * the source of the one under way, and `undefined` once it has ended.
 */
export function createJourneys({ resultView, stepsView, autofill, onBusy }) {
  let endCurrent;

  /** @param {Journey} journey */
  async function perform({ source, waiting, name, begin, call, end = cancel, confirm = shop.introspect, announce }) {
    if (endCurrent) return undefined;
    endCurrent = end;
    onBusy(source);
    const journey = {};
    try {
      // Autofill would be ended by a ceremony anyway, and must not be mistaken for its result.
      await autofill.pause();
      const steps = stepsView.record();
      resultView.waiting(source, waiting);
      steps.show();
      if (begin) {
        journey.transaction = await begin();
        steps.note("The shop has started a transaction");
      }
      steps.call(name);
      const result = await call(journey.transaction, { onProgress: steps.stage, onCall: steps.call });
      journey.result = result;
      steps.settle(codeOf(result));
      resultView.show(result, source, { announce });
      if (isApproved(result)) {
        journey.claims = await confirm(result.token);
        resultView.introspected(journey.claims);
        steps.note("The shop has asked about the token");
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

  return {
    perform,
    isBusy: () => endCurrent !== undefined,
    /** Ends what is under way as early as it can be ended; its result says so. */
    cancel: () => endCurrent?.(),
  };
}
