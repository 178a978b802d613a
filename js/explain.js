// Explains a result of a ceremony, a push approval or a TOTP code to the user, in the user's language.

import { causeOf } from "./cause.js";
import { codeOf } from "./cause-code.js";
import { words } from "./explain-words.js";

/** @import { Consequence } from "./cause.d.ts" */
/** @import { Outcome } from "./cause-code.js" */
/** @import { Shared } from "./explain-words.js" */

/** @typedef {"en" | "de" | "fr" | "it"} Language */

/**
 * What to show to the user. Never throws: anything but a documented result or code gets the generic explanation. See
 * explain.d.ts.
 *
 * @type {typeof import("./explain.d.ts").explain}
 */
export function explain(given, language) {
  const outcome = attempt(() => resultOf(given)) ?? given;
  const consequence = causeOf(outcome);
  const texts = attempt(() => textsOf(outcome, consequence)) ?? words.generic;
  const found = attempt(() => languageOf(language)) ?? attempt(pageLanguage) ?? attempt(browserLanguage) ?? "en";
  // By index: destructuring an array runs its iterator, which a page may have replaced.
  const text = texts[found];
  return { title: text[0], advice: text[1], cause: consequence.cause };
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

// ---- The texts ----

/**
 * What these codes say beyond their cause, which is that the server cannot respond now.
 *
 * @type {Record<string, Shared | null>}
 */
const unreachable = {
  __proto__: null,
  http_429: "tooOften",
  slow_down: "tooOften",
  server_error: "serviceProblem",
  temporarily_unavailable: "serviceProblem",
};

/**
 * @param {Outcome} outcome or a string
 * @param {Consequence} consequence
 */
function textsOf(outcome, { cause, next }) {
  if (cause === "unknown_user_id") return words.user_not_found;
  // With attempts left, the code was not sent, because others were still being verified.
  if (cause === "too_many_retries" && Number(outcome.remaining) > 0) return words.codesInCheck;
  if (cause === "unreachable") {
    const code = `${codeOf(outcome)}`;
    const beyond = unreachable[code] ?? (/^http_5/.test(code) ? "serviceProblem" : cause);
    return words[beyond];
  }
  return words[cause] ?? words[next === "fixCode" ? "integrationError" : "generic"];
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
