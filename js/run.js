// Runs a ceremony in the module, and resolves to a failure if no instance can.

import { createCall } from "./call.js";
import { failure } from "./failure.js";
import { CALL_AGAIN, NOT_CALLED, OUTCOME_UNKNOWN, UNKNOWN_ERROR } from "./messages.js";

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
 * @param {import("./loader.js").Loader<PasskeyModule>["enter"]} enter
 * @returns {(register: boolean, options: unknown, settings: unknown) => Promise<Result>}
 */
export const createRun = (enter) => (register, options, settings) =>
  new Promise((resolve) => {
    const call = createCall();
    const fail = (/** @type {string} */ message) => resolve(failure(register, UNKNOWN_ERROR, message));
    const crash = (/** @type {string} */ reason) => {
      const { statusToken } = call;
      if (!statusToken) return fail(reason + CALL_AGAIN);
      // After consent the cloud may have accepted, so a new instance queries the status. If that fails too, nobody knows.
      const unknown = () => fail(reason + OUTCOME_UNKNOWN);
      enter({ resolve, fail: unknown, crash: unknown }, (module) => module.outcome(register, statusToken, settings));
    };
    enter({ resolve, fail, crash }, (module) =>
      module[register ? "register" : "authenticate"](options, settings, call),
    );
    // A stack overflow before any of the above.
  }).catch((error) => failure(register, UNKNOWN_ERROR, NOT_CALLED + error));
