// Time limits by the wall clock, in place of timers, which stand still while the computer sleeps.

import { addListener, createDeadline, removeListener } from "./host.js";

/** @import { Deadline, Timer } from "./host.js" */

/** What a worker has none of. */
const page = globalThis.document;

/** A form with the `name` "hidden" takes the place of `document.hidden`. */
const isHidden = () => page?.hidden === true;

/** By how much the naps took longer than the clock says, in milliseconds. */
let offset = 0;

/**
 * Milliseconds on the wall clock, or at least the time that the naps took: the page may have broken `Date.now`, or the clock
 * is set back.
 */
export const readClock = () => {
  try {
    return offset + (Date.now() || 0);
  } catch {
    return offset;
  }
};

/**
 * Calls `onEnd` when it is time to look at the clock again, after `ms` milliseconds at most.
 *
 * @type {Timer}
 */
const startNap = (ms, onEnd) => {
  const stop = () => {
    clearTimeout(timer);
    removeListener(page, "visibilitychange", end);
  };
  const end = () => {
    stop();
    onEnd();
  };
  // In a hidden tab browsers slow down short timers, one after the other, to one a minute: there it is a long one.
  const length = Math.min(ms, isHidden() ? 6e4 : 1e3);
  const due = readClock() + length;
  const timer = setTimeout(() => {
    offset += Math.max(0, due - readClock());
    end();
  }, length);
  addListener(page, "visibilitychange", end);
  return stop;
};

/**
 * Calls `onEnd` once `ms` milliseconds have passed on the wall clock.
 *
 * @type {Timer}
 */
const startWallClockTimer = (ms, onEnd) => {
  let last = readClock();
  const check = () => {
    const now = readClock();
    // A clock that is set back makes nothing longer but this one nap.
    ms -= Math.max(0, now - last);
    last = now;
    if (ms <= 0) onEnd();
    else stop = startNap(ms, check);
  };
  let stop = startNap(ms, check);
  return () => stop();
};

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 */
export const createWallClockDeadline = (ms, signal) => createDeadline(ms, signal, startWallClockTimer);

/**
 * @param {Deadline} deadline
 * @returns {Promise<void>}
 */
const ended = ({ signal }) =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve());
  });

/**
 * Resolves once `ms` milliseconds have passed on the wall clock, or when `signal` aborts.
 *
 * @param {number} ms
 * @param {AbortSignal} signal
 */
export const pause = (ms, signal) => ended(createWallClockDeadline(ms, signal));

/**
 * Resolves when it is time to look at the clock again, after `ms` milliseconds at most, or when `signal` aborts.
 *
 * @param {number} ms
 * @param {AbortSignal} signal
 */
export const nap = (ms, signal) => ended(createDeadline(ms, signal, startNap));
