// Carries out one call of a method: the module decides each step, and is told what came of it.

import { alarm } from "./alarm.js";
import { CODES, isStatus } from "./ciba-codes.js";
import { createLog, loggable, tell } from "./ciba-log.js";
import { FALLBACK, failed, succeeded, VERIFY } from "./ciba-methods.js";
import { exchange, isText } from "./ciba-wire.js";
import { ended, until } from "./host.js";

// Events, by the numbers that the module knows; js/ciba-wire.js has those between.
const TICK = 0;
const CODE = 5;
const NO_CODE = 6;
const CANCEL = 7;
const REFUSE = 8;

/**
 * @import { FallbackOptions, RetryOptions } from "./ciba.d.ts"
 * @import { Method, Request, Results } from "./ciba-methods.js"
 * @import { Asked, ModuleEvent, Texts } from "./ciba-wire.js"
 */

/** @type {Record<string, string>} */
const TYPES = {
  bindingMessage: "string",
  interval: "number",
  timeout: "number",
  maxRetries: "number",
  signal: "object",
  onProgress: "function",
  promptForCode: "function",
};

/**
 * The options that a method may have.
 *
 * @typedef {Partial<RetryOptions & FallbackOptions>} AnyOptions
 */

/**
 * Those that were read.
 *
 * @typedef {{ [Name in keyof AnyOptions]?: NonNullable<AnyOptions[Name]> } & { __proto__?: null }} Given
 */

/**
 * What acts for a call: the type `Call` of src/ciba/exports.rs.
 *
 * @typedef {object} Actions
 * @property {(call: number) => void} end
 * @property {(request: number, expiresIn: number, interval: number) => void} initiated
 * @property {(code: number) => void} ended
 * @property {(attempt: number, left: number, next: number) => void} report
 * @property {(request: Asked, ms: number) => void} send
 * @property {(ms: number, nap: boolean) => void} rest
 * @property {(why: number) => void} prompt
 * @property {(code: number, remaining: number) => void} done
 */

/**
 * The functions that the module exports, see src/ciba/exports.rs.
 *
 * @typedef {object} CibaModule
 * @property {(used: number) => number} spare
 * @property {(
 *   method: Method, email: number, hasArgument: boolean, request: number, interval: number | undefined,
 *   timeout: number | undefined, maxRetries: number | undefined, requestTimeout: number,
 * ) => number} begin
 * @property {(call: Actions, number: number, now: number, ...event: ModuleEvent) => void} step
 * @property {(call: Pick<Actions, "end">, email: number) => undefined} cancel
 */

/** @typedef {ReturnType<typeof createMemory>} Memory */

/**
 * The options of a call, each of its type or absent; throws where one is of another. Their range the module judges.
 *
 * @param {AnyOptions | null | undefined} options
 * @param {Method} method
 * @returns {Given}
 */
const read = (options, method) => {
  /** @type {Given} */
  const given = { __proto__: null };
  if (options != null && typeof options != "object") throw options;
  for (const name in TYPES) {
    const value = /** @type {Record<string, unknown> | null | undefined} */ (options)?.[name] ?? undefined;
    if (value !== undefined && typeof value != TYPES[name]) throw name;
    /** @type {Record<string, unknown>} */ (given)[name] = value;
  }
  if (method == FALLBACK && !given.promptForCode) throw method;
  return given;
};

/** @param {unknown} value */
const isCode = (value) => isText(value) && /^\d{6}$/.test(value);

/**
 * The code that the page asks the user for; none where the page throws.
 *
 * @param {NonNullable<AnyOptions["promptForCode"]>} promptForCode
 * @param {string} why
 * @param {AbortController} flight
 */
const ask = async (promptForCode, why, flight) => {
  try {
    return (await until(promptForCode(why), flight)).value;
  } catch {}
};

/**
 * What an instance of the module knows by numbers: emails, the auth_req_ids of requests, which each give way to the next
 * one when the module has no more need of them, and calls under way, by what ends them.
 *
 * @param {CibaModule} module
 */
export const createMemory = (module) => ({
  module,
  emails: /** @type {string[]} */ ([]),
  ids: /** @type {unknown[]} */ ([]),
  flights: /** @type {Map<number, AbortController>} */ (new Map()),
});

/**
 * @param {Memory} memory
 * @param {string} email
 */
const emailNumber = ({ module, emails }, email) => {
  let number = emails.indexOf(email);
  if (number < 0) {
    number = module.spare(emails.length);
    emails[number] = email;
  }
  return number;
};

/**
 * `cancelApproval`, up to its result.
 *
 * @param {Memory} memory
 * @param {string} email
 * @returns {undefined}
 */
export const cancel = ({ module, emails, flights }, email) =>
  module.cancel({ end: (number) => flights.get(number)?.abort() }, emails.indexOf(email));

/**
 * Resolves to what the method resolves to, or to nothing where the module crashed. Up to the first request it happens at
 * once.
 *
 * @template {Method} M
 * @param {Memory} memory
 * @param {import("./ciba-options.js").ClientSettings} settings
 * @param {M} method
 * @param {string} email
 * @param {unknown} argument what the method has beside the email and the options
 * @param {AnyOptions | null | undefined} options
 * @returns {Promise<Results[M] | undefined>}
 */
export const carryOut = async (
  memory,
  { clientId, prefix, requestTimeout, logger },
  method,
  email,
  argument,
  options,
) => {
  const { module, ids, flights } = memory;
  if (!isText(email)) email = "";
  const log = createLog(logger, email);
  /** @type {ModuleEvent | undefined} */
  let event = [TICK];
  /** @type {Texts} */
  let answer = {};
  /** @type {Given} */
  let given;
  /** @type {AbortController} */
  let flight;
  /** @type {Promise<ModuleEvent> | undefined} */
  let next;
  /** @type {number} */
  let attempt;
  /** @type {Request | undefined} */
  let request;
  /** @type {Results[M] | undefined} */
  let result;
  try {
    given = read(options, method);
    flight = alarm(0, given.signal);
  } catch {
    event = [REFUSE];
    given = { __proto__: null };
    flight = alarm(0);
  }
  const codeOf = (/** @type {number} */ number) =>
    /** @type {string} */ ([...CODES, answer.error, `http_${answer.status}`][number]);
  /** @type {Actions} */
  const call = {
    end: (number) => flights.get(number)?.abort(),
    initiated: (number, expires_in, interval) => {
      const { auth_req_id } = /** @type {{ auth_req_id: string }} */ (answer);
      argument = ids[number] = auth_req_id;
      request = { auth_req_id, expires_in, interval };
      log("info", "Push sent to ");
    },
    ended: (code) => {
      if (!code) log("info", "Approved by ");
      else if (isStatus(code)) log("warn", "Not approved by ", `: ${CODES[code]}`);
      else log("error", "Failed for ", `: ${loggable(codeOf(code))}`);
    },
    report: (count, left, wait) => {
      attempt = count;
      tell(() =>
        given.onProgress?.({
          attempt,
          secondsLeft: left / 1e3,
          secondsToNextPoll: wait < 0 ? null : wait / 1e3,
        }),
      );
    },
    send: (what, ms) => {
      const [level, words] = /** @type {const} */ ([
        ["info", "Asking for the approval of "],
        ["debug", `Poll ${attempt} for `],
        ["info", "Verifying a TOTP code of "],
      ])[what];
      log(level, words);
      const { bindingMessage } = given;
      next = exchange(what, prefix, { clientId, email, bindingMessage, argument }, ms, flight.signal).then(
        ([event, texts]) => {
          answer = texts ?? answer;
          return event;
        },
      );
    },
    rest: (ms, nap) => {
      next = ended(alarm(ms, flight.signal, nap)).then(() => [TICK]);
    },
    prompt: (why) => {
      next = ask(/** @type {Required<Given>} */ (given).promptForCode, codeOf(why), flight).then((code) => {
        argument = code;
        return [typeof code != "string" ? TICK : isCode(code) ? CODE : NO_CODE];
      });
    },
    done: (code, remaining) => {
      result = code
        ? failed(method, codeOf(code), remaining, isStatus(code))
        : succeeded(method, request, answer.token);
    },
  };
  const number = module.begin(
    method,
    email ? emailNumber(memory, email) : -1,
    method == VERIFY ? isCode(argument) : isText(argument),
    ids.indexOf(argument),
    given.interval,
    given.timeout,
    given.maxRetries,
    requestTimeout,
  );
  flights.set(number, flight);
  do {
    next = undefined;
    module.step(call, number, Date.now(), ...(flight.signal.aborted ? /** @type {ModuleEvent} */ ([CANCEL]) : event));
    event = await next;
  } while (event);
  flights.delete(number);
  flight.abort();
  return result;
};
