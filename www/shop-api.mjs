// The shop's API: signs users up, starts transactions, introspects tokens and passes on statuses, with the access key that no page
// may have.

import { createTransactions } from "../docs/examples/backend/transactions.mjs";
import { RequestError, readJsonObject, requireOwnPost, sendJson } from "../docs/examples/ciba-relay/json-requests.mjs";

const BODY_LIMIT_BYTES = 64 * 1024;
const CLOUD_TIMEOUT_MS = 10_000;

/**
 * Handles `/api/…`. A response has the cloud's own status and body. If the shop rejects a request, the body has the same
 * properties: `{ status, error, message }`. Requests and responses are never logged.
 *
 * @param {object} options
 * @param {string} options.cloud its address
 * @param {string} [options.phoneUrl] the address of the phone page
 * @param {string} options.accessKey
 * @param {(request: import("node:http").IncomingMessage) => { id: string } | undefined} options.sessionOf whose transactions it is
 *   that a page may ask the status of
 */
export function shopApi({ cloud, phoneUrl, accessKey, sessionOf }) {
  const transactions = createTransactions();

  /** POSTs a form if `body` is `URLSearchParams`, else JSON. Resolves to `{ status, text }`. */
  async function post(path, body) {
    const isForm = body instanceof URLSearchParams;
    try {
      const response = await fetch(cloud + path, {
        method: "POST",
        headers: {
          Authorization: `Bearer ${accessKey}`,
          Accept: "application/json",
          "Content-Type": isForm ? "application/x-www-form-urlencoded" : "application/json",
        },
        body: isForm ? body : JSON.stringify(body),
        redirect: "error",
        signal: AbortSignal.timeout(CLOUD_TIMEOUT_MS),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      throw new RequestError(502, "Bad Gateway", `The Authentication Cloud at ${cloud} cannot be reached.`);
    }
  }

  /** Starts a transaction. If the page passes faults, the local cloud injects them into it. */
  async function start(session, path, body, faults, transactionOf) {
    const started = await post(path, body);
    if (started.status >= 300) return started;
    const { transactionId, statusToken } = transactionOf(JSON.parse(started.text));
    if (session) transactions.add(session, statusToken);
    if (!Array.isArray(faults) || faults.length === 0) return started;
    const set = await post("/_local/faults", { transactionId, faults });
    return set.status >= 300 ? set : started;
  }

  function introspect(path, token) {
    if (typeof token !== "string" || token === "")
      throw new RequestError(400, "Bad Request", "token must be a non-empty string.");
    return post(path, new URLSearchParams({ token }));
  }

  const routes = {
    "/api/enroll": ({ username, displayName = username, faults, options }, session) =>
      start(
        session,
        "/api/v1/users/enroll",
        { username, displayName, channel: "fido2", fido2Options: options },
        faults,
        ({ enrollment }) => enrollment,
      ),

    // Without a username, any passkey is allowed.
    "/api/approve": ({ username, faults, options }, session) =>
      start(
        session,
        "/api/v1/approval",
        { username, channel: "fido2", fido2Options: options },
        faults,
        (approval) => approval,
      ),

    // For the setting `statusUrl`: the cloud's status of a transaction that this visitor has started.
    "/api/status": ({ statusToken }, session) => {
      transactions.find(session, statusToken);
      return post("/api/v1/status", { statusToken });
    },

    "/api/introspect": ({ token }) => introspect("/api/v1/introspect", token),

    // The CIBA service can only send requests to users that it knows.
    "/api/sign-up": async ({ email }) => {
      const created = await post("/_local/ciba/users", { email });
      // Only the email: the phone's token and the TOTP secret are not for the page.
      if (created.status >= 300) return created;
      return { status: 200, text: JSON.stringify({ email: JSON.parse(created.text).email }) };
    },

    "/api/ciba/introspect": ({ token }) => introspect("/_local/ciba/introspect", token),
  };

  return async function serveApi(request, response, { path, origin }) {
    try {
      if (path === "/api/settings") {
        if (request.method !== "GET") throw new RequestError(405, "Method Not Allowed", "Use GET.", { Allow: "GET" });
        return sendJson(response, 200, JSON.stringify({ baseUrl: cloud, phoneUrl }));
      }
      const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
      if (!route) throw new RequestError(404, "Not Found", "No such endpoint.");
      requireOwnPost(request, origin);
      const { status, text } = await route(await readJsonObject(request, BODY_LIMIT_BYTES), sessionOf(request));
      sendJson(response, status, text);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      const { status, error: name, message, headers } = error;
      sendJson(response, status, JSON.stringify({ status, error: name, message }), headers);
    }
  };
}
