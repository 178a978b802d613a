// Serves a backend's routes to its own page: on loopback, from the page's origin only, with sessions and limits.

import { createServer } from "node:http";
import { anonymousSessions } from "../ciba-relay/anonymous-sessions.mjs";
import { RequestError, readJsonObject, requireOwnPost, sendJson } from "../ciba-relay/json-requests.mjs";
import { createRateLimit, networkOf } from "../ciba-relay/rate-limit.mjs";
import { CloudResponse } from "./cloud.mjs";
import { userSessions } from "./sessions.mjs";

const HOST = "127.0.0.1";
const BODY_LIMIT_BYTES = 16 * 1024;
/** How long a client may take to send a request. */
const REQUEST_TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 1000;
/** How much of what a client sent the log may have. */
const LOGGED_LENGTH = 200;
/** The limits are of five minutes. */
const WINDOW_SECONDS = 5 * 60;

/** The codes of errors that have only a name. Routes have codes of their own. */
const CODES = {
  400: "invalid_request",
  403: "not_own_page",
  404: "no_such_route",
  405: "method_not_allowed",
  413: "body_too_large",
  415: "unsupported_media_type",
};

/**
 * @param {{ origin: string, port: number, sessionSeconds: number }} settings
 * @param {Record<string, (body: any, visitor: any) => any>} routes which get a `Visitor` of routes.mjs
 * @param {Record<string, { address: number, visit: number }>} requests by route: how many an address and a visitor may send in
 *   five minutes
 */
export function serveBackend(settings, routes, requests) {
  const secure = settings.origin.startsWith("https:");
  /** Own transactions, from the first request on. Never replaced, so that no tab loses one. */
  const visits = anonymousSessions({ secure });
  const sessions = userSessions({ secure, lifetimeSeconds: settings.sessionSeconds });
  const newLimit = (limit) => createRateLimit({ limit, windowSeconds: WINDOW_SECONDS });
  const limits = Object.fromEntries(
    Object.entries(requests).map(([path, { address, visit }]) => [
      path,
      { address: newLimit(address), visit: newLimit(visit) },
    ]),
  );

  async function serve(request, response) {
    // The page's own host, behind a proxy that keeps it, or this server's. Other names are somebody else's page (DNS rebinding).
    const { host } = request.headers;
    if (host !== new URL(settings.origin).host && host !== `localhost:${port()}` && host !== `${HOST}:${port()}`)
      throw new RequestError(421, "unknown_host", "This server has another name.");
    // As it was sent: no other spelling of a route is served.
    const path = request.url;
    if (!Object.hasOwn(routes, path)) throw new RequestError(404, "no_such_route", "No such route.");
    requireOwnPost(request, settings.origin);
    // Behind a proxy, take the address from the header that your proxy sets.
    requireWithin(limits[path].address, networkOf(request.socket.remoteAddress ?? ""));
    const visit = visits.start(request, response);
    requireWithin(limits[path].visit, visit.id);
    const body = await readJsonObject(request, BODY_LIMIT_BYTES);
    const value = await routes[path](body, {
      visit,
      user: sessions.userOf(request),
      signIn: (user) => sessions.signIn(request, response, user),
      resume: (session) => sessions.resume(response, session),
    });
    if (value instanceof CloudResponse) sendJson(response, value.status, value.text, retryAfterOf(value));
    else sendJson(response, 200, JSON.stringify(value));
  }

  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, async (request, response) => {
    try {
      await serve(request, response);
    } catch (error) {
      if (error instanceof RequestError) {
        if (error.status === 403) logOrigin(request);
        return sendError(response, error);
      }
      // Only the name: a message could quote what a client sent.
      console.error(`backend: ${request.method} failed with ${error?.name ?? "an unknown error"}`);
      if (response.headersSent) response.destroy();
      else sendError(response, new RequestError(500, "internal_error", "The backend failed. Its log says where."));
    }
  });
  server.maxConnections = MAX_CONNECTIONS;

  server.on("error", (/** @type {NodeJS.ErrnoException} */ error) => {
    const reason = error.code === "EADDRINUSE" ? "another program uses this port. Set PORT to another one" : error.code;
    console.error(`Cannot listen on ${HOST}:${settings.port}: ${reason}.`);
    process.exit(1);
  });
  server.listen(settings.port, HOST, () => console.log(`backend listening on http://localhost:${port()}`));

  /** Mostly it is ORIGIN that is wrong. */
  function logOrigin({ headers }) {
    const origin = headers.origin === undefined ? "missing" : JSON.stringify(headers.origin.slice(0, LOGGED_LENGTH));
    console.error(`backend: not_own_page: the Origin is ${origin}, not ${JSON.stringify(settings.origin)}`);
  }

  function port() {
    return /** @type {import("node:net").AddressInfo} */ (server.address()).port;
  }
}

/** Every error has a code, for the page, and a message, for developers. */
function sendError(response, { status, error, message, headers }) {
  const code = /^[a-z_]+$/.test(error) ? error : CODES[status];
  sendJson(response, status, JSON.stringify({ error: code, message }), headers);
}

function requireWithin({ use }, key) {
  const secondsLeft = use(key);
  if (secondsLeft)
    throw new RequestError(429, "too_many_requests", `Too many requests. Ask again in ${secondsLeft} seconds.`, {
      "Retry-After": String(secondsLeft),
    });
}

function retryAfterOf({ retryAfter }) {
  return retryAfter === null ? {} : { "Retry-After": retryAfter };
}

/** Reads the settings, or prints what is wrong with them and ends the program. @template T @param {() => T} read @returns {T} */
export function orExit(read) {
  try {
    return read();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
