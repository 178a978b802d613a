// Runs a ceremony in the module, and resolves to a failure if no instance can, or if the call is ended before one is loaded.

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
 * @property {(register: boolean, statusToken: string, settings: unknown) => Promise<Result>} outcome
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
 * The deadline of a call that waits for the module: among the page's prompts, because it is ended like one.
 *
 * @param {unknown} settings unchecked
 */
const startWaiting = (settings) => {
  /** @type {import("./host.js").Deadline} */
  let deadline;
  try {
    deadline = createDeadline(0, /** @type {{ signal?: AbortSignal } | undefined} */ (settings)?.signal);
  } catch {
    // Not a signal, which the module reports.
    deadline = createDeadline(0);
  }
  if (!deadline.signal.aborted) takePrompt(deadline);
  return deadline;
};

/**
 * @param {import("./loader.js").Loader<PasskeyModule>["enter"]} enter
 * @returns {(register: boolean, options: unknown, settings: unknown) => Promise<Result>}
 */
export const createRun = (enter) => (register, options, settings) =>
  new Promise((/** @type {(result: Result) => void} */ resolve) => {
    const call = createCall();
    /** @type {import("./host.js").Deadline | undefined} */
    let waiting;
    const end = (/** @type {Result} */ result) => {
      waiting?.close();
      resolve(result);
    };
    const fail = (/** @type {string} */ message, /** @type {string} */ cause) =>
      end(failure(register, UNKNOWN_ERROR, message, cause));
    /** The result if the call was ended while it waited. */
    const aborted = () => {
      if (!waiting?.signal.aborted) return;
      const cause = waiting.ended ?? "aborted";
      const prefix = register ? REGISTRATION_PROMPT : AUTHENTICATION_PROMPT;
      const message = prefix + describe(reasonOf(waiting.signal)) + (cause == "aborted" ? PAGE_ABORTED : TOOK_OVER);
      return failure(register, PROMPT_FAILED, message, cause);
    };
    const crash = (/** @type {string} */ reason) => {
      // Later: the crash may have left too little stack.
      Promise.resolve().then(() => call.prompt?.abort(abortError(`${CRASHED}.`)));
      const { statusToken } = call;
      if (!statusToken) return fail(reason + CALL_AGAIN, "crashed");
      // After consent the cloud may have accepted, so a new instance queries the status. If that fails too, nobody knows.
      const unknown = () => fail(reason + OUTCOME_UNKNOWN, "outcomeUnknown");
      enter({ resolve, fail: unknown, crash: unknown }, (module) => module.outcome(register, statusToken, settings));
    };
    enter(
      {
        resolve: end,
        wait: (loading) => (waiting ??= startWaiting(settings)).until(loading),
        fail(error) {
          const result = aborted();
          if (result) end(result);
          else fail(NOT_LOADED + error, "notLoaded");
        },
        crash,
      },
      (module) => {
        const result = aborted();
        // Here and not earlier: until the module takes over, the page can end the call.
        waiting?.close();
        return result || module[register ? "register" : "authenticate"](options, settings, call);
      },
    );
    // A stack overflow before any of the above.
  }).catch((error) => failure(register, UNKNOWN_ERROR, NOT_CALLED + error, "crashed"));
