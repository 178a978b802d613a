// Finds the words with which a page tells a person how a ceremony or a push approval ended.

import { words } from "./explain-words.js";

/** @typedef {keyof typeof words} Cause */

/** @typedef {Record<string, Cause | null>} Exceptions */

/** @typedef {"en" | "de" | "fr" | "it"} Language */

/**
 * What a page may hand over, whose types nobody has checked.
 *
 * @typedef {{
 *   code?: { statusCode?: unknown }, statusCode?: unknown, message?: unknown,
 *   status?: unknown, error?: unknown, success?: unknown, token?: unknown, remaining?: unknown,
 * }} Outcome
 */

/**
 * What to show to a person after a ceremony or a push approval. Never throws; anything that is no
 * documented result or code gets the generic explanation. See explain.d.ts.
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
 * Results are read as a page hands them over: a getter or a proxy in them may throw.
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
 * No prototype in the tables: "constructor" is no code.
 *
 * @type {Record<string, Cause | ((result: Outcome) => Cause | null | undefined) | null>}
 */
const byCode = {
  __proto__: null,

  "success-authentication": "approved",
  "error-0000": "ours",
  "error-0001": (result) => byException[/** @type {string} */ (exceptionIn(result))],
  "error-0002": finalizationCause,
  "error-0003": "ours",
  "error-0004": "ours",
  "error-0005": "unsuitableBrowser",
  "error-0099": crashCause,

  "success-registration": "registered",
  "error-1000": "ours",
  "error-1001": (result) => byRegistrationException[/** @type {string} */ (exceptionIn(result))],
  "error-1002": finalizationCause,
  "error-1004": "ours",
  "error-1005": "unsuitableBrowser",
  "error-1099": crashCause,

  approved: "approved",
  access_denied: "declined",
  timeout: "phoneSilent",
  expired_token: "expired",
  cancelled: "ended",
  // After the third miss a further code is not even sent, so "enter it again" would be wrong.
  invalid_code: (result) => (result.remaining === 0 ? "tooManyCodes" : "wrongCode"),
  too_many_retries: "tooManyCodes",
  network_timeout: "unreachable",
  connection_failed: "unreachable",
};

/** @type {Exceptions} */
const byException = {
  __proto__: null,
  NotAllowedError: "dismissed",
  TimeoutError: "tooSlow",
  SecurityError: "wrongAddress",
  AbortError: "ended",
  NotSupportedError: "unsuitableDevice",
  ConstraintError: "unsuitableDevice",
};

// TypeScript takes `__proto__` for a property.
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
  const entry = byCode[code];
  const cause = typeof entry === "function" ? entry(outcome) : entry;
  // A person must not read "Approved" over an object that contradicts itself.
  const good = cause === "approved" || cause === "registered";
  const contradicted = outcome.success !== undefined && outcome.success !== true;
  return good && contradicted ? undefined : cause;
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
 * The exception's name is in `message` and nowhere else: `Error while trying to authenticate. NAME: text`.
 *
 * @param {Outcome} result
 */
function exceptionIn(result) {
  return /^Error while trying to (?:authenticate|create new credential)\. (\w+):/.exec(messageOf(result))?.[1];
}

/**
 * The module writes "refused", "no answer" and "outcome is unknown". What comes after is quoted from the cloud or the
 * browser, so of "refused" and "no answer" the first one counts; an unknown outcome counts wherever it stands, since
 * a person who tries again without a look may do the same thing twice.
 *
 * @param {Outcome} result
 */
function finalizationCause(result) {
  const message = messageOf(result);
  const found = /(refused)|no answer|failed to fetch|load failed|networkerror|typeerror/i.exec(message);
  const unanswered = found && !found[1];
  if (outcomeIsUnknown(message)) return unanswered ? "connectionLost" : "outcomeUnknown";
  return found ? (unanswered ? "unreachable" : "refused") : undefined;
}

/** @param {Outcome} result */
function crashCause(result) {
  return outcomeIsUnknown(messageOf(result)) ? "outcomeUnknown" : "ours";
}

/** @param {string} message */
function outcomeIsUnknown(message) {
  return /outcome is unknown/i.test(message);
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
