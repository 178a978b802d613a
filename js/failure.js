// The two results that are needed where the module is not there to build them.

/**
 * @typedef {import("./index.d.ts").AuthenticationErrorCode | import("./index.d.ts").RegistrationErrorCode} ErrorCode
 */

/**
 * @param {boolean} register
 * @param {5 | 99} number
 * @param {string} message
 * @returns {import("./index.d.ts").Failure<ErrorCode>}
 */
export const failure = (register, number, message) => ({
  success: false,
  code: {
    statusCode: /** @type {ErrorCode} */ (`error-${register ? 10 : "00"}${number == 5 ? "05" : number}`),
    message:
      number == 5
        ? "WebAuthn is not supported by this browser."
        : `Unknown error while ${register ? "registration" : "authentication"}.`,
  },
  message,
});
