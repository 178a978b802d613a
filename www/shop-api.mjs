// The shop's half of an approval: signs people up, starts transactions at the Authentication Cloud and introspects tokens, with the access key that no page may hold.

const BODY_LIMIT_BYTES = 64 * 1024;
const CLOUD_TIMEOUT_MS = 10_000;

/**
 * Handles `/api/…`. Answers are the cloud's own status and body; what goes wrong before the cloud is asked has the same
 * shape of body, `{ status, error, message }`. Nothing that passes through here is logged.
 *
 * @param {{ cloud: string, ciba?: object, accessKey: string }} options `ciba` is for the page's client
 */
export function shopApi({ cloud, ciba, accessKey }) {
  /** POSTs JSON, or a form where `body` is `URLSearchParams`; the answer as `{ status, text }`. */
  async function ask(path, body) {
    const form = body instanceof URLSearchParams;
    try {
      const response = await fetch(cloud + path, {
        method: "POST",
        headers: {
          Authorization: `Bearer ${accessKey}`,
          Accept: "application/json",
          "Content-Type": form ? "application/x-www-form-urlencoded" : "application/json",
        },
        body: form ? body : JSON.stringify(body),
        redirect: "error",
        signal: AbortSignal.timeout(CLOUD_TIMEOUT_MS),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      throw new Refusal(502, "Bad Gateway", `The Authentication Cloud at ${cloud} cannot be reached.`);
    }
  }

  /** Starts a transaction and, where the page asks for them, sets the faults that the local cloud shall commit in it. */
  async function start(path, body, faults, transactionIdOf) {
    const started = await ask(path, body);
    if (started.status >= 300 || !Array.isArray(faults) || faults.length === 0) return started;
    const set = await ask("/_local/faults", { transactionId: transactionIdOf(JSON.parse(started.text)), faults });
    return set.status >= 300 ? set : started;
  }

  function introspect(path, token) {
    if (typeof token !== "string" || token === "") throw new Refusal(400, "Bad Request", "token is missing.");
    return ask(path, new URLSearchParams({ token }));
  }

  const routes = {
    "/api/enrol": ({ username, displayName = username, faults, options }) =>
      start(
        "/api/v1/users/enroll",
        { username, displayName, channel: "fido2", fido2Options: options },
        faults,
        (answer) => answer.enrollment.transactionId,
      ),

    // Without a name the transaction is for whoever the passkey belongs to.
    "/api/approve": ({ username, faults, options }) =>
      start(
        "/api/v1/approval",
        { username, channel: "fido2", fido2Options: options },
        faults,
        (answer) => answer.transactionId,
      ),

    "/api/introspect": ({ token }) => introspect("/api/v1/introspect", token),

    // Whom the CIBA service does not know, it can ask nothing.
    "/api/sign-up": async ({ email }) => {
      const made = await ask("/_local/ciba/users", { email });
      // The answer has the phone's token and TOTP secret, which are the phone's alone.
      return made.status >= 300 ? made : { status: 200, text: JSON.stringify({ email: JSON.parse(made.text).email }) };
    },

    "/api/ciba/introspect": ({ token }) => introspect("/_local/ciba/introspect", token),
  };

  return async function serveApi(request, response, { path, origin }) {
    try {
      if (path === "/api/settings") {
        if (request.method !== "GET") throw new Refusal(405, "Method Not Allowed", "Use GET.", { Allow: "GET" });
        return send(response, 200, JSON.stringify({ baseUrl: cloud, ciba }));
      }
      const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
      if (!route) throw new Refusal(404, "Not Found", "The shop has no such endpoint.");
      if (request.method !== "POST") throw new Refusal(405, "Method Not Allowed", "Use POST.", { Allow: "POST" });
      // A page of another origin must not spend this shop's transactions.
      if (request.headers.origin !== origin) throw new Refusal(403, "Forbidden", "Only the shop's own page may ask.");
      const { status, text } = await route(await jsonObject(request));
      send(response, status, text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(
        response,
        error.status,
        JSON.stringify({ status: error.status, error: error.error, message: error.message }),
        error.headers,
      );
    }
  };
}

/** A request that the shop itself turns down. */
class Refusal extends Error {
  constructor(status, error, message, headers = {}) {
    super(message);
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

async function jsonObject(request) {
  const type = (request.headers["content-type"] ?? "").split(";", 1)[0].trim().toLowerCase();
  if (type !== "application/json") throw new Refusal(415, "Unsupported Media Type", "Send application/json.");
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > BODY_LIMIT_BYTES) {
      throw new Refusal(413, "Content Too Large", `A body has at most ${BODY_LIMIT_BYTES} bytes.`, {
        Connection: "close",
      });
    }
    chunks.push(chunk);
  }
  let value;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new Refusal(400, "Bad Request", "The body is not JSON.");
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new Refusal(400, "Bad Request", "The body is not a JSON object.");
  }
  return value;
}

function send(response, status, text, headers = {}) {
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    ...headers,
  });
  response.end(text);
}
