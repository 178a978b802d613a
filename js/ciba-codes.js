// The codes of a push approval and of TOTP, and some of them in words for a person, as AuthSec's documentation has them.

/** By their numbers in src/ciba/status.rs. 0 is success. */
export const CODES = [
  "approved",
  "access_denied",
  "timeout",
  "expired_token",
  "cancelled",
  "invalid_code",
  "too_many_retries",
  "network_timeout",
  "connection_failed",
  "invalid_request",
];

/**
 * Whether a code, by its number, is a poll's status of its own, and no error.
 *
 * @param {number} number
 */
export const isStatus = (number) => number < 5;

/**
 * No prototype: "constructor" is no code.
 *
 * @type {Record<string, string | null>}
 */
const words = {
  __proto__: null,
  access_denied: "You rejected the authentication request. Please try again.",
  timeout: "Request timed out. Please ensure your phone is nearby and try again.",
  expired_token: "Request expired. Starting a new authentication...",
  invalid_code: "Invalid code. Please check your authenticator app.",
  too_many_retries: "Too many failed attempts. Please wait a moment and try again.",
  network_timeout: "Network issue detected. Please check your connection.",
  connection_failed: "Cannot reach authentication server. Please try again later.",
};

/** @type {typeof import("./ciba.d.ts").getUserFriendlyError} */
export const getUserFriendlyError = (code) => words[code] ?? `An error occurred: ${code}`;
