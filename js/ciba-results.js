// The result of a method of `CIBAClient` that failed. src/ciba/exports.rs makes it by this function too, since here it is
// needed where no instance of the module runs.

/** @import { ErrorCode, ErrorResult } from "./ciba.d.ts" */

/**
 * The server's own words, or ours about an argument.
 *
 * @typedef {Pick<ErrorResult, "error_description" | "message">} Words
 */

/**
 * @param {ErrorCode} error
 * @param {Words} [words]
 * @returns {ErrorResult}
 */
const refused = (error, words) => ({ success: false, error, ...words });

const RESULTS = {
  /** @type {null} */
  __proto__: null,
  initiateAppApproval: refused,
  /**
   * @param {ErrorCode} error
   * @param {Words} [words]
   */
  pollForApproval: (error, words) => ({ status: "error", error, ...words }),
  /**
   * @param {ErrorCode} error
   * @param {Words | undefined} words
   * @param {number} remaining
   */
  verifyTotp: (error, words, remaining) => ({ ...refused(error, words), remaining }),
  safeAuthenticate: refused,
  authenticateWithRetry: () => null,
  authenticateWithFallback: () => null,
};

/** @typedef {Exclude<keyof typeof RESULTS, "__proto__">} Method */

/**
 * @param {Method} method
 * @param {ErrorCode} error
 * @param {Words} [words]
 * @param {number} [remaining] how many wrong TOTP codes the email has left
 */
export const failed = (method, error, words, remaining = 3) => RESULTS[method](error, words, remaining);
