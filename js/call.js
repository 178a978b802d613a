// A call of the page, as far as it outlives the instance of the module that runs it.

import { NullRecord } from "./null-record.js";
import { withCause } from "./shared.js";

/**
 * The result of a call, whose ceremony says which of the codes it may have.
 *
 * @typedef {Success<"success-authentication" | "success-registration"> | Failure<ErrorCode>} Result
 * @import { Failure, Success } from "./index.d.ts"
 * @import { ErrorCode } from "./failure.js"
 */

/**
 * A call, on an object without a prototype, so that no setter of the page intercepts its properties.
 *
 * @typedef {object} Call
 * @property {Promise<Result>} promise
 * @property {(result: Result) => void} resolve
 * @property {import("./host.js").Deadline} [prompt] that was opened; the module sets it, and a crash ends it
 * @property {string} [statusToken] of the transaction; the module sets it once the user has consented
 */

/** A call whose promise is still to be resolved. */
export const createCall = () => {
  /** @type {Call} */
  const call = new NullRecord();
  call.promise = new Promise((resolve) => {
    call.resolve = resolve;
  });
  return call;
};

/**
 * Resolves a call. The result is a literal, which defines its properties whatever setters the page has given to all objects.
 *
 * @param {Call} call
 * @param {[success: boolean, statusCode: string, message: string, text: string, cause: string]} parts
 */
export const finish = ({ resolve }, { 0: success, 1: statusCode, 2: message, 3: text, 4: cause }) =>
  resolve(
    withCause(
      /** @type {Result} */ (
        /** @type {unknown} */ ({
          success,
          code: { statusCode, message },
          [success ? "token" : "message"]: text,
        })
      ),
      cause,
    ),
  );

/**
 * A plain object with the properties of a record, which are defined whatever setters the page has given to all objects.
 *
 * @param {object} record
 */
export const toObject = (record) => ({ ...record });
