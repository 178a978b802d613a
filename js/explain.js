// Explains a result of a ceremony, a push approval or a TOTP code to the user, in the user's language.

import { causeOf } from "./cause.js";
import { codeOf } from "./cause-code.js";
import { words } from "./explain-words.js";

/** @import { Cause } from "./cause.d.ts" */
/** @import { Outcome } from "./cause-code.js" */
/** @import { ExplainOptions, ExplanationKey, ExplanationText } from "./explain.d.ts" */
/** @import { Language } from "./explain-words.js" */

/**
 * What to show to the user. Never throws: anything but a documented result or code gets the generic explanation, and words
 * of the page that are not of the documented form count as missing. See explain.d.ts.
 *
 * @type {typeof import("./explain.d.ts").explain}
 */
export function explain(given, options) {
  const outcome = attempt(() => resultOf(given)) ?? given;
  const { cause, next } = causeOf(outcome);
  const own = attempt(() => /** @type {ExplainOptions} */ (options).words);
  const key = attempt(() => keyOf(outcome, cause)) ?? cause;
  const shared = sharedKeyOf(key, next);
  /** @param {unknown} tag */
  const textIn = (tag) =>
    attempt(() => ownText(own, tag, key, shared)) ?? attempt(() => words[languageOf(tag)][shared]);
  const { title, advice } =
    textIn(attempt(() => (typeof options === "string" ? options : options?.language))) ??
    textIn(attempt(() => globalThis.document?.documentElement?.lang)) ??
    attempt(() => firstOf(globalThis.navigator.languages, textIn)) ??
    textIn("en") ??
    words.en[shared];
  return { title, advice, cause };
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

/**
 * The result that has this `code`, or what was given.
 *
 * @param {any} given
 */
function resultOf(given) {
  return given.statusCode && !given.code ? { success: given.success, code: given } : given;
}

// ---- The key of the text ----

/**
 * What these codes say beyond their cause, which is that the server cannot respond now.
 *
 * @type {Record<string, ExplanationKey | null>}
 */
const unreachable = {
  __proto__: null,
  http_429: "tooOften",
  slow_down: "tooOften",
  server_error: "serviceProblem",
  temporarily_unavailable: "serviceProblem",
};

/**
 * What the outcome says beyond its cause, or the cause.
 *
 * @param {Outcome} outcome or a string
 * @param {Cause} cause
 */
function keyOf(outcome, cause) {
  // With attempts left, the code was not sent, because others were still being verified.
  if (cause === "too_many_retries" && Number(outcome.remaining) > 0) return "codesInCheck";
  if (cause !== "unreachable") return cause;
  const code = `${codeOf(outcome)}`;
  return unreachable[code] ?? (/^http_5/.test(code) ? "serviceProblem" : cause);
}

/**
 * The key whose text is shown for this one.
 *
 * @param {Cause | ExplanationKey} key
 * @param {string} next
 * @returns {ExplanationKey}
 */
function sharedKeyOf(key, next) {
  if (key in words.en) return /** @type {ExplanationKey} */ (key);
  if (key === "unknown_user_id") return "user_not_found";
  return next === "fixCode" ? "integrationError" : "generic";
}

// ---- The text in a language ----

/**
 * The page's own text in the most specific of its languages that is the tag's and has one.
 *
 * @param {ExplainOptions["words"]} own
 * @param {unknown} tag
 * @param {Cause | ExplanationKey} key
 * @param {ExplanationKey} shared
 */
function ownText(own, tag, key, shared) {
  if (!own || typeof tag !== "string") return undefined;
  const wanted = `${normalize(tag)}-`;
  const languages = Object.keys(own)
    .filter((name) => wanted.startsWith(`${normalize(name)}-`))
    .sort((one, other) => other.length - one.length);
  return firstOf(languages, (name) => wellFormed(own[name]?.[key]) ?? wellFormed(own[name]?.[shared]));
}

/**
 * A BCP 47 tag, also with the underscore that some platforms write.
 *
 * @param {string} tag
 */
const normalize = (tag) => tag.toLowerCase().replaceAll("_", "-");

/**
 * A copy: what the page passes may have getters.
 *
 * @param {ExplanationText | undefined} text
 */
function wellFormed(text) {
  const { title, advice } = text ?? {};
  return title && advice && typeof title === "string" && typeof advice === "string" ? { title, advice } : undefined;
}

/**
 * The first subtag of a BCP 47 tag.
 *
 * @param {unknown} tag
 */
function languageOf(tag) {
  return /** @type {Language} */ (typeof tag === "string" ? normalize(tag).split("-", 1)[0] : "");
}

/**
 * The first result of `find` that is not undefined. It may throw, and then counts as undefined.
 *
 * @template T
 * @param {readonly string[]} names
 * @param {(name: string) => T | undefined} find
 */
function firstOf(names, find) {
  // By index: a loop over the values runs the iterator, which a page may have replaced.
  for (let index = 0; index < names.length; index++) {
    const found = attempt(() => find(names[index]));
    if (found) return found;
  }
  return undefined;
}
