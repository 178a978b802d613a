// The entry `webauthn-result/cause`: why a call ended as it did, and what a page does next.

import { ALIASES, CAUSES, EXCEPTIONS, MESSAGES, SILENT } from "./cause-tables.js";
import { sharedName } from "./shared.js";

/** @import { Consequence } from "./cause.d.ts" */

/**
 * What a page may pass. The types are not checked: what is no string is no code, or throws.
 *
 * @typedef {{
 *   code?: { statusCode?: string }, message?: unknown,
 *   status?: string, error?: string, success?: boolean, token?: string, remaining?: unknown,
 * }} Outcome
 */

/**
 * A map from each word of the values to the key.
 *
 * @param {Record<string, string>} groups
 */
const invert = (groups) =>
  new Map(Object.entries(groups).flatMap(([key, words]) => words.split(" ").map((word) => [word, key])));

const nexts = invert(CAUSES);
const exceptions = invert(EXCEPTIONS);
const aliases = invert(ALIASES);

/**
 * What the module has said of this result. Of a copy it has said nothing.
 *
 * @param {Outcome} result
 */
const knownCause = (result) => {
  const shared = /** @type {Record<symbol, any>} */ (globalThis)[sharedName()];
  const cause = shared.causes.get(result);
  return nexts.has(cause) ? cause : undefined;
};

/**
 * The code of a passkey result, of a push or TOTP result, or the code itself.
 *
 * @param {string | Outcome} outcome
 */
const codeOf = (outcome) => {
  if (typeof outcome == "string") return outcome;
  const { code, status, error, success, token } = outcome;
  if (code) return code.statusCode;
  if (status && status !== "error") return status;
  return error ?? (success === true && token?.[0] ? "approved" : undefined);
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
  return register && name == "InvalidState" ? "alreadyRegistered" : exceptions.get(`${name}`);
};

/** @param {Outcome} outcome */
const derivedCause = (outcome) => {
  const code = codeOf(outcome);
  if (!code) return;
  const { 1: ceremony, 2: digit } = /^error-([01])0\d(\d)$/.exec(code) ?? [];
  if (digit) return causeOfMessage(ceremony == "1", digit, `${outcome.message}`);
  // A server's code may have the name of one of the module's causes.
  const cause = aliases.get(code) ?? (/_|^timeout|^cancelled/.test(code) && nexts.has(code) ? code : undefined);
  // A success. An object that contradicts itself must not count as one.
  if (nexts.get(`${cause}`) == "none" && (outcome.success ?? true) !== true) return;
  // No attempt is left.
  if (cause == "invalid_code" && outcome.remaining === 0) return "too_many_retries";
  return cause ?? (/^http_(408|429|5)/.test(code) ? "unreachable" : "serverError");
};

/**
 * See cause.d.ts. Never throws, whatever a page passes: getters, proxies.
 *
 * @type {typeof import("./cause.d.ts").causeOf}
 */
export const causeOf = (outcome) => {
  const result = /** @type {Outcome} */ (outcome);
  /** @type {string | undefined} */
  let cause;
  for (const find of [knownCause, derivedCause])
    try {
      cause ??= find(result);
    } catch {}
  cause ??= "unknown";
  return /** @type {Consequence} */ ({ cause, silent: SILENT.includes(cause), next: nexts.get(cause) });
};
