// Runs a ceremony in the module, and answers in its place where no instance of it does.

import { failure } from "./failure.js";

const UNKNOWN = " (the outcome is unknown: let the backend ask the status endpoint before the person is asked again)";

/** @param {(call, begin: (module) => Promise) => void} enter of the loader */
export const createRun = (enter) => (register, options, settings) =>
  new Promise((resolve) => {
    let consented;
    const fail = (message) => resolve(failure(register, 99, message));
    const crash = (reason) => {
      if (!consented) return fail(`${reason} (call again)`);
      // After consent the cloud may have accepted, so a fresh instance asks it. Whatever keeps it from that, the crash
      // has left the outcome unknown.
      const lost = () => fail(reason + UNKNOWN);
      enter({ resolve, fail: lost, crash: lost }, (module) => module.recover(register, options, settings));
    };
    // What is no function, or no object of settings at all, Rust refuses by its documented code.
    if (typeof settings == "object") {
      const report = settings.onProgress ?? (() => {});
      if (typeof report == "function")
        settings.onProgress = (stage) => {
          consented = stage != "prompting";
          report(stage);
        };
    }
    enter({ resolve, fail, crash }, (module) =>
      register ? module.register(options, settings) : module.authenticate(options, settings),
    );
    // Where there is no stack left even for the above.
  }).catch((error) => failure(register, 99, `The module could not be called: ${error}`));
