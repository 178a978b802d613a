// The options of a client, checked when it is made: a mistake in them is one in the page's code, so it throws.

import { locate } from "./host.js";

const BASE_URL = "https://prod.api.authsec.ai";

const check = (isValid, problem) => {
  if (!isValid) throw new TypeError(`options.${problem}`);
};

/** See ciba.d.ts. */
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
  return {
    clientId: clientId ?? undefined,
    base,
    isTenant: routes == "tenant",
    requestTimeout: requestTimeout ?? 0,
    logger,
  };
};
