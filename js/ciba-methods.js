// The methods by the numbers that the module knows, and what each resolves to.

/**
 * @import {
 *   ErrorCode, InitiationResult, PollResult, SafeResult, TotpResult
 * } from "./ciba.d.ts"
 */

/**
 * What each method resolves to, by its number.
 *
 * @typedef {[InitiationResult, TotpResult, PollResult, SafeResult, string | null, string | null]} Results
 */

/** @typedef {0 | 1 | 2 | 3 | 4 | 5} Method */

/**
 * A request that the server has accepted.
 *
 * @typedef {Pick<import("./ciba.d.ts").InitiatedRequest, "auth_req_id" | "expires_in" | "interval">} Request
 */

export const INITIATE = 0;
export const VERIFY = 1;
export const POLL = 2;
export const SAFE = 3;
export const RETRY = 4;
export const FALLBACK = 5;

/**
 * With the request that the server has accepted, or the token; a server may say no more than that a code is right.
 *
 * @template {Method} M
 * @param {M} method
 * @param {Request | undefined} request of `INITIATE` alone
 * @param {string | null} [token]
 */
export const succeeded = (method, request, token = null) =>
  /** @type {Results} */ ([
    request,
    { success: true, token, remaining: 3 },
    { status: "approved", token },
    { success: true, token },
    token,
    token,
  ])[method];

/**
 * With a code and, where the module told it, how many wrong TOTP codes are left and whether it is a poll's status.
 *
 * @template {Method} M
 * @param {M} method
 * @param {ErrorCode} error
 */
export const failed = (method, error, remaining = 3, isStatus = false) => {
  const refused = { success: false, error };
  return /** @type {Results} */ ([
    refused,
    { ...refused, remaining },
    isStatus ? { status: error } : { status: "error", error },
    refused,
    null,
    null,
  ])[method];
};
