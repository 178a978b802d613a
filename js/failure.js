// A failed result where the module is not there to build it.

/**
 * @typedef {import("./index.d.ts").AuthenticationErrorCode | import("./index.d.ts").RegistrationErrorCode} ErrorCode
 */

/**
 * @param {boolean} register
 * @param {readonly { statusCode: ErrorCode, message: string }[]} codes of an approval, then of a registration
 * @param {string} message
 * @returns {import("./index.d.ts").Failure<ErrorCode>}
 */
export const failure = (register, codes, message) => ({
  success: false,
  code: { ...codes[+register] },
  message,
});
