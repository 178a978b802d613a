// Where the code of a result is.

/**
 * What a page may pass. The types are not checked: what is no string is no code, or throws.
 *
 * @typedef {{
 *   code?: { statusCode?: string }, message?: unknown,
 *   status?: string, error?: string, success?: boolean, token?: string, remaining?: unknown,
 * }} Outcome
 */

/**
 * The code of a passkey result, of a push or TOTP result, or the code itself.
 *
 * @param {string | Outcome} outcome
 */
export const codeOf = (outcome) => {
  if (typeof outcome == "string") return outcome;
  const { code, status, error, success, token } = outcome;
  if (code) return code.statusCode;
  if (status && status !== "error") return status;
  return error ?? (success === true && token?.[0] ? "approved" : undefined);
};
