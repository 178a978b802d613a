// Runs a call in the module. It ends with a failure if no instance can, or if the page ends it before one is loaded.

import { createCall } from "./call.js";
import { failure } from "./failure.js";
import { abortError, createDeadline, reasonOf, takePrompt } from "./host.js";
import {
  AUTHENTICATION_PROMPT,
  CALL_AGAIN,
  CRASHED,
  NO_NAME,
  NO_REASON,
  NOT_CALLED,
  NOT_LOADED,
  OUTCOME_UNKNOWN,
  PAGE_ABORTED,
  PROMPT_FAILED,
  REGISTRATION_PROMPT,
  TOOK_OVER,
  UNKNOWN_ERROR,
} from "./messages.js";

/** @typedef {import("./call.js").Result} Result */

/**
 * The functions that the module exports, see src/lib.rs.
 *
 * @typedef {object} PasskeyModule
 * @property {(options: unknown, settings: unknown, call: import("./call.js").Call) => Promise<Result>} authenticate
 * @property {(options: unknown, settings: unknown, call: import("./call.js").Call) => Promise<Result>} register
 * @property {(transaction: unknown, settings: unknown, call: import("./call.js").Call) => Promise<Result>} outcome
 */

/**
 * The `name: message` of what was thrown, as in src/page.rs.
 *
 * @param {unknown} exception
 */
const describe = (exception) => {
  const read = (/** @type {string} */ name) => {
    try {
      const text = /** @type {Record<string, unknown>} */ (exception)[name];
      if (typeof text == "string") return text;
    } catch {}
  };
  const text = typeof exception == "string" && exception;
  return `${read("name") || NO_NAME}: ${read("message") || text || NO_REASON}`;
};

/**
 * The deadline of a call that waits for the module. That of a ceremony is among the page's prompts, because it is ended like
 * one.
 *
 * @param {boolean} isCeremony
 * @param {unknown} settings unchecked
 */
const startWaiting = (isCeremony, settings) => {
  /** @type {import("./host.js").Deadline} */
  let deadline;
  try {
    deadline = createDeadline(0, /** @type {{ signal?: AbortSignal } | undefined} */ (settings)?.signal);
  } catch {
    // Not a signal, which the module reports.
    deadline = createDeadline(0);
  }
  if (isCeremony && !deadline.signal.aborted) takePrompt(deadline);
  return deadline;
};

/**
 * Runs a function of the module.
 *
 * @param {import("./loader.js").Loader<PasskeyModule>["enter"]} enter
 * @returns {(name: "authenticate" | "register" | "outcome", register: boolean, options: unknown, settings: unknown, listeners: unknown) => Promise<Result>}
 */
export const createRun = (enter) => (name, register, options, settings, listeners) =>
  new Promise((/** @type {(result: Promise<Result>) => void} */ resolve) => {
    const call = createCall(name, register, listeners);
    const isCeremony = name != "outcome";
    resolve(call.promise);
    /** @type {import("./host.js").Deadline | undefined} */
    let waiting;
    const fail = (/** @type {string} */ message, /** @type {string} */ cause) =>
      call.end(failure(register, UNKNOWN_ERROR, message, cause), cause);
    /** Ends the call if the page did so while it waited. */
    const isEnded = () => {
      waiting?.close();
      if (!waiting?.signal.aborted) return false;
      const cause = waiting.ended ?? "aborted";
      const prefix = register ? REGISTRATION_PROMPT : AUTHENTICATION_PROMPT;
      const message = prefix + describe(reasonOf(waiting.signal)) + (cause == "aborted" ? PAGE_ABORTED : TOOK_OVER);
      call.end(failure(register, PROMPT_FAILED, message, cause), cause);
      return true;
    };
    const crash = (/** @type {string} */ reason) => {
      if (call.isOver) return;
      // Later: the crash may have left too little stack.
      Promise.resolve().then(() => call.prompt?.abort(abortError(`${CRASHED}.`)));
      const unknown = () => fail(reason + OUTCOME_UNKNOWN, "outcomeUnknown");
      // Consent to a transaction of the page's own relying party, of which nobody can ask for the status.
      if (call.statusToken === true) return unknown();
      if (!call.statusToken) return isCeremony ? fail(reason + CALL_AGAIN, "crashed") : unknown();
      // After consent the cloud may have accepted, so a new instance asks for the outcome. If that fails too, nobody knows.
      // Other settings of a ceremony were checked; `wait` was not, and the signal has no effect any more.
      const own = { ...Object(settings), wait: undefined, signal: undefined };
      const transaction = { statusToken: call.statusToken, ceremony: register ? "registration" : "authentication" };
      enter({ resolve() {}, fail: unknown, crash: unknown }, (module) => module.outcome(transaction, own, call));
    };
    enter(
      {
        // The module ends the call.
        resolve() {},
        wait: (loading) => (waiting ??= startWaiting(isCeremony, settings)).until(loading),
        fail(error) {
          if (isEnded()) return;
          // The outcome of the transaction is as unknown as before the page asked.
          if (isCeremony) fail(NOT_LOADED + error, "notLoaded");
          else fail(NOT_LOADED + error + OUTCOME_UNKNOWN, "outcomeUnknown");
        },
        crash,
      },
      // Not earlier: until the module takes over, the page can end the call.
      (module) => (isEnded() ? call.promise : module[name](options, settings, call)),
    );
    // A stack overflow before any of the above.
  }).catch((error) => {
    const call = createCall(name, register, listeners);
    call.end(failure(register, UNKNOWN_ERROR, NOT_CALLED + error, "crashed"), "crashed");
    return call.promise;
  });
