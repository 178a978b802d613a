// What a call does, step by step, for `onProgress`, `onEnd` and `debug`. It outlives the instance of the module: each call ends
// once, also one whose instance crashed, or that no instance ran.

import { SILENT } from "./cause-tables.js";
import { NullRecord } from "./null-record.js";

/** @import { EndEvent, Stage } from "./index.d.ts" */

/** The steps that are stages, with the duration that each has in the event. */
const STAGES = /** @type {const} */ ({
  __proto__: null,
  prompting: "prompt",
  finalizing: "finalization",
  recovering: "recovery",
});

/** The steps that are counted. */
const COUNTS = /** @type {const} */ ({ __proto__: null, sending: "sends", querying: "queries" });

/**
 * @typedef {object} Trace
 * @property {(name: string, detail?: string) => void} step
 * @property {(result: { success: boolean, code: { statusCode: string }, message?: string }, cause: string) => void} end
 */

/** A clock that only goes forward, unless the page broke it. */
const readClock = () => {
  try {
    const ms = performance.now();
    return Number.isFinite(ms) ? ms : 0;
  } catch {
    return 0;
  }
};

/** The milliseconds between two readings; a page may have replaced `Math`. */
const between = (/** @type {number} */ from, /** @type {number} */ to) => {
  try {
    return Math.round(to - from) || 0;
  } catch {
    return 0;
  }
};

/**
 * Calls a function of the page, if it is one.
 *
 * @param {unknown} listener
 * @param {unknown} value
 */
const notify = (listener, value) => {
  try {
    if (typeof listener == "function") listener(value);
  } catch {}
};

let calls = 0;

/**
 * @param {EndEvent["call"]} call
 * @param {boolean} register
 * @param {unknown} settings unchecked
 * @returns {Trace}
 */
export const createTrace = (call, register, settings) => {
  /** @type {{ onProgress?: unknown, onEnd?: unknown, debug?: unknown }} */
  const listeners = new NullRecord();
  try {
    Object.assign(listeners, typeof settings == "object" && settings);
  } catch {}
  const start = readClock();
  const number = ++calls;
  const event = {
    call,
    ceremony: register ? "registration" : "authentication",
    code: "",
    cause: "",
    silent: false,
    prompt: 0,
    finalization: 0,
    recovery: 0,
    sends: 0,
    queries: 0,
    recovered: false,
  };
  /** @type {Stage | undefined} */
  let stage;
  let since = start;

  const log = (/** @type {string} */ text) => {
    if (listeners.debug === true)
      notify(
        (/** @type {string} */ line) => console.log(line),
        `[webauthn-result] ${call} ${number}, ${between(start, readClock())} ms: ${text}`,
      );
  };

  const enter = (/** @type {Stage | undefined} */ next) => {
    const now = readClock();
    if (stage) event[STAGES[stage]] += between(since, now);
    stage = next;
    since = now;
  };

  return {
    step: function step(name, detail = "") {
      if (name == "querying" && stage != "recovering") step("recovering");
      log(detail ? `${name} ${detail}` : name);
      if (name in COUNTS) event[COUNTS[/** @type {"sending" | "querying"} */ (name)]]++;
      if (name in STAGES) {
        enter(/** @type {Stage} */ (name));
        notify(listeners.onProgress, name);
      }
    },
    end(result, cause) {
      const { success, code } = result;
      event.recovered = success && stage == "recovering";
      enter(undefined);
      event.code = code.statusCode;
      event.cause = cause;
      try {
        event.silent = SILENT.includes(cause);
      } catch {}
      log(`ended with ${event.code}, ${cause}${success ? "" : `: ${result.message}`}`);
      notify(listeners.onEnd, event);
    },
  };
};
