// Codes of push and TOTP in words for a user, as AuthSec's documentation has them: docs/contract.md, section B4.

/**
 * No prototype: "constructor" is not a code.
 *
 * @type {Record<string, string | null>}
 */
const WORDS = {
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
export const getUserFriendlyError = (code) => WORDS[code] ?? `An error occurred: ${code}`;
