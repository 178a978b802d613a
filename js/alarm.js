// Time limits by the wall clock, in place of timers, which stand still while the computer sleeps.

import { follow } from "./host.js";

/**
 * Calls `wake` when it is time to look at the clock again, after `ms` at most. Returns what puts it off for good.
 *
 * @param {number} ms
 * @param {() => void} wake
 */
const doze = (ms, wake) => {
  const stop = () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", end);
  };
  const end = () => {
    stop();
    wake();
  };
  // In a hidden tab browsers slow down short timers, one after the other, to one a minute: there it is a long one.
  const timer = setTimeout(end, Math.min(ms, document.hidden ? 6e4 : 1e3));
  document.addEventListener("visibilitychange", end);
  return stop;
};

/**
 * An abort controller that aborts itself once `ms` milliseconds (0: never) have passed on the wall clock, or when
 * `signal` does; with `nap` as soon as it is time to look at the clock again. Aborting it, which its user does in the
 * end, leaves no timer and no listener behind.
 *
 * @param {number} ms
 * @param {AbortSignal} [signal]
 * @param {boolean} [nap]
 */
export const alarm = (ms, signal, nap) => {
  const controller = new AbortController();
  let then = Date.now();
  /** @type {(() => void) | undefined} */
  let stop;
  const look = () => {
    const now = Date.now();
    // A clock that is set back makes nothing longer but this one nap.
    ms -= Math.max(0, now - then);
    then = now;
    if (nap || ms <= 0) controller.abort(new DOMException("Time is up.", "TimeoutError"));
    else stop = doze(ms, look);
  };
  if (signal) follow(controller, signal);
  if (ms && !controller.signal.aborted) stop = doze(ms, look);
  controller.signal.addEventListener("abort", () => stop?.());
  return controller;
};
