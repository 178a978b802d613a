// One request to AuthSec: where it goes, what is in it, and what came back, as far as it is read.

import { alarm } from "./alarm.js";
import { post, until } from "./host.js";

// What came of a request, by the numbers of events that the module knows.
const JSON_ANSWER = 1;
const OTHER_ANSWER = 2;
const LATE = 3;
const UNREACHABLE = 4;

// What is asked for, by the numbers that the module knows: an approval, what became of it, whether a code is right.
const PATHS = ["ciba/initiate", "ciba/token", "totp/login"];
const TOTP = 2;

/** The errors that mean something of their own, by the numbers that the module knows; 0 is none, and 6 any other. */
const ERRORS = ["authorization_pending", "slow_down", "access_denied", "expired_token", "invalid_request"];

/** What the phone shows unless the page says otherwise: plain ASCII and short, as CIBA core section 7.1 asks. */
const BINDING_MESSAGE = "Approve only if you are signing in right now.";

/**
 * @param {unknown} value
 * @returns {value is string}
 */
export const isText = (value) => typeof value == "string" && value != "";

/**
 * What the body of a request is made of; `argument` is the auth_req_id or the code.
 *
 * @typedef {{ clientId?: string, email: string, bindingMessage?: string, argument?: unknown }} Given
 */

/**
 * What `exchange` asks for: an index of `PATHS`.
 *
 * @typedef {0 | 1 | 2} Asked
 */

/**
 * An event of the module: its number, and of a response what src/ciba/exports.rs takes.
 *
 * @typedef {[
 *   event: number, status?: number, error?: number, hasToken?: boolean, hasId?: boolean, success?: boolean,
 *   expiresIn?: number, interval?: number,
 * ]} ModuleEvent
 */

/**
 * The strings of a response, which the module does not need, and its HTTP status.
 *
 * @typedef {{ status?: number, error?: unknown, auth_req_id?: unknown, token?: string }} Texts
 */

/**
 * The body of a request, in JSON, which leaves out what is undefined. Without a prototype: no `toJSON` of the page's.
 *
 * @param {Asked} request
 * @param {Given} given
 */
const bodyOf = (request, { clientId, email, bindingMessage, argument }) =>
  JSON.stringify({
    __proto__: null,
    client_id: clientId,
    ...[
      { [clientId ? "email" : "login_hint"]: email, binding_message: bindingMessage || BINDING_MESSAGE },
      { auth_req_id: argument },
      { email, totp_code: argument },
    ][request],
  });

/** @param {unknown} value */
const number = (value) => (typeof value == "number" ? value : 0);

/**
 * What the module takes of JSON, in its order, and the strings, which it does not need.
 *
 * @param {Asked} request
 * @param {number} status
 * @param {Record<string, unknown> | null} json
 * @returns {[ModuleEvent, Texts]}
 */
const read = (request, status, json) => {
  const { access_token, token, error, auth_req_id, success, expires_in, interval } = json ?? {};
  const tokens = [access_token, token].filter(isText);
  const named = isText(error) ? ERRORS.indexOf(error) + 1 || 6 : 0;
  return [
    [
      JSON_ANSWER,
      status,
      named,
      !!tokens[0],
      isText(auth_req_id),
      success === true,
      number(expires_in),
      number(interval),
    ],
    { status, error, auth_req_id, token: tokens.at(request == TOTP ? -1 : 0) },
  ];
};

/**
 * Sends a request, which takes `ms` milliseconds at most and ends with `signal`. Resolves to an event for the module and,
 * if the response is JSON, its strings.
 *
 * @param {Asked} request
 * @param {string} prefix
 * @param {Given} given
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<[ModuleEvent, Texts?]>}
 */
export const exchange = async (request, prefix, given, ms, signal) => {
  const controller = alarm(ms, signal);
  try {
    const sent = post(prefix + PATHS[request], bodyOf(request, given), controller.signal);
    const { value: response } = await until(sent, controller);
    const { status } = response;
    const { value: text } = await until(response.text(), controller);
    try {
      return read(request, status, JSON.parse(text));
    } catch {
      return [[OTHER_ANSWER, status]];
    }
  } catch {
    return [[controller.signal.aborted ? LATE : UNREACHABLE]];
  } finally {
    controller.abort();
  }
};
