// The cookies of a server's own sessions.

/** The name of a cookie, as it is sent. No other host can set one with this prefix, which browsers require to be secure. */
export const cookieName = (name, secure) => (secure ? `__Host-${name}` : name);

/** The values of all cookies of a request that have this name: a page of another path may have set one more. */
export function cookieValues(request, name) {
  const prefix = `${name}=`;
  return (request.headers.cookie ?? "")
    .split("; ")
    .filter((cookie) => cookie.startsWith(prefix))
    .map((cookie) => cookie.slice(prefix.length));
}

/**
 * Sets a cookie that no script can read, and that is sent with requests of this site only.
 *
 * @param {import("node:http").ServerResponse} response
 * @param {{ name: string, value: string, secure: boolean, maxAgeSeconds?: number }} cookie without an age, until the browser is
 *   closed
 */
export function setCookie(response, { name, value, secure, maxAgeSeconds }) {
  const lifetime = maxAgeSeconds === undefined ? "" : `; Max-Age=${maxAgeSeconds}`;
  response.appendHeader(
    "Set-Cookie",
    `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}${lifetime}`,
  );
}
