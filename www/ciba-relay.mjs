// The relay for push and TOTP: three routes of the shop that pass requests of its page on to AuthSec.
//
// AuthSec wants its clients to authenticate, and no page may hold a secret. So the page calls its own server, with
// `new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" })`, and this adds the authentication.

import { RequestError, readJsonObject, requireOwnPost, sendJson } from "./json-requests.mjs";
import { createRateLimit } from "./rate-limit.mjs";

const PREFIX = "/auth/ciba/";
const BODY_LIMIT_BYTES = 8 * 1024;
const RESPONSE_LIMIT_BYTES = 64 * 1024;
/** Less than the page's `requestTimeout`, 10 seconds by default, so that the page learns which server did not respond. */
const TIMEOUT_MS = 8000;

const WORKSPACE = "/authsec/uflow/auth/workspace";
const EMAIL = { maxLength: 254 };

/**
 * AuthSec's paths, and the properties that are passed on, all of them strings. No other is for the page to choose, e.g.
 * `client_id` and `scopes`.
 */
const ROUTES = {
  initiate: {
    path: `${WORKSPACE}/ciba/initiate`,
    properties: { email: EMAIL, binding_message: { maxLength: 255, optional: true } },
    ofClient: true,
  },
  token: { path: `${WORKSPACE}/ciba/token`, properties: { auth_req_id: { maxLength: 255 } }, ofClient: true },
  // Since October 2026, the workspace's own route for codes finds no client's workspace, so it accepts no code. This one takes no
  // client, and the body names the workspace.
  totp: { path: "/authsec/uflow/auth/totp/login", properties: { email: EMAIL, totp_code: { maxLength: 6 } } },
};

/**
 * Handles `/auth/ciba/…`. A response has AuthSec's own status, body and `Retry-After`. If the relay rejects a request, or AuthSec
 * does not respond, the body is `{ message }`, for developers; for an invalid body `{ error: "invalid_request",
 * error_description }`. Requests, responses and the secret are never logged.
 *
 * @param {object} options
 * @param {string} options.baseUrl AuthSec's address
 * @param {string} options.clientId
 * @param {string} options.clientSecret
 * @param {string} [options.workspaceId] the shop's workspace. Without it, AuthSec takes a code for the first account with that
 *   email in any workspace, and other workspaces create accounts for any email. Then check the workspace in the token.
 * @param {RegExp} options.bindingMessages the messages that are passed on, because phones show them as this shop's
 * @param {number} [options.timeoutMs] how long AuthSec may take to respond
 */
export function cibaRelay({ baseUrl, clientId, clientSecret, workspaceId, bindingMessages, timeoutMs = TIMEOUT_MS }) {
  const authorization = basicAuthorization(clientId, clientSecret);
  // By email, because AuthSec only limits addresses, and the relay has one: 100 requests a minute for all its pages, so that
  // more than eight users who wait at a time slow each other down. Ask the operator to raise that.
  const limits = {
    // Users who are asked again and again approve at last, just to end it.
    initiate: createRateLimit({ limit: 5, windowSeconds: 5 * 60 }),
    // More than the 5 wrong codes in 15 minutes after which AuthSec locks the account, so that users get its response.
    totp: createRateLimit({ limit: 10, windowSeconds: 15 * 60 }),
  };

  return async function serveRelay(request, response, { path, origin }) {
    try {
      const name = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : "";
      if (!Object.hasOwn(ROUTES, name)) throw new RequestError(404, "Not Found", "No such endpoint.");
      requireOwnPost(request, origin);
      // A real backend checks the session of the page's cookie here. Where the user is signed in already, e.g. to confirm a
      // payment, the email is the session's, and not the body's. This page only signs in with the relay, so it has no
      // session yet: then start one with the page, and limit the requests of each session and each address, too, because
      // anybody can enter anybody's email, and learns whether it has an account.
      const properties = pickProperties(await readJsonObject(request, BODY_LIMIT_BYTES), ROUTES[name].properties);
      if ("binding_message" in properties && !bindingMessages.test(properties.binding_message))
        throw new RequestError(400, "Bad Request", "binding_message must be a message of this shop");
      if ("email" in properties) {
        properties.email = normalizeEmail(properties.email);
        requireWithin(limits[name], properties.email);
      }
      const { status, text, retryAfter } = await ask(name, properties);
      sendJson(response, status, text, retryAfter === null ? {} : { "Retry-After": retryAfter });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      sendJson(response, error.status, JSON.stringify(describe(error)), error.headers);
    }
  };

  /** Sends a request to AuthSec. Resolves to its response, which is a JSON object. */
  async function ask(name, properties) {
    const { path, ofClient } = ROUTES[name];
    let response, text;
    try {
      response = await fetch(baseUrl + path, {
        method: "POST",
        headers: {
          Accept: "application/json",
          "Content-Type": "application/json",
          ...(ofClient && { Authorization: authorization }),
        },
        body: JSON.stringify({
          ...(ofClient ? { client_id: clientId } : { workspace_id: workspaceId }),
          ...properties,
        }),
        // The secret is for this address only.
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      text = await readText(response);
    } catch (error) {
      // Only the name: a message could quote a secret.
      console.error(`relay: ${name}: no response from AuthSec (${error.cause?.code ?? error.name})`);
      if (error.name === "TimeoutError")
        throw new RequestError(504, "Gateway Timeout", "AuthSec did not respond in time.");
      throw new RequestError(502, "Bad Gateway", "AuthSec cannot be reached.");
    }
    const { status, ok } = response;
    const retryAfter = response.headers.get("Retry-After");
    const body = parseJsonObject(text);
    if (!body || (!ok && status < 400)) {
      console.error(`relay: ${name}: not a response of AuthSec (HTTP ${status})`);
      const headers = retryAfter === null ? {} : { "Retry-After": retryAfter };
      throw new RequestError(status < 400 ? 502 : status, "Bad Gateway", "The response is not AuthSec's.", headers);
    }
    if (status === 401 && body.error === "invalid_client")
      console.error(`relay: ${name}: AuthSec does not accept the client's ID and secret`);
    return { status, text, retryAfter };
  }
}

/** HTTP Basic as in RFC 6749, section 2.3.1: both parts are form-encoded, so that they may contain colons. */
function basicAuthorization(clientId, clientSecret) {
  const encode = (text) => String(new URLSearchParams({ "": text })).slice(1);
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString("base64")}`;
}

/**
 * The properties of a body that are passed on.
 *
 * @param {object} body
 * @param {Record<string, { maxLength: number, optional?: boolean }>} properties
 * @returns {Record<string, string>}
 * @throws {RequestError} if one is missing, or not a string of at most `maxLength` characters
 */
function pickProperties(body, properties) {
  const picked = {};
  for (const [name, { maxLength, optional }] of Object.entries(properties)) {
    const value = body[name];
    if (value === undefined && optional) continue;
    if (typeof value !== "string" || value.trim() === "" || value.length > maxLength)
      throw new RequestError(400, "Bad Request", `${name} must be a string of 1 to ${maxLength} characters`);
    picked[name] = value;
  }
  return picked;
}

/**
 * One spelling for all that AuthSec may take for the same email, so that they share a limit.
 *
 * @throws {RequestError} if white space or an invisible character is left, because servers differ in which of them they trim
 */
function normalizeEmail(email) {
  const normalized = email.trim().toLowerCase().normalize("NFC");
  if (/[\p{C}\p{Z}]/u.test(normalized))
    throw new RequestError(400, "Bad Request", "email must have no white space and no invisible characters");
  return normalized;
}

/** Counts a request for an email. */
function requireWithin({ use, limit, windowSeconds }, email) {
  const secondsLeft = use(email);
  if (!secondsLeft) return;
  const message = `Too many requests for this email: ${limit} in ${windowSeconds / 60} minutes.`;
  throw new RequestError(429, "Too Many Requests", message, { "Retry-After": String(secondsLeft) });
}

function describe({ status, message }) {
  return status === 400 ? { error: "invalid_request", error_description: message } : { message };
}

/** The body of a response, as far as it is of a reasonable length. */
async function readText(response) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > RESPONSE_LIMIT_BYTES) throw new RangeError("too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJsonObject(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
