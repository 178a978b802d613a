// The options of a client. The constructor throws for an invalid one, before any module has loaded: src/ciba/client.rs asks
// this file, too.

import { parseBaseUrl } from "./host.js";
import { A_BASE_URL, A_STRING, AN_OBJECT } from "./messages.js";

const BASE_URL = "https://prod.api.authsec.ai";

/** How long one request may take, in milliseconds. */
const REQUEST_TIMEOUT = 10_000;

/** @typedef {ReturnType<typeof readOptions>} ClientSettings */

/**
 * @param {unknown} isValid
 * @param {string} problem
 */
const check = (isValid, problem) => {
  if (!isValid) throw new TypeError(`options.${problem}`);
};

/**
 * Reads each option once, and returns them with the defaults for those that are absent. Accepts its own result.
 *
 * @param {import("./ciba.d.ts").ClientOptions | null | undefined} options
 */
export const readOptions = (options) => {
  // Own properties only: without a prototype, what a page added to Object.prototype is no option.
  const own = { __proto__: null, ...options };
  const { clientId, baseUrl, routes, requestTimeout, logger } = own;
  const base = parseBaseUrl(baseUrl ?? BASE_URL);
  check(clientId == null || typeof clientId == "string", `clientId${A_STRING}`);
  check(base, `baseUrl${A_BASE_URL}`);
  check(routes == null || routes == "workspace" || routes == "tenant", 'routes must be "workspace" or "tenant"');
  check(
    requestTimeout == null || (typeof requestTimeout == "number" && requestTimeout > 0),
    "requestTimeout must be a positive number of milliseconds",
  );
  check(logger == null || typeof logger == "object", `logger${AN_OBJECT}`);
  return { clientId, baseUrl: base, routes, requestTimeout: requestTimeout ?? REQUEST_TIMEOUT, logger };
};
