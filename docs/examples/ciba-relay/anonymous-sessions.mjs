// Sessions of visitors who have not signed in yet: a cookie with a random ID that the server has signed, so that nobody can make
// up one, and nothing needs to be stored.

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { cookieName, cookieValues, setCookie } from "./cookies.mjs";

/**
 * @param {object} [options]
 * @param {string} [options.name] of the cookie
 * @param {boolean} [options.secure] `false` for a page on http
 * @param {Buffer} [options.key] signs the IDs. Several processes need the same; a new one ends all sessions.
 */
export function anonymousSessions({ name = "visit", secure = true, key = randomBytes(32) } = {}) {
  const fullName = cookieName(name, secure);
  const sign = (id) => createHmac("sha256", key).update(id).digest("base64url");

  /** The session of a request: `{ id }`, or `undefined`. */
  function sessionOf(request) {
    for (const value of cookieValues(request, fullName)) {
      const [id, signature = ""] = value.split(".", 2);
      if (isEqual(signature, sign(id))) return { id };
    }
    return undefined;
  }

  return {
    sessionOf,

    /** The session of a request. Unless it has one, this response starts one. Call it when the page is loaded. */
    start(request, response) {
      const session = sessionOf(request);
      if (session) return session;
      const id = randomBytes(16).toString("base64url");
      setCookie(response, { name: fullName, value: `${id}.${sign(id)}`, secure });
      return { id };
    },
  };
}

function isEqual(left, right) {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
