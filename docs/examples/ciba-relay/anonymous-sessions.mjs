// Sessions of visitors who have not signed in yet: a cookie with a random ID that the server has signed, so that nobody can make
// up one, and nothing needs to be stored.

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * @param {object} [options]
 * @param {string} [options.name] of the cookie
 * @param {boolean} [options.secure] `false` for a page on http
 * @param {Buffer} [options.key] signs the IDs. Several processes need the same; a new one ends all sessions.
 */
export function anonymousSessions({ name = "visit", secure = true, key = randomBytes(32) } = {}) {
  // No other host can set a cookie with this prefix.
  const cookieName = secure ? `__Host-${name}` : name;
  const sign = (id) => createHmac("sha256", key).update(id).digest("base64url");

  /** The session of a request: `{ id }`, or `undefined`. */
  function sessionOf(request) {
    for (const cookie of (request.headers.cookie ?? "").split("; ")) {
      const [given, value = ""] = cookie.split("=", 2);
      const [id, signature = ""] = value.split(".", 2);
      if (given === cookieName && isEqual(signature, sign(id))) return { id };
    }
    return undefined;
  }

  return {
    sessionOf,

    /** Starts a session with this response, unless the request has one. Call it when the page is loaded. */
    start(request, response) {
      if (sessionOf(request)) return;
      const id = randomBytes(16).toString("base64url");
      const attributes = `Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
      response.appendHeader("Set-Cookie", `${cookieName}=${id}.${sign(id)}; ${attributes}`);
    },
  };
}

function isEqual(left, right) {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
