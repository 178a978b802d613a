// A failed result where the module is not there to build it.

import { withCause } from "./shared.js";

/**
 * @typedef {import("./index.d.ts").AuthenticationErrorCode | import("./index.d.ts").RegistrationErrorCode} ErrorCode
 */

/**
 * @param {boolean} register
 * @param {readonly { statusCode: ErrorCode, message: string }[]} codes of an approval, then of a registration
 * @param {string} message
 * @param {string} cause
 * @returns {import("./index.d.ts").Failure<ErrorCode>}
 */
export const failure = (register, codes, message, cause) =>
  withCause({ success: false, code: { ...codes[+register] }, message }, cause);
