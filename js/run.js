// Runs a ceremony in the module, and answers in its place where no instance of it does.

import { createCall } from "./call.js";
import { failure } from "./failure.js";

const UNKNOWN = " (the outcome is unknown: let the backend ask the status endpoint before the person is asked again)";

/** @typedef {import("./call.js").Result} Result */

/**
 * The functions that the module exports, see src/exports.rs.
 *
 * @typedef {object} PasskeyModule
 * @property {(call: import("./call.js").Call, register: boolean) => void} run
 * @property {(call: import("./call.js").Call, register: boolean) => void} recover
 */

/**
 * @param {import("./loader.js").Loader<PasskeyModule>["enter"]} enter
 * @returns {(register: boolean, options: unknown, settings: unknown) => Promise<Result>}
 */
export const createRun = (enter) => (register, options, settings) =>
  new Promise((resolve) => {
    const call = createCall(register, options, settings);
    const begin = (/** @type {keyof PasskeyModule} */ entry) => (/** @type {PasskeyModule} */ module) =>
      new Promise((answer) => {
        call.answer = answer;
        module[entry](call, register);
      });
    const fail = (/** @type {string} */ message) => resolve(failure(register, 99, message));
    const crash = (/** @type {string} */ reason) => {
      if (!call.hasConsented) return fail(`${reason} (call again)`);
      // After consent the cloud may have accepted, so a fresh instance asks it. Whatever keeps it from that, the crash
      // has left the outcome unknown.
      const lost = () => fail(reason + UNKNOWN);
      enter({ resolve, fail: lost, crash: lost }, begin("recover"));
    };
    enter({ resolve, fail, crash }, begin("run"));
    // Where there is no stack left even for the above.
  }).catch((error) => failure(register, 99, `The module could not be called: ${error}`));
