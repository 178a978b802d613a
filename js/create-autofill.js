// The entry `webauthn-result/create-autofill`: autofill with the functions of whichever entry the page uses.

import { consequenceOf, pauseAfter, renewalTime } from "./autofill-plan.js";
import { addListener, reasonOf, removeListener } from "./host.js";
import { getShared } from "./shared.js";
import { isHidden, readClock, startNap } from "./wall-clock.js";

/** How long startApproval may take, in milliseconds. */
const APPROVAL_LIMIT = 3e4;
/** How long autofill waits for the end of the call that took over, in milliseconds: a copy may not say it. */
const YIELD_LIMIT = 6e4;
/** In milliseconds; in a tab that is shown a nap is shorter. */
const LONGEST_NAP = 6e4;
/** A request that was open for longer did not fail at once, in milliseconds. */
const AT_ONCE = 1e4;

/** Whether `ms` milliseconds have passed since `readClock()` returned `since`. */
const hasPassed = (/** @type {number} */ since, /** @type {number} */ ms) => readClock() - since >= ms;

/**
 * Calls a function of the page. What it throws is reported, as of a listener.
 *
 * @template {unknown[]} T
 * @param {((...values: T) => void) | undefined} listener
 * @param {T} values
 */
const notify = (listener, ...values) => {
  try {
    listener?.(...values);
  } catch (error) {
    globalThis.reportError?.(error);
  }
};

/**
 * See create-autofill.d.ts.
 *
 * @type {typeof import("./create-autofill.d.ts").createAutofill}
 */
export const createAutofill =
  ({ authenticate, support }) =>
  (startApproval, handlers, settings) => {
    /** @type {import("./shared.js").Shared | undefined} */
    let shared;
    let isStopped = false;
    let failures = 0;
    /** No request before this long has passed since then. */
    let pause = 0;
    let since = 0;
    /** Whether another call has ended while the request was open. */
    let hasEnded = false;
    /** Ends the nap. */
    let wake = () => {};
    /** Of the request that is being started or open. */
    /** @type {AbortController | undefined} */
    let round;

    /** As the module said it, unless the page has put something else in its place. */
    const causeOf = (/** @type {object} */ result) => {
      try {
        return shared?.causes.get(result);
      } catch {}
    };

    const look = () => wake();
    const resume = () => {
      pause = 0;
      wake();
    };
    const listen = (/** @type {typeof addListener} */ change) => {
      change(globalThis, "online", resume);
      change(globalThis, "focus", look);
    };

    const stop = () => {
      isStopped = true;
      if (shared?.autofill === onEnd) shared.autofill = undefined;
      round?.abort();
      wake();
    };

    /** Called with the cause of every result in the page, and without one by the autofill that replaces this one. */
    const onEnd = (/** @type {string | undefined} */ cause) => {
      if (!cause || cause == "approved" || cause == "registered") stop();
      else if (cause != "superseded") {
        hasEnded = true;
        resume();
      }
    };

    /** Resolves when it is time to look at the clock again, which timers do not follow while the computer sleeps. */
    const nap = () =>
      new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
        const stopNap = startNap(LONGEST_NAP, resolve);
        wake = () => {
          stopNap();
          resolve();
        };
      });

    /**
     * Waits for the promise. Aborts the round once `ms` milliseconds have passed.
     *
     * @template T
     * @param {Promise<T>} promise
     * @param {number} ms
     * @param {unknown} [reason]
     */
    const attend = async (promise, ms, reason) => {
      const start = readClock();
      let isSettled = false;
      const settle = () => {
        isSettled = true;
        wake();
      };
      promise.then(settle, settle);
      while (!isSettled) {
        await nap();
        if (!isSettled && hasPassed(start, ms)) round?.abort(reason);
      }
      return promise;
    };

    const wait = (/** @type {number} */ ms) => {
      pause = ms;
      since = readClock();
    };

    /** @param {AbortSignal} signal */
    const getApproval = (signal) =>
      attend(
        new Promise((/** @type {(approval: any) => void} */ resolve, reject) => {
          signal.addEventListener("abort", () => reject(reasonOf(signal)));
          Promise.resolve(signal).then(startApproval).then(resolve, reject);
        }),
        APPROVAL_LIMIT,
        new DOMException(`startApproval() took longer than ${APPROVAL_LIMIT} ms.`, "TimeoutError"),
      );

    /** Makes one request after the other. */
    const repeat = async () => {
      while (!isStopped) {
        // It would be ended, and after consent only its result says how it ended.
        if (shared?.prompt) wait(YIELD_LIMIT);
        if (isHidden() || navigator.onLine === false || !hasPassed(since, pause)) {
          await nap();
          continue;
        }
        const { signal } = (round = new AbortController());
        let approval;
        try {
          approval = await getApproval(signal);
        } catch (error) {
          if (isStopped) return;
          wait(pauseAfter(failures++));
          notify(handlers.onError, error);
          continue;
        }
        if (isStopped || shared?.prompt) continue;

        hasEnded = false;
        const start = readClock();
        const result = await attend(
          authenticate(approval, { ...settings, mediation: "conditional", signal }),
          renewalTime(approval),
        );
        const consequence = consequenceOf(result, causeOf(result));
        if (hasPassed(start, AT_ONCE)) failures = 0;
        // With its end, autofill's own part is over; a passkey that was picked is not.
        const isTold =
          consequence == "succeeded" || consequence == "rejected" || (consequence == "failed" && !isStopped);
        if (consequence == "superseded") wait(hasEnded ? 0 : YIELD_LIMIT);
        else if (consequence == "rejected" || consequence == "retry") wait(pauseAfter(failures++));
        // Aborted by another signal than this one: the page called cancel().
        else if (consequence != "aborted" || !signal.aborted) stop();
        if (isTold) notify(handlers.onResult, result, approval);
      }
    };

    const run = async () => {
      try {
        shared = getShared();
        shared.autofill?.();
        shared.autofill = onEnd;
      } catch {}
      if (!(await support()).autofill) return;
      listen(addListener);
      await repeat();
    };

    const end = () => {
      stop();
      if (globalThis.document) listen(removeListener);
    };
    run().then(end, end);

    return Symbol.dispose ? { stop, [Symbol.dispose]: stop } : { stop };
  };
