// One journey at a time, from a click to a token that the cloud has confirmed: start, ceremony, result, introspection.

import * as shop from "./demo-api.js";

/**
 * `perform({ source, waiting, name, begin, call, announce? })` takes one journey:
 * `begin()` asks the shop for a transaction, `call(transaction, settings)` calls the module and gives its result, `source`
 * and `name` say who started it and which function it calls. It answers `{ result }`, `{ problem }` where the shop could not do its part, or
 * `undefined` where another journey is under way.
 */
export function createJourneys({ resultView, stepsView, autofill, onBusy }) {
  let busy = false;

  async function perform({ source, waiting, name, begin, call, announce }) {
    if (busy) return undefined;
    onBusy((busy = true));
    let result;
    try {
      // Autofill would be ended by this ceremony anyway, and must not be mistaken for its result.
      await autofill.pause();
      const steps = stepsView.record();
      resultView.waiting(source, waiting);
      steps.show();
      const transaction = await begin();
      steps.note("The shop has started a transaction");
      steps.call(name);
      result = await call(transaction, { onProgress: steps.stage });
      steps.settle(result.code.statusCode);
      resultView.show(result, source, { announce });
      if (result.success) {
        resultView.introspected(await shop.introspect(result.token));
        steps.note("The shop has asked about the token");
      }
      return { result };
    } catch (problem) {
      if (!(problem instanceof shop.ShopError)) throw problem;
      resultView.problem(problem.message);
      return { result, problem };
    } finally {
      onBusy((busy = false));
      autofill.resume();
    }
  }

  return { perform, isBusy: () => busy };
}
