// What a backend requires of a request with a JSON body, and how it responds in JSON.

/** A request that the backend rejects, or cannot pass on. */
export class RequestError extends Error {
  /**
   * @param {number} status HTTP status
   * @param {string} error its name, or an error code
   * @param {string} message for developers
   * @param {Record<string, string>} [headers] of the response
   */
  constructor(status, error, message, headers = {}) {
    super(message);
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

/**
 * Requires a POST from the backend's own page, at `origin`. Browsers add `Origin` to every POST, and no page can change it.
 *
 * @throws {RequestError}
 */
export function requireOwnPost(request, origin) {
  if (request.method !== "POST") throw new RequestError(405, "Method Not Allowed", "Use POST.", { Allow: "POST" });
  if (request.headers.origin !== origin)
    throw new RequestError(403, "Forbidden", "Only the backend's own page may call this.");
}

/**
 * Reads a JSON object of at most `limit` bytes.
 *
 * @throws {RequestError}
 */
export async function readJsonObject(request, limit) {
  // A page of another origin can send a form without a preflight, but not JSON.
  const type = (request.headers["content-type"] ?? "").split(";", 1)[0].trim().toLowerCase();
  if (type !== "application/json")
    throw new RequestError(415, "Unsupported Media Type", "The Content-Type must be application/json.");
  const chunks = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      bytes += chunk.length;
      if (bytes > limit)
        throw new RequestError(413, "Content Too Large", `The body must have at most ${limit} bytes.`, {
          Connection: "close",
        });
      chunks.push(chunk);
    }
  } catch (error) {
    // A client that goes away is no fault of the backend: if nobody catches that, it ends the process.
    throw error instanceof RequestError ? error : new RequestError(400, "Bad Request", "The body has no end.");
  }
  let value;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new RequestError(400, "Bad Request", "The body is not JSON.");
  }
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new RequestError(400, "Bad Request", "The body is not a JSON object.");
  return value;
}

/** Sends a response of JSON `text`, which no cache may keep. */
export function sendJson(response, status, text, headers = {}) {
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    ...headers,
  });
  response.end(text);
}
