// Calls the package, and shows each call as code from the same argument and settings.

import { authenticate, configure, outcome, register } from "/pkg/index.js";
import { formatCall } from "./snippets.js";

const functions = { authenticate, register, outcome };
let defaults = {};

/** `configure` of the package. */
export function configureModule(settings) {
  defaults = settings;
  configure(settings);
}

/**
 * Calls `authenticate`, `register` or `outcome`. Resolves to the result object.
 *
 * @param {"authenticate" | "register" | "outcome"} name
 * @param {any} argument
 * @param {object} settings
 * @param {{ onCode: (code: string) => void, from?: string, note?: string, run?: (name: string, argument: object) => any }} context
 *   `run` makes the call, if not the page itself
 */
export function callModule(name, argument, settings, { onCode, from = "approval", note, run }) {
  onCode(formatCall(name, argument, settings, { defaults, from, note }));
  /** @type {(argument: any, settings: object) => Promise<any>} */
  const call = functions[name];
  return run ? run(name, argument) : call(argument, settings);
}
