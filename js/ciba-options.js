// The options of a client. The constructor throws for an invalid one, before any module has loaded: src/ciba/client.rs asks
// this file, too.

import { parseBaseUrl } from "./base-url.js";
import { A_BASE_URL, A_FUNCTION, A_STRING, AN_OBJECT } from "./messages.js";

const BASE_URL = "https://prod.api.authsec.ai";

/** How long one request may take, in milliseconds. */
const REQUEST_TIMEOUT = 10_000;

const ROUTES = ["workspace", "tenant", "authsec-tenant", "relay", "oidc"];

/** A path as `baseUrl`, and not a host after two slashes. */
const PATH = /^\/(?![/\\])[^?#\s]*$/;

/** @import { Authenticate } from "./ciba-credentials.js" */

/** @typedef {ReturnType<typeof readOptions>} ClientSettings */

/** Whether this is a page, or a worker of one, whose address may be a blob's; all else counts as a server, such as Deno's workers. */
const isPage = () =>
  typeof document == "object" ||
  (typeof WorkerGlobalScope == "function" && /^(?!file:)/.test(globalThis.location?.href ?? "file:"));

/**
 * @param {unknown} isValid
 * @param {string} problem
 */
const check = (isValid, problem) => {
  if (!isValid) throw new TypeError(`options.${problem}`);
};

/**
 * @param {unknown} value
 * @param {string} type
 */
const is = (value, type) => value == null || typeof value == type;

/**
 * A record of the headers, without those that the client sends itself.
 *
 * @param {Record<string, string> | null | undefined} headers
 * @param {string | null | undefined} clientSecret
 */
const readHeaders = (headers, clientSecret) => {
  if (headers == null) return headers;
  // A `Headers` or a map has no properties of its own, so that its headers would be lost.
  check(is(headers, "object") && !(Symbol.iterator in headers), `headers${AN_OBJECT}`);
  /** @type {Record<string, any>} */
  const own = { __proto__: null, ...headers };
  for (const key of Reflect.ownKeys(own)) {
    const name = String(key);
    // What fetch takes: RFC 9110, section 5. It would throw at each request, as it does for a symbol.
    check(
      /^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof own[name] == "string" && /^[\t -~\x80-\xff]*$/.test(own[name]),
      `headers must have names and values that fetch takes, but ${JSON.stringify(name)} has not`,
    );
    if (/^(content-type|accept)$/i.test(name) || (clientSecret != null && /^authorization$/i.test(name)))
      delete own[name];
  }
  return own;
};

/**
 * A copy, which is what is checked: getters may return something else the next time. It has no holes.
 *
 * @param {readonly string[] | null | undefined} scopes
 */
const readScopes = (scopes) => {
  if (scopes == null) return scopes;
  const copy = Array.isArray(scopes) ? [...scopes] : [undefined];
  check(
    copy.every((scope) => typeof scope == "string" && /^[^\s"\\]+$/.test(scope)),
    "scopes must be an array of strings, each one scope",
  );
  return copy;
};

/**
 * Reads each option once, and returns them with the defaults for those that are absent. Accepts its own result.
 *
 * @param {(import("./ciba.d.ts").ClientOptions & { authenticate?: Authenticate, hasCacheOption?: boolean }) | null | undefined} options
 */
export const readOptions = (options) => {
  // Own properties only: without a prototype, what a page added to Object.prototype is no option.
  const own = { __proto__: null, ...options };
  const strings = ["clientId", "workspaceId", "resource", "clientSecret", "keyId", "audience"];
  for (const name of strings) check(is(/** @type {Record<string, unknown>} */ (own)[name], "string"), name + A_STRING);
  const { clientId, workspaceId, resource, clientSecret, keyId, audience } = own;
  const { headers, privateKey, routes, requestTimeout, logger, onEnd, fallback } = own;
  check(is(privateKey, "string") || is(privateKey, "object"), "privateKey must be a string, a JWK or a CryptoKey");
  const baseUrl = own.baseUrl ?? BASE_URL;
  const isInPage = isPage();
  const isPath = PATH.test(baseUrl);
  const base = isPath && !isInPage ? undefined : parseBaseUrl(baseUrl);
  // A path is right, but not everywhere: where it is not, each method says so.
  check(base || isPath, `baseUrl${A_BASE_URL}`);
  check(
    routes == null || ROUTES.includes(routes),
    'routes must be "workspace", "tenant", "authsec-tenant", "relay" or "oidc"',
  );
  check(
    requestTimeout == null || (typeof requestTimeout == "number" && requestTimeout > 0),
    "requestTimeout must be a positive number of milliseconds",
  );
  check(is(logger, "object"), `logger${AN_OBJECT}`);
  check(is(onEnd, "function"), `onEnd${A_FUNCTION}`);
  check(is(fallback, "function"), `fallback${A_FUNCTION}`);
  return {
    ...{ clientId, workspaceId, resource, clientSecret, keyId, audience, privateKey, routes, logger, onEnd, fallback },
    isPage: isInPage,
    // js/ciba.js sets these.
    ...{ authenticate: own.authenticate, hasCacheOption: own.hasCacheOption },
    scopes: readScopes(own.scopes),
    baseUrl: base ?? baseUrl,
    headers: readHeaders(headers, clientSecret),
    requestTimeout: requestTimeout ?? REQUEST_TIMEOUT,
  };
};
