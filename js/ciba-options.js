// The options of a client, checked when it is made: a mistake in them is one in the page's code, so it throws.

import { locate } from "./host.js";

const BASE_URL = "https://prod.api.authsec.ai";

/** @typedef {ReturnType<typeof readOptions>} ClientSettings */

/** How long one request may take, in milliseconds. */
const REQUEST_TIMEOUT = 10_000;

/**
 * @param {unknown} isValid
 * @param {string} problem
 */
const check = (isValid, problem) => {
  if (!isValid) throw new TypeError(`options.${problem}`);
};

/**
 * See ciba.d.ts. With a client id that is not empty it is the tenant flow, else the admin flow.
 *
 * @param {import("./ciba.d.ts").ClientOptions | null | undefined} options
 */
export const readOptions = (options) => {
  const { clientId, baseUrl, routes, requestTimeout, logger } = options ?? {};
  const base = locate(baseUrl ?? BASE_URL);
  check(clientId == null || typeof clientId == "string", "clientId is no text");
  check(base, "baseUrl is neither https nor http on a loopback host");
  check(routes == null || routes == "workspace" || routes == "tenant", "routes is neither workspace nor tenant");
  check(
    requestTimeout == null || (typeof requestTimeout == "number" && requestTimeout > 0),
    "requestTimeout is no number above 0",
  );
  check(logger == null || typeof logger == "object", "logger is no object");
  const isOlder = routes == "tenant";
  const flow = clientId ? (isOlder ? "tenant/" : "workspace/") : "";
  return {
    clientId: clientId || undefined,
    /** Of every address. */
    prefix: `${base}${isOlder ? "" : "/authsec"}/uflow/auth/${flow}`,
    requestTimeout: requestTimeout ?? REQUEST_TIMEOUT,
    logger: /** @type {import("./ciba-log.js").Logger | null | undefined} */ (logger),
  };
};
