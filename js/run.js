// Runs a ceremony in the module, and answers in its place where no instance of it does.

import { createCall } from "./call.js";
import { failure } from "./failure.js";

const UNKNOWN = " (the outcome is unknown: let the backend ask the status endpoint before the person is asked again)";

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
    const fail = (/** @type {string} */ message) => resolve(failure(register, 99, message));
    const crash = (/** @type {string} */ reason) => {
      const { statusToken } = call;
      if (!statusToken) return fail(`${reason} (call again)`);
      // After consent the cloud may have accepted, so a fresh instance asks it. Whatever keeps it from that, the crash
      // has left the outcome unknown.
      const lost = () => fail(reason + UNKNOWN);
      enter({ resolve, fail: lost, crash: lost }, (module) => module.outcome(register, statusToken, settings));
    };
    enter({ resolve, fail, crash }, (module) =>
      module[register ? "register" : "authenticate"](options, settings, call),
    );
    // Where there is no stack left even for the above.
  }).catch((error) => failure(register, 99, `The module could not be called: ${error}`));
