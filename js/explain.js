// Explains a result of a ceremony, a push approval or a TOTP code to the user, in the user's language.

import { words } from "./explain-words.js";
import {
  AUTHENTICATION_PROMPT,
  NO_RESPONSE,
  OUTCOME_UNKNOWN,
  REGISTRATION_PROMPT,
  REJECTED,
  STATUS_FAILED,
} from "./messages.js";

/** @typedef {keyof typeof words} Cause */

/** @typedef {Record<string, Cause | null>} Exceptions */

/** @typedef {"en" | "de" | "fr" | "it"} Language */

/**
 * What a page may pass, with types that nobody has checked.
 *
 * @typedef {{
 *   code?: { statusCode?: unknown }, statusCode?: unknown, message?: unknown,
 *   status?: unknown, error?: unknown, success?: unknown, token?: unknown, remaining?: unknown,
 * }} Outcome
 */

/**
 * What to show to the user. Never throws: anything but a documented result or code gets the generic explanation. See
 * explain.d.ts.
 *
 * @type {typeof import("./explain.d.ts").explain}
 */
export function explain(outcome, language) {
  const cause = attempt(() => causeOf(/** @type {Outcome} */ (outcome))) ?? "generic";
  const found = attempt(() => languageOf(language)) ?? attempt(pageLanguage) ?? attempt(browserLanguage) ?? "en";
  // By index: destructuring an array runs its iterator, which a page may have replaced.
  const text = words[cause][found];
  return { title: text[0], advice: text[1] };
}

/**
 * What `step` returns, or undefined if it throws: a page may pass getters and proxies.
 *
 * @template T
 * @param {() => T} step
 */
function attempt(step) {
  try {
    return step();
  } catch {
    return undefined;
  }
}

// ---- From the result to the cause ----

/**
 * The tables have no prototype, because "constructor" is not a code.
 *
 * @type {Record<string, Cause | ((result: Outcome) => Cause | null | undefined) | null>}
 */
const byCode = {
  __proto__: null,

  "success-authentication": "approved",
  "error-0000": "integrationError",
  "error-0001": (result) => byException[exceptionName(result, AUTHENTICATION_PROMPT)],
  "error-0002": finalizationCause,
  "error-0003": "integrationError",
  "error-0004": "integrationError",
  "error-0005": "unsuitableBrowser",
  "error-0099": crashCause,

  "success-registration": "registered",
  "error-1000": "integrationError",
  "error-1001": (result) => byRegistrationException[exceptionName(result, REGISTRATION_PROMPT)],
  "error-1002": finalizationCause,
  "error-1004": "integrationError",
  "error-1005": "unsuitableBrowser",
  "error-1099": crashCause,

  approved: "approved",
  access_denied: "declined",
  timeout: "pushTimeout",
  expired_token: "expired",
  cancelled: "aborted",
  // After the third wrong code no further code is sent, so "enter it again" would be wrong.
  invalid_code: (result) => (result.remaining === 0 ? "tooManyCodes" : "wrongCode"),
  // With attempts left, it was not sent because others were still being verified: no code need be wrong.
  too_many_retries: (result) => (Number(result.remaining) > 0 ? undefined : "tooManyCodes"),
  network_timeout: "unreachable",
  connection_failed: "unreachable",
  user_not_found: "noAccount",
  unknown_user_id: "noAccount",
  no_device_registered: "noDevice",
  temporarily_locked: "locked",
  http_429: "tooOften",
  slow_down: "tooOften",
  unexpected_response: "serviceProblem",
  server_error: "serviceProblem",
  temporarily_unavailable: "serviceProblem",
  invalid_argument: "integrationError",
  invalid_request: "integrationError",
  invalid_client: "integrationError",
  invalid_grant: "integrationError",
  invalid_scope: "integrationError",
  invalid_binding_message: "integrationError",
  unauthorized_client: "integrationError",
  unsupported_grant_type: "integrationError",
  tenant_not_found: "integrationError",
  module_not_loaded: "integrationError",
  module_crashed: "integrationError",
};

/** The code of a response that names none: `http_` and its HTTP status. */
const HTTP_STATUS = /^http_\d{3}$/;

/** @type {Exceptions} */
const byException = {
  __proto__: null,
  NotAllowedError: "dismissed",
  TimeoutError: "tooSlow",
  SecurityError: "rpIdMismatch",
  AbortError: "aborted",
  NotSupportedError: "unsuitableDevice",
  ConstraintError: "unsuitableDevice",
  OperationError: "requestPending",
  // The options are wrong, or the credential is: the same call ends so again.
  TypeError: "integrationError",
  RangeError: "integrationError",
  SyntaxError: "integrationError",
  EncodingError: "integrationError",
  DataError: "integrationError",
};

// TypeScript takes `__proto__` as a property.
const byRegistrationException = /** @type {Exceptions} */ (
  /** @type {unknown} */ ({
    __proto__: byException,
    InvalidStateError: /** @satisfies {Cause} */ ("alreadyRegistered"),
  })
);

/**
 * @param {Outcome} outcome or a string, which has none of its properties
 * @returns {Cause | null | undefined}
 */
function causeOf(outcome) {
  const code = codeOf(outcome);
  if (typeof code !== "string") return undefined;
  const entry = byCode[code] ?? (HTTP_STATUS.test(code) ? "serviceProblem" : undefined);
  const cause = typeof entry === "function" ? entry(outcome) : entry;
  // The user must not read "Approved" if the object contradicts itself.
  const isSuccess = cause === "approved" || cause === "registered";
  const isContradicted = outcome.success !== undefined && outcome.success !== true;
  return isSuccess && isContradicted ? undefined : cause;
}

/**
 * The code of a passkey result, of its `code` property, of a push or TOTP result, or the code itself.
 *
 * @param {string | Outcome} outcome
 */
function codeOf(outcome) {
  if (typeof outcome === "string") return outcome;
  const { code, statusCode, status, error, success, token } = outcome;
  if (code) return code.statusCode;
  if (statusCode) return statusCode;
  if (status && status !== "error") return status;
  return error ?? (success === true && token && typeof token === "string" ? "approved" : undefined);
}

/**
 * The exception's name, which only `message` has: the prefix, then `NAME: text`.
 *
 * @param {Outcome} result
 * @param {string} prefix
 */
function exceptionName(result, prefix) {
  const message = messageOf(result);
  const name = message.startsWith(prefix) && /^\w+(?=:)/.exec(message.slice(prefix.length));
  return name ? name[0] : "";
}

/**
 * By the texts of src/messages.rs. The ends of the message count more than its beginning: a user who retries without a
 * check may do the same thing twice.
 *
 * @param {Outcome} result
 */
function finalizationCause(result) {
  const message = messageOf(result);
  const isUnanswered = message.startsWith(NO_RESPONSE);
  if (message.endsWith(OUTCOME_UNKNOWN)) return isUnanswered ? "connectionLost" : "outcomeUnknown";
  if (message.startsWith(REJECTED) || message.includes(STATUS_FAILED)) return "rejected";
  return isUnanswered ? "unreachable" : undefined;
}

/** @param {Outcome} result */
function crashCause(result) {
  return messageOf(result).endsWith(OUTCOME_UNKNOWN) ? "outcomeUnknown" : "integrationError";
}

/** @param {Outcome} result */
function messageOf({ message }) {
  return typeof message === "string" ? message : "";
}

// ---- The language ----

/**
 * One of the four, by the first subtag of a BCP 47 tag; also with the underscore that some platforms write.
 *
 * @param {unknown} tag
 * @returns {Language | undefined}
 */
function languageOf(tag) {
  return typeof tag === "string"
    ? /** @type {Language | undefined} */ (/^(?:en|de|fr|it)(?=[-_]|$)/i.exec(tag)?.[0].toLowerCase())
    : undefined;
}

function pageLanguage() {
  return languageOf(globalThis.document?.documentElement?.lang);
}

function browserLanguage() {
  for (const tag of globalThis.navigator?.languages ?? []) {
    const language = languageOf(tag);
    if (language) return language;
  }
  return undefined;
}
