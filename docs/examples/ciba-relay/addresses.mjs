// Addresses of servers that get secrets.

const LOOPBACK = /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * Checks an address, and normalizes it. It must be https, because it gets secrets. This machine can have http.
 *
 * @throws {TypeError} which starts with `name`
 */
export function parseAddress(name, text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname))))
    throw new TypeError(`${name} must be an https address, or an http address of this machine`);
  if (url.username || url.search || url.hash)
    throw new TypeError(`${name} must have no user, no query and no fragment`);
  return url.origin + url.pathname;
}
