// The result of a method of `CIBAClient` that failed. src/ciba/exports.rs makes it by this function too, since here it is
// needed where no instance of the module runs.

/** @import { ErrorCode, ErrorResult } from "./ciba.d.ts" */

/**
 * @param {ErrorCode} error
 * @returns {ErrorResult}
 */
const refused = (error) => ({ success: false, error });

const RESULTS = {
  /** @type {null} */
  __proto__: null,
  initiateAppApproval: refused,
  /** @param {ErrorCode} error */
  pollForApproval: (error) => ({ status: "error", error }),
  /**
   * @param {ErrorCode} error
   * @param {number} remaining
   */
  verifyTotp: (error, remaining) => ({ ...refused(error), remaining }),
  safeAuthenticate: refused,
  authenticateWithRetry: () => null,
  authenticateWithFallback: () => null,
};

/** @typedef {Exclude<keyof typeof RESULTS, "__proto__">} Method */

/**
 * @param {Method} method
 * @param {ErrorCode} error
 * @param {number} [remaining] how many wrong TOTP codes the email has left
 */
export const failed = (method, error, remaining = 3) => RESULTS[method](error, remaining);
