// A relay for push and TOTP: three routes of a backend that pass the requests of its page on to AuthSec, or to another provider of
// OpenID CIBA. docs/ciba-relay.md explains it. It needs the folder ciba-relay/ beside it.
//
// Providers want their clients to authenticate, and no page may hold a secret. So the page calls its own server, with
// `new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" })`, and this adds the authentication.

import { RequestError, readJsonObject, requireOwnPost, sendJson } from "./ciba-relay/json-requests.mjs";
import { createPendingRequests } from "./ciba-relay/pending-requests.mjs";
import { createProvider } from "./ciba-relay/provider.mjs";
import { createRateLimit, networkOf } from "./ciba-relay/rate-limit.mjs";

const BODY_LIMIT_BYTES = 8 * 1024;
const EMAIL = { maxLength: 254 };

/** The properties of each route that are passed on, all of them strings. No other is for the page to choose. */
const ROUTES = {
  initiate: { email: EMAIL, binding_message: { maxLength: 255, optional: true } },
  token: { auth_req_id: { maxLength: 255 } },
  totp: { email: EMAIL, totp_code: { maxLength: 6 } },
};

const FIVE_MINUTES = 5 * 60;
const FIFTEEN_MINUTES = 15 * 60;

/**
 * How often an address, a session and an email may ask: AuthSec only limits addresses, and the relay has one. Anybody can enter
 * anybody's email, and start new sessions.
 */
export const LIMITS = {
  // Users who are asked again and again approve at last, just to end it.
  initiate: {
    address: { limit: 60, windowSeconds: FIVE_MINUTES },
    session: { limit: 10, windowSeconds: FIVE_MINUTES },
    email: { limit: 5, windowSeconds: FIVE_MINUTES },
  },
  // For an email, more than the 5 wrong codes after which AuthSec locks the account, so that users get its response.
  totp: {
    address: { limit: 120, windowSeconds: FIFTEEN_MINUTES },
    session: { limit: 20, windowSeconds: FIFTEEN_MINUTES },
    email: { limit: 10, windowSeconds: FIFTEEN_MINUTES },
  },
};

/** What is left of a response, besides its token, where the page must not get tokens. */
const SAFE_PROPERTIES = [
  "auth_req_id",
  "success",
  "error",
  "error_description",
  "message",
  "interval",
  "expires_in",
  "limit",
  "window",
];

/**
 * Handles `{prefix}initiate`, `{prefix}token` and `{prefix}totp`. A response has the provider's own status, body and `Retry-After`.
 * If the relay rejects a request, or the provider does not respond, the body is `{ message }`, for developers; for an invalid body
 * `{ error: "invalid_request", error_description }`. Requests, responses and secrets are never logged.
 *
 * @typedef {object} RelayOptions
 * @property {string} origin the page's origin, e.g. `https://shop.example`
 * @property {(request: import("node:http").IncomingMessage) => Session | undefined | Promise<Session | undefined>} sessionOf
 *   the session of the page's cookie. If it has an email, the page can use no other.
 * @property {RegExp} bindingMessages the messages that are passed on, because phones show them as yours
 * @property {string} [prefix] of the paths
 * @property {(token: string, owner: { session: Session, email: string }) => string | Promise<string>} [keepToken] keeps a token on
 *   the server, and returns what the page gets in its place
 * @property {(request: import("node:http").IncomingMessage) => string} [addressOf] the visitor's IP address. Behind a proxy, take it
 *   from the header that your proxy sets.
 * @property {Partial<typeof LIMITS>} [limits]
 *
 * @typedef {{ id: string, email?: string }} Session
 *
 * @param {RelayOptions & import("./ciba-relay/provider.mjs").ProviderOptions} options
 * @throws {TypeError} if an option is invalid
 */
export function cibaRelay({
  origin,
  sessionOf,
  bindingMessages,
  prefix = "/auth/ciba/",
  keepToken,
  addressOf = (request) => request.socket.remoteAddress,
  limits = LIMITS,
  ...options
}) {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin)
    throw new TypeError("origin must be an origin as browsers write it, such as https://shop.example");
  if (typeof sessionOf !== "function") throw new TypeError("sessionOf must be a function");
  if (!/^\/(.*\/)?$/.test(prefix)) throw new TypeError("prefix must begin and end with a slash");
  if (!(bindingMessages instanceof RegExp)) throw new TypeError("bindingMessages must be a regular expression");
  const provider = createProvider(options);
  const pending = createPendingRequests();
  const counters = createCounters({ ...LIMITS, ...limits });

  const routes = {
    async initiate(properties, { session, address }) {
      if ("binding_message" in properties && properties.binding_message.search(bindingMessages) < 0)
        throw new RequestError(400, "Bad Request", "binding_message must be one of this site's messages");
      const email = emailOf(properties, session);
      counters.initiate({ address, session: session.id, email });
      const response = await provider.ask("initiate", { ...properties, email });
      const { status, body } = response;
      if (status < 300 && body.auth_req_id) pending.add(body, { session: session.id, email });
      return keepToken ? withoutTokens(response) : response;
    },

    async token({ auth_req_id }, { session }) {
      const found = pending.find(auth_req_id, session.id);
      // What AuthSec says of an ID that it does not know.
      if (!found || (session.email != null && found.email !== normalizeEmail(session.email)))
        throw new RequestError(400, "expired_token", "this session has no such request, or it has expired");
      requireWithin(found.polls, auth_req_id, "Too many polls of this request");
      const response = await provider.ask("token", { auth_req_id });
      if (tokenOf(response)) pending.delete(auth_req_id);
      return keep(response, { session, email: found.email });
    },

    async totp(properties, { session, address }) {
      const email = emailOf(properties, session);
      counters.totp({ address, session: session.id, email });
      return keep(await provider.ask("totp", { ...properties, email }), { session, email }, { success: true });
    },
  };

  /** A response as the page gets it: with a handle in place of the token, if tokens are kept. */
  async function keep(response, owner, more) {
    if (!keepToken) return response;
    const token = tokenOf(response);
    if (!token) return withoutTokens(response);
    const { expires_in, scope } = response.body;
    const body = { ...more, access_token: await handleOf(token, owner), ...pickSafe({ expires_in, scope }) };
    return { ...response, text: JSON.stringify(body) };
  }

  async function handleOf(token, owner) {
    try {
      const handle = await keepToken(token, owner);
      if (typeof handle === "string" && handle !== "") return handle;
      throw new TypeError("not a handle");
    } catch (error) {
      // Only the name: a message could quote the token.
      console.error(`relay: the token could not be kept (${error?.name ?? "an unknown error"})`);
      throw new RequestError(500, "Internal Server Error", "The token could not be kept.");
    }
  }

  return async function serveRelay(request, response) {
    try {
      const name = request.url.startsWith(prefix) ? request.url.slice(prefix.length) : "";
      if (!Object.hasOwn(ROUTES, name)) throw new RequestError(404, "Not Found", "No such endpoint.");
      requireOwnPost(request, origin);
      const session = await sessionOf(request);
      if (!session) throw new RequestError(401, "Unauthorized", "The session has ended. Load the page again.");
      if (name === "totp" && !provider.hasTotp)
        throw new RequestError(404, "Not Found", "The provider has no TOTP. Offer another way.");
      const properties = pickProperties(await readJsonObject(request, BODY_LIMIT_BYTES), ROUTES[name]);
      const { status, text, retryAfter } = await routes[name](properties, { session, address: addressOf(request) });
      sendJson(response, status, text, retryAfter === null ? {} : { "Retry-After": retryAfter });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      sendJson(response, error.status, JSON.stringify(describe(error)), error.headers);
    }
  };
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
 * The email that a request is about.
 *
 * @throws {RequestError} if the session has another. It is not replaced, or the page would name another person than the phone.
 */
function emailOf({ email }, session) {
  const normalized = normalizeEmail(email);
  if (session.email != null && normalized !== normalizeEmail(session.email))
    throw new RequestError(403, "Forbidden", "email is not that of the session.");
  return normalized;
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

/** Counts requests. The email comes last, so that whoever exceeds another limit does not use up that of a victim. */
function createCounters(limits) {
  const counters = {};
  for (const [name, { address, session, email }] of Object.entries(limits)) {
    const [ofAddress, ofSession, ofEmail] = [address, session, email].map(createRateLimit);
    counters[name] = (keys) => {
      requireWithin(ofAddress, networkOf(keys.address), "Too many requests from this address");
      requireWithin(ofSession, keys.session, "Too many requests of this session");
      requireWithin(ofEmail, keys.email, "Too many requests for this email");
    };
  }
  return counters;
}

/** Counts a use of `key`. */
function requireWithin({ use, limit, windowSeconds }, key, complaint) {
  const secondsLeft = use(key);
  if (!secondsLeft) return;
  const window = windowSeconds < 60 ? `${windowSeconds} seconds` : `${windowSeconds / 60} minutes`;
  throw new RequestError(429, "Too Many Requests", `${complaint}: ${limit} in ${window}.`, {
    "Retry-After": String(secondsLeft),
  });
}

/** The token of an approval: 2xx with a token, and no error. */
function tokenOf({ status, body: { access_token, token, error } }) {
  if (status >= 300 || (error !== undefined && error !== null)) return undefined;
  return [access_token, token].find((text) => typeof text === "string" && text !== "");
}

function withoutTokens(response) {
  const body = pickSafe(Object.fromEntries(SAFE_PROPERTIES.map((name) => [name, response.body[name]])));
  return { ...response, text: JSON.stringify(body) };
}

/**
 * Without what is not a string, a number or a boolean. Of an error that is an object, its code is left.
 *
 * @param {Record<string, any>} properties
 */
function pickSafe({ error, ...properties }) {
  const given = { ...properties, error: error?.code ?? error?.error ?? error };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => ["string", "number", "boolean"].includes(typeof value)),
  );
}

/** The body of a rejection. Only what the relay itself says of a body has a code. */
function describe({ error, message }) {
  const code = { "Bad Request": "invalid_request", expired_token: "expired_token" }[error];
  return code ? { error: code, error_description: message } : { message };
}
