// A call of the page, as far as it outlives the instance of the module that runs it.

import { NullRecord } from "./null-record.js";
import { withCause } from "./shared.js";
import { createTrace } from "./trace.js";

/**
 * The result of a call, whose ceremony says which of the codes it may have.
 *
 * @typedef {Success<"success-authentication" | "success-registration"> | Failure<ErrorCode>} Result
 * @import { EndEvent, Failure, Success } from "./index.d.ts"
 * @import { ErrorCode } from "./failure.js"
 */

/**
 * A promise and the function that resolves it, on an object without a prototype, so that no setter of the page intercepts
 * its properties.
 *
 * @template T
 * @typedef {{ promise: Promise<T>, resolve: (result: T) => void }} Pending
 */

/**
 * A call of `authenticate`, `register` or `outcome`.
 *
 * @typedef {Pending<Result> & {
 *   step: import("./trace.js").Trace["step"],
 *   end: (result: Result, cause: string) => void,
 *   isOver?: boolean,
 *   prompt?: import("./host.js").Deadline,
 *   statusToken?: string | true,
 *   credentialId?: string,
 * }} Call
 *
 * `step` notes what it does next, `end` ends it, the first time alone. `prompt` is the one that was opened, which a crash ends.
 * `statusToken` is of the transaction, once the user has consented; `true` if its status cannot be queried. `credentialId` is of
 * the passkey. The module sets these.
 */

/**
 * A call whose promise is still to be resolved.
 *
 * @template T
 * @returns {Pending<T>}
 */
export const createPending = () => {
  /** @type {Pending<T>} */
  const pending = new NullRecord();
  pending.promise = new Promise((resolve) => {
    pending.resolve = resolve;
  });
  return pending;
};

/**
 * @param {EndEvent["call"]} name of the function
 * @param {boolean} register
 * @param {unknown} settings unchecked
 */
export const createCall = (name, register, settings) => {
  const call = /** @type {Call} */ (createPending());
  const trace = createTrace(name, register, settings);
  call.step = trace.step;
  call.end = (result, cause) => {
    // First: the rest may overflow the stack.
    call.resolve(result);
    if (call.isOver) return;
    call.isOver = true;
    trace.end(result, cause);
  };
  return call;
};

/**
 * Ends a call. The result is a literal, which defines its properties whatever setters the page has given to all objects.
 *
 * @param {Call} call
 * @param {[success: boolean, statusCode: string, message: string, text: string, cause: string]} parts
 */
export const finish = (call, { 0: success, 1: statusCode, 2: message, 3: text, 4: cause }) =>
  call.end(
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
    cause,
  );

/**
 * A plain object with the properties of a record, which are defined whatever setters the page has given to all objects.
 *
 * @param {object} record
 */
export const toObject = (record) => ({ ...record });
