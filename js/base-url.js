// Where requests may go: docs/contract.md, section A6. JavaScript has the parser of URLs, and the constructor of CIBAClient needs
// it before any module has loaded.

/** @param {string | null | undefined} base */
const parse = (base) => {
  try {
    // Not `location.origin`, which is "null" in a srcdoc frame; and a base element must not choose the host. On a server
    // a path is accepted: there no request is sent.
    const own = () => new URL(globalThis.origin ?? "https://localhost");
    if (base == null) return /^https?:/.test(own().protocol) ? own().origin : undefined;
    const text = `${base}`;
    const isPath = text[0] == "/";
    const url = new URL(text, isPath ? own() : undefined);
    const isLoopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1])$/.test(url.hostname);
    const rest = url.username + url.password + url.search + url.hash;
    if (
      !rest &&
      (url.protocol == "https:" || (url.protocol == "http:" && isLoopback)) &&
      !(isPath && url.origin != own().origin)
    )
      return url.origin + url.pathname.replace(/\/+$/, "");
  } catch {}
};

/** @type {string | undefined} */
let last;
/** @type {string | undefined} */
let parsed;

/**
 * The URL to append paths to; undefined if `base` is neither https, nor http on a loopback host, nor a path. Of an absent
 * `base` it is the page's own origin; undefined if the page has none.
 *
 * @param {string | null | undefined} base
 */
export const parseBaseUrl = (base) => {
  if (typeof base != "string") return parse(base);
  // Mostly it is the same one, and parsing it takes a tenth of a call.
  if (base !== last) {
    parsed = parse(base);
    last = base;
  }
  return parsed;
};
