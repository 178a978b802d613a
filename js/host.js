// What outlives an instance of the module: time limits, and the one prompt that may be open.

import { NullRecord } from "./null-record.js";
import { getShared } from "./shared.js";

/**
 * What `createDeadline` returns.
 *
 * @typedef {object} Deadline
 * @property {AbortSignal} signal
 * @property {<T>(promise: T | PromiseLike<T>) => Promise<Box<T>>} until
 * @property {(reason?: unknown, ended?: Ended) => void} abort
 * @property {Ended} [ended] who aborted it, unless that was its time limit
 * @property {() => void} close
 * @property {() => void} [release] gives up the place among the prompts
 */

/**
 * By the page, or by a newer prompt. The names are those of causes.
 *
 * @typedef {"aborted" | "superseded"} Ended
 */

/**
 * Starts a timer of `ms` milliseconds, and returns a function that stops it.
 *
 * @typedef {(ms: number, onEnd: () => void) => () => void} Timer
 */

/**
 * The value of a promise.
 *
 * @template T
 * @typedef {{ value: T }} Box
 */

/**
 * The prompt of this copy that is open.
 *
 * @type {import("./shared.js").Shared["prompt"] | undefined}
 */
let openPrompt;

/** @param {string} message */
export const abortError = (message) => new DOMException(message, "AbortError");

/**
 * Older browsers abort without a reason.
 *
 * @param {AbortSignal} signal
 * @returns {unknown}
 */
export const reasonOf = (signal) => signal.reason ?? abortError("The signal was aborted.");

/**
 * Aborts the controller when the page's signal, which need not be the browser's own, aborts. Returns a function that removes
 * the listener, which aborting does too.
 *
 * @param {Pick<AbortController, "signal" | "abort">} controller
 * @param {AbortSignal} signal
 */
const follow = (controller, signal) => {
  const end = () => {
    /** @type {unknown} */
    let reason;
    try {
      ({ reason } = signal);
    } catch {}
    controller.abort(reason);
  };
  const unfollow = () => {
    try {
      signal.removeEventListener("abort", end);
    } catch {}
  };
  if (signal.aborted) end();
  else {
    controller.signal.addEventListener("abort", unfollow);
    signal.addEventListener("abort", end);
  }
  return unfollow;
};

/**
 * Resolves to what `promise` resolves to, as the `value` of an object: on its own, a value that becomes thenable later would
 * be awaited, possibly for ever. `give` gets the function that ends the wait.
 *
 * @template T
 * @param {T | PromiseLike<T>} promise
 * @param {(end: (reason: unknown) => void) => void} give
 * @returns {Promise<Box<T>>}
 */
const wait = (promise, give) => {
  const first = new Promise((resolve, reject) => {
    give(reject);
    // Not by `Promise.resolve`: a page's own would need more turns, and an abort meanwhile would go before a consent.
    const settle = async () => {
      try {
        /** @type {Box<T>} */
        const box = new NullRecord();
        box.value = await promise;
        resolve(box);
      } catch (error) {
        reject(error);
      }
    };
    settle();
  });
  // An instance that crashes no longer listens.
  first.catch(() => {});
  return first;
};

const { addEventListener, removeEventListener } = globalThis.EventTarget?.prototype ?? {};

/**
 * By the browser's own method: an element's `name` or `id` can take the place of `window.addEventListener`.
 *
 * @param {EventTarget} target
 * @param {string} type
 * @param {() => void} listener
 */
export const addListener = (target, type, listener) => {
  try {
    Reflect.apply(addEventListener, target, [type, listener]);
  } catch {}
};

/**
 * @param {EventTarget} target
 * @param {string} type
 * @param {() => void} listener
 */
export const removeListener = (target, type, listener) => {
  try {
    Reflect.apply(removeEventListener, target, [type, listener]);
  } catch {}
};

/** @type {Timer} */
const startTimer = (ms, onEnd) => {
  const timer = setTimeout(onEnd, ms);
  return () => clearTimeout(timer);
};

/**
 * An abort controller that aborts itself after `ms` milliseconds (0: never), or when the page's `signal` does. `close`,
 * which aborting calls, leaves no timer and no listener behind.
 *
 * @param {number} ms
 * @param {AbortSignal | null} [signal]
 * @param {Timer} [start]
 */
export const createDeadline = (ms, signal, start = startTimer) => {
  const controller = new AbortController();
  /** @type {(() => void) | undefined} */
  let stopTimer;
  /** @type {(() => void) | undefined} */
  let unfollow;
  /** @type {((reason: unknown) => void) | undefined} */
  let end;
  /** @type {Deadline} */
  const deadline = {
    signal: controller.signal,
    /** The `value` that `promise` resolves to, unless this aborts first: a promise that never settles ends too. */
    until: (promise) =>
      wait(promise, (reject) => {
        end = reject;
        if (controller.signal.aborted) reject(reasonOf(controller.signal));
      }),
    abort(reason = abortError("The signal was aborted."), ended) {
      if (!controller.signal.aborted) deadline.ended = ended;
      // First: the caller may have so little stack left that listeners fail. Later: what is settled already goes before.
      Promise.resolve().then(() => end?.(reason));
      controller.abort(reason);
      deadline.close();
    },
    close() {
      stopTimer?.();
      unfollow?.();
      deadline.release?.();
    },
  };
  // Before the timer: this throws if it is not a signal.
  const page = {
    signal: controller.signal,
    abort: (/** @type {unknown} */ reason) => deadline.abort(reason, "aborted"),
  };
  if (signal) unfollow = follow(page, signal);
  if (ms && !controller.signal.aborted)
    stopTimer = start(ms, () => deadline.abort(new DOMException(`Timed out after ${ms} ms.`, "TimeoutError")));
  return deadline;
};

/**
 * The deadline of a question to the browser about what it supports: the reply may never come.
 *
 * @param {AbortSignal} [signal]
 */
export const createQuestion = (signal) => createDeadline(1_000, signal);

export const getGlobal = () => globalThis;

/**
 * Resolves after `ms` milliseconds, or, to `true`, when the browser is online again.
 *
 * @param {number} ms
 * @returns {Promise<boolean>}
 */
export const sleepOrOnline = (ms) =>
  new Promise((resolve) => {
    const end = (/** @type {boolean} */ isOnline) => {
      clearTimeout(timer);
      removeListener(globalThis, "online", onOnline);
      resolve(isOnline);
    };
    const onOnline = () => end(true);
    const timer = setTimeout(end, ms, false);
    addListener(globalThis, "online", onOnline);
  });

/** Ends the prompt that is open in the page, if there is one. */
export const cancel = (message = "The page called cancel().", isSuperseded = false) => {
  openPrompt?.end(message, isSuperseded);
  try {
    getShared().prompt?.end(message, isSuperseded);
  } catch {}
};

/**
 * Makes `deadline` that of the page's open prompt. Ends the one that is open, since browsers allow one.
 *
 * @param {Deadline} deadline
 */
export const takePrompt = (deadline) => {
  cancel("Another call opened its prompt: browsers allow one at a time.", true);
  const prompt = {
    __proto__: null,
    /** Called by other copies, too; those of older versions do not say who ended it. */
    end: (/** @type {string} */ reason, /** @type {boolean | undefined} */ isSuperseded) =>
      deadline.abort(abortError(reason), isSuperseded === true ? "superseded" : "aborted"),
  };
  deadline.release = () => {
    if (openPrompt === prompt) openPrompt = undefined;
    try {
      const shared = getShared();
      if (shared.prompt === prompt) shared.prompt = null;
    } catch {}
  };
  openPrompt = prompt;
  try {
    getShared().prompt = prompt;
  } catch {}
};

/**
 * The deadline of the page's next prompt, which aborts after `ms` milliseconds (0: never) or with the page's `signal`. Throws
 * the reason if that has aborted already.
 *
 * @param {number} ms
 * @param {AbortSignal} [signal]
 */
export const claimPrompt = (ms, signal) => {
  const deadline = createDeadline(ms, signal);
  if (deadline.signal.aborted) throw reasonOf(deadline.signal);
  takePrompt(deadline);
  return deadline;
};
