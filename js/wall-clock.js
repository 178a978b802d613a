// Time limits by the wall clock, in place of timers, which stand still while the computer sleeps.

import { addListener, createDeadline, removeListener } from "./host.js";

/** @import { Deadline, Timer } from "./host.js" */

/** A worker has no document. A form with the `name` "hidden" takes the place of `document.hidden`. */
export const isHidden = () => globalThis.document?.hidden === true;

/** By how much this clock is ahead of the wall clock, in milliseconds. */
let offset = 0;
/** What it showed last. */
let latest = 0;

/** Milliseconds on the wall clock; 0 where the page has broken `Date.now`. */
const readWallClock = () => {
  try {
    const now = +Date.now();
    return now - now === 0 ? now : 0;
  } catch {
    return 0;
  }
};

/**
 * Milliseconds that never go back: on the wall clock, or at least the time that the naps took. The page may have broken
 * `Date.now`, or the clock may be set back.
 */
export const readClock = () => {
  const now = readWallClock();
  if (offset + now < latest) offset = latest - now;
  return (latest = offset + now);
};

/**
 * Calls `onEnd` when it is time to look at the clock again, after `ms` milliseconds at most.
 *
 * @type {Timer}
 */
export const startNap = (ms, onEnd) => {
  const page = globalThis.document;
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
    const behind = Math.max(0, due - readClock());
    offset += behind;
    latest += behind;
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
  const due = readClock() + ms;
  const check = () => {
    const left = due - readClock();
    if (left <= 0) onEnd();
    else stop = startNap(left, check);
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
