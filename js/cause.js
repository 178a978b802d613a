// The entry `webauthn-result/cause`: why a call ended as it did, and what a page does next.

import { codeOf } from "./cause-code.js";
import { ALIASES, CAUSES, EXCEPTIONS, MESSAGES, SILENT } from "./cause-tables.js";
import { sharedName } from "./shared.js";

/** @import { Consequence } from "./cause.d.ts" */
/** @import { Outcome } from "./cause-code.js" */

/**
 * The key of the words that `word` is one of.
 *
 * @param {Record<string, string>} groups
 * @param {string | undefined} word
 */
const keyOf = (groups, word) =>
  Object.keys(groups).find((key) => groups[key].split(" ").includes(/** @type {string} */ (word)));

/**
 * What the module has said of this result. Of a copy it has said nothing.
 *
 * @param {Outcome} result
 */
const knownCause = (result) => {
  const shared = /** @type {Record<symbol, any>} */ (globalThis)[sharedName()];
  const cause = shared.causes.get(result);
  return keyOf(CAUSES, cause) && cause;
};

/**
 * The cause of a passkey result, by its code and its message.
 *
 * @param {boolean} register
 * @param {string} digit the last of the code
 * @param {string} message
 */
const causeOfMessage = (register, digit, message) => {
  for (const { 0: digits, 1: text, 2: cause } of MESSAGES)
    if (digits.includes(digit) && text.test(message)) return cause;
  // After the words of ours that introduce it.
  const name = /^[^.]+\. (\w+)Error:/.exec(message)?.[1];
  return register && name == "InvalidState" ? "alreadyRegistered" : keyOf(EXCEPTIONS, name);
};

/** @param {Outcome} outcome */
const derivedCause = (outcome) => {
  const code = codeOf(outcome);
  if (!code) return;
  const own = /^error-([01])0\d(\d)$/.exec(code);
  if (own) return causeOfMessage(own[1] == "1", own[2], `${outcome.message}`);
  // A server's code may have the name of one of the module's causes.
  const cause = keyOf(ALIASES, code) ?? (/_|^timeout|^cancelled/.test(code) && keyOf(CAUSES, code) ? code : undefined);
  const { error, success = true } = outcome;
  // A success. An object that contradicts itself must not count as one.
  if (keyOf(CAUSES, cause) == "none" && (error || success !== true)) return;
  // No attempt is left.
  if (cause == "invalid_code" && outcome.remaining === 0) return "too_many_retries";
  return cause ?? (/^http_(408|429|5)/.test(code) ? "unreachable" : "serverError");
};

/**
 * What `step` returns, or undefined if it throws: a page may pass getters and proxies, and patch what this file calls.
 *
 * @template T
 * @param {() => T} step
 */
const attempt = (step) => {
  try {
    return step();
  } catch {}
};

/**
 * See cause.d.ts. Never throws.
 *
 * @type {typeof import("./cause.d.ts").causeOf}
 */
export const causeOf = (outcome) => {
  const result = /** @type {Outcome} */ (outcome);
  const cause = attempt(() => knownCause(result)) ?? attempt(() => derivedCause(result)) ?? "unknown";
  const next = attempt(() => keyOf(CAUSES, cause)) ?? "retry";
  return /** @type {Consequence} */ ({ cause, silent: !!attempt(() => SILENT.includes(cause)), next });
};
