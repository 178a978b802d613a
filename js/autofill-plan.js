// When autofill starts another transaction, and what follows from a result: decisions alone, without timers.

/** @import { AuthenticationResult } from "./index.d.ts" */

/** The lifetime of a transaction whose approval does not say it, in milliseconds. */
export const DEFAULT_LIFETIME = 24e4;

/** The longest pause after a failure, in milliseconds, without its random part. */
export const LONGEST_PAUSE = 3e5;

/**
 * After how many milliseconds the request is renewed: 80 % of the lifetime of its transaction, between 10 seconds and a day.
 * The lifetime is the shorter of the prompt's timeout and that of the statusToken, with which a page can also ask for the
 * outcome afterwards.
 *
 * @param {any} approval unchecked
 */
export const renewalTime = (approval) => {
  let lifetime = Infinity;
  const limit = (/** @type {() => number} */ read) => {
    try {
      const ms = read();
      if (ms > 0) lifetime = Math.min(lifetime, ms);
    } catch {}
  };
  limit(() => approval.credentialRequestOptions.timeout);
  limit(() => {
    const payload = approval.statusToken.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
    const { iat, exp } = JSON.parse(atob(payload));
    // By its issue: the clock of this computer may be wrong.
    return exp * 1e3 - (iat ? iat * 1e3 : Date.now());
  });
  return Math.min(Math.max((lifetime < Infinity ? lifetime : DEFAULT_LIFETIME) * 0.8, 1e4), 864e5);
};

/**
 * How long it pauses after a failure, in milliseconds. The random part spreads the pages of many users; a page may have broken it.
 *
 * @param {number} failures before it, one after the other
 */
export const pauseAfter = (failures) =>
  Math.min(1e3 * 2 ** failures, LONGEST_PAUSE) * (1 + Math.random() / 2) || LONGEST_PAUSE;

/**
 * What follows from a result:
 *
 * - `succeeded`: the page gets it, and autofill ends;
 * - `failed`: so too, because every other call would fail likewise;
 * - `rejected`: the user picked a passkey in vain, so the page gets it, and autofill starts another transaction;
 * - `superseded`: another call took over, so autofill waits until that one has ended;
 * - `aborted`: by autofill itself, or by `cancel()`;
 * - `retry`: the user or the browser ended the request, or it could not begin.
 *
 * @param {AuthenticationResult} result
 * @param {unknown} cause as the module said it; undefined if it did not
 */
export const consequenceOf = ({ success, code: { statusCode } }, cause) => {
  if (success) return "succeeded";
  // After a crash, too: error-0099.
  if (statusCode == "error-0002" || cause == "outcomeUnknown" || cause == "refused") return "rejected";
  if (/0[0345]$/.test(statusCode) || /^(invalid|wrongD|unsuit)/.test(`${cause}`)) return "failed";
  return cause == "superseded" || cause == "aborted" ? cause : "retry";
};
