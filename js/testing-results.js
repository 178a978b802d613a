// `results` of `webauthn-result/testing`: what the functions of the package resolve to, by cause.

import { causeOf } from "./cause.js";
import { failed } from "./ciba-results.js";
import { withCause } from "./shared.js";
import { CODES, FAILURES, SUCCESSES, TEXTS } from "./testing-tables.js";

/** @import { FailureOptions, PushOptions, TotpOptions } from "./testing.d.ts" */

/** In place of a transaction token, or of an access token: visibly none. */
export const TOKEN = "fake-token";

/** The statuses of a poll, which are no errors there. */
const STATUSES = ["access_denied", "timeout", "expired_token", "cancelled"];
/** The causes that only a code has. */
const OF_CODES = ["invalid_code", "too_many_retries"];

/**
 * What a test asked for that the module never returns.
 *
 * @param {string} name
 * @param {string} why
 */
const mistake = (name, why) => new TypeError(`results.${name}: ${why}`);

/** @param {string} statusCode */
const isOfRegistration = (statusCode) => /^(error-1|success-r)/.test(statusCode);

/** @param {string} cause */
const createFailure = (cause) => {
  const rows = FAILURES.filter((row) => row[0] == cause);
  // Of `authenticate`, where both ceremonies have it.
  const usual = rows.some((row) => !isOfRegistration(row[1])) ? "authentication" : "registration";
  return (/** @type {string | FailureOptions | undefined} */ given) => {
    const { ceremony, statusCode, exception, reason } =
      typeof given == "string" ? /** @type {FailureOptions} */ ({ reason: given }) : (given ?? {});
    const ofRegistration = statusCode ? isOfRegistration(statusCode) : (ceremony ?? usual) == "registration";
    const row = rows.find(
      (row) =>
        isOfRegistration(row[1]) == ofRegistration &&
        (!statusCode || row[1] == statusCode) &&
        (!exception || row[5] == exception),
    );
    if (!row) throw mistake(cause, `the module returns no such result (${JSON.stringify(given)})`);
    const { 1: code, 2: start, 3: usualReason, 4: end } = row;
    if (usualReason == null && reason != null) throw mistake(cause, `its message is always the same, without a reason`);
    const message = start + (reason ?? usualReason ?? "") + end;
    return withCause({ success: false, code: { statusCode: code, message: TEXTS[code] }, message }, cause);
  };
};

const createSuccess =
  (/** @type {string} */ cause, /** @type {string} */ statusCode, /** @type {string} */ message) =>
  (/** @type {{ token?: string } | undefined} */ options) =>
    withCause({ success: true, code: { statusCode, message }, token: options?.token ?? TOKEN }, cause);

/**
 * The code of a result of push or TOTP.
 *
 * @param {string} cause
 * @param {string | undefined} code
 */
const codeOf = (cause, code) => code ?? CODES.find((row) => row[0] == cause)?.[1].split(" ")[0] ?? cause;

/** @param {PushOptions | TotpOptions} options */
const wordsOf = ({ error_description, message }) => ({
  ...(error_description != null && { error_description }),
  ...(message != null && { message }),
});

/**
 * The same result, if its cause is that by which it was made.
 *
 * @template {Parameters<typeof causeOf>[0]} Result
 * @param {string} name
 * @param {string} cause
 * @param {Result} result
 */
const checked = (name, cause, result) => {
  const actual = causeOf(result).cause;
  if (actual !== cause) throw mistake(`${name}.${cause}`, `the cause of ${JSON.stringify(result)} is ${actual}`);
  return result;
};

const createPush = (/** @type {string} */ cause) => (/** @type {PushOptions | undefined} */ given) => {
  const options = given ?? {};
  const method = options.method ?? "pollForApproval";
  const make = () => {
    const token = options.token ?? TOKEN;
    const code = codeOf(cause, options.code);
    const isStatus = cause == "approved" || STATUSES.includes(code);
    if (isStatus && method == "initiateAppApproval") throw mistake(`push.${cause}`, `${method} has no such result`);
    if (cause == "approved") return method == "pollForApproval" ? { status: code, token } : { success: true, token };
    return isStatus && method == "pollForApproval" ? { status: code } : failed(method, code, wordsOf(options));
  };
  return checked("push", cause, make());
};

/** How many attempts are left, where that is not all of them. */
const REMAINING = /** @type {Record<string, number>} */ ({ invalid_code: 2, too_many_retries: 0 });

const createTotp = (/** @type {string} */ cause) => (/** @type {TotpOptions | undefined} */ given) => {
  const options = given ?? {};
  const { token = TOKEN, remaining = REMAINING[cause] ?? 3 } = options;
  return checked(
    "totp",
    cause,
    cause == "approved"
      ? { success: true, token, remaining: 3 }
      : failed("verifyTotp", codeOf(cause, options.code), wordsOf(options), remaining),
  );
};

/**
 * @template Made
 * @param {readonly string[]} causes
 * @param {(cause: string) => Made} create
 * @returns {Record<string, Made>}
 */
const byCause = (causes, create) => Object.fromEntries(causes.map((cause) => [cause, create(cause)]));

const createResults = () => {
  const codes = ["approved", ...CODES.map((row) => row[0])];
  const push = byCause(
    codes.filter((cause) => !OF_CODES.includes(cause)),
    createPush,
  );
  return {
    ...Object.fromEntries(SUCCESSES.map(([cause, code, text]) => [cause, createSuccess(cause, code, text)])),
    ...byCause([...new Set(FAILURES.map((row) => row[0]))], createFailure),
    push: {
      ...push,
      initiated: (/** @type {object | undefined} */ request) => ({
        auth_req_id: "fake-request",
        expires_in: 300,
        interval: 5,
        ...request,
      }),
    },
    totp: byCause(
      codes.filter((cause) => !STATUSES.includes(cause)),
      createTotp,
    ),
  };
};

/** See testing.d.cts. */
export const results = /** @type {typeof import("./testing.d.ts").results} */ (
  /** @type {unknown} */ (/* @__PURE__ */ createResults())
);
