// What the bindings for React, Vue and Svelte share: one call after the other, and what a component shows of it.
//
// It knows no framework, so that its promises are kept and tested once, and each adapter is only its framework's way to
// subscribe. It imports nothing: the adapters pass it the functions of the page's own instance.

/** @import { Cause } from "./cause.d.ts" */
/** @import { BindingEnd, BindingValues, PushValues } from "./bindings.d.cts" */

/**
 * One run, as what performs it sees it.
 *
 * @typedef {object} Round
 * @property {AbortSignal} signal aborts when the page cancels, starts another run, or unmounts the component
 * @property {(values: Partial<PushValues>) => void} update changes what is shown, unless another run has begun
 * @property {any[]} values what the page passed to `run`
 */

/**
 * Makes a store. Each snapshot has all of what a component needs, so that React can take it as it is.
 *
 * @param {(round: Round) => Promise<Partial<BindingEnd<any, any>>>} perform
 * @param {(outcome: any) => { cause: Cause }} causeOf
 */
export const createBinding = (perform, causeOf) => {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {AbortController | undefined} */
  let current;

  let isGone = false;

  const cancel = () => current?.abort();

  const run = async (/** @type {any[]} */ ...values) => {
    // As of a `start` that was cancelled. Nobody would see a prompt's result, and nothing would end it.
    if (isGone) return { outcome: undefined, cause: undefined, problem: undefined, transaction: undefined };
    cancel();
    const round = new AbortController();
    const { signal } = (current = round);
    const update = (/** @type {object} */ changes) => {
      if (current !== round) return;
      snapshot = { ...snapshot, ...changes };
      for (const listener of [...listeners]) listener();
    };
    update({ ...IDLE, state: "starting" });

    /** @type {Partial<BindingEnd<any, any>>} */
    let end;
    try {
      end = await perform({ signal, update, values });
    } catch (problem) {
      // What a cancelled `start` throws is no problem.
      end = signal.aborted ? {} : { problem };
    }
    const { outcome, problem, transaction } = end;
    const cause = outcome && causeOf(outcome).cause;
    update({ ...IDLE, state: outcome || "problem" in end ? "done" : "idle", outcome, cause, problem });
    return { outcome, cause, problem, transaction };
  };

  let snapshot = { ...IDLE, run, cancel };

  return {
    run,
    cancel,
    /** Says whether the component is gone. Then `run` begins nothing. */
    setGone: (/** @type {boolean} */ value) => {
      isGone = value;
    },
    get: () => snapshot,
    subscribe: (/** @type {() => void} */ listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};

const IDLE = {
  state: /** @type {BindingValues<any>["state"]} */ ("idle"),
  outcome: undefined,
  cause: undefined,
  problem: undefined,
  /** Of a push. */
  secondsLeft: /** @type {number | undefined} */ (undefined),
};

/**
 * Resolves when the signal aborts.
 *
 * @param {AbortSignal} signal
 */
const aborted = (signal) =>
  new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
    signal.addEventListener("abort", () => resolve());
  });

/**
 * Shows the stages of a call, and calls the page's own listener, too.
 *
 * @param {Round} round
 * @param {{ onProgress?: ((stage: any) => void) | undefined } | undefined} settings
 */
const withProgress = ({ update }, settings) => ({
  ...settings,
  onProgress: (/** @type {any} */ state) => {
    update(state === "finalizing" ? { ...IDLE, state } : { state });
    settings?.onProgress?.(state);
  },
});

/**
 * Performs a ceremony: `start`, then at once the prompt, because Safari opens it only close to the click.
 *
 * @param {(transaction: any, settings: any) => Promise<any>} call
 * @param {() => readonly any[]} latest returns `start` and the settings, as the component last passed them
 */
export const ceremony = (call, latest) => async (/** @type {Round} */ round) => {
  const { signal, values } = round;
  const [start, settings] = latest();
  const transaction = await Promise.race([start(signal, ...values), aborted(signal)]);
  if (signal.aborted) return {};
  return { outcome: await call(transaction, { ...withProgress(round, settings), signal }), transaction };
};

/**
 * Offers passkeys in a field. The promise resolves when autofill has ended with a result, or was cancelled.
 *
 * @param {(functions: { authenticate: any, support: any }) => any} createAutofill
 * @param {{ authenticate: any, support: any }} functions
 * @param {(outcome: any) => { cause: Cause }} causeOf
 * @param {() => readonly any[]} latest
 */
export const autofilling =
  (createAutofill, { authenticate, support }, causeOf, latest) =>
  (/** @type {Round} */ round) =>
    new Promise((/** @type {(end: Partial<BindingEnd<any, any>>) => void} */ resolve) => {
      const { signal, update, values } = round;
      const [start, settings] = latest();
      let isOpen = false;
      const { stop } = createAutofill({
        support,
        authenticate: async (/** @type {any} */ transaction, /** @type {object} */ options) => {
          isOpen = true;
          const outcome = await authenticate(transaction, options);
          isOpen = false;
          update({ state: "idle" });
          // Autofill may keep to itself how the request ended, and it may be a success.
          if (signal.aborted) resolve({ outcome, transaction });
          return outcome;
        },
      })(
        (/** @type {AbortSignal} */ startSignal) => {
          update({ state: "starting", problem: undefined });
          return start(startSignal, ...values);
        },
        {
          onResult: (/** @type {any} */ outcome, /** @type {any} */ transaction) => {
            // Autofill goes on after this code, and what went wrong stays until the next pick.
            if (outcome.code.statusCode === "error-0002") update({ outcome, cause: causeOf(outcome).cause });
            else resolve({ outcome, transaction });
          },
          onError: (/** @type {unknown} */ problem) => update({ state: "idle", problem }),
        },
        withProgress(round, settings),
      );
      update({ state: "idle" });
      signal.addEventListener("abort", () => {
        stop();
        if (!isOpen) resolve({});
      });
    });

/**
 * Sends a push and waits for the decision.
 *
 * @param {() => readonly any[]} latest returns the client
 */
export const pushing = (latest) => async (/** @type {Round} */ round) => {
  const { signal, update, values } = round;
  const [email, options] = values;
  const [client] = latest();
  const outcome = await client.safeAuthenticate(email, {
    ...options,
    signal,
    onProgress: (/** @type {{ secondsLeft: number }} */ progress) => {
      update({ state: "prompting", secondsLeft: progress.secondsLeft });
      options?.onProgress?.(progress);
    },
  });
  return { outcome };
};
