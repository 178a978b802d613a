// The API of the shop's server: signs users up, starts transactions and introspects tokens.

/** An error response of the shop's server, with its HTTP status (0 if there was no response) and a message to show. */
export class ShopError extends Error {
  constructor(status, message) {
    super(message);
    this.name = "ShopError";
    this.status = status;
  }
}

/** `{ baseUrl, phoneUrl }`: the addresses of the Authentication Cloud and the phone page. */
export const settings = () => call("/api/settings");

/** Starts a registration: `{ username, displayName?, faults?, options? }`. */
export const enroll = (request) => call("/api/enroll", request);

/** Starts an approval: `{ username?, faults?, options? }`; without a username, any passkey is allowed. */
export const approve = (request) => call("/api/approve", request);

/** Introspects a transaction token: `{ active, … }`. */
export const introspect = (token) => call("/api/introspect", { token });

/** Creates a user of AuthSec: `{ email }`, normalized. */
export const signUp = (email) => call("/api/sign-up", { email });

/** Introspects an approval token of AuthSec: `{ active, … }`. */
export const introspectApproval = (token) => call("/api/ciba/introspect", { token });

/** How long the shop's server may take, in milliseconds. */
const LIMIT = 15_000;

async function call(path, body) {
  let response, json;
  try {
    response = await fetch(path, {
      signal: AbortSignal.timeout(LIMIT),
      ...(body && {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
    json = await response.json();
  } catch {
    throw new ShopError(response?.status ?? 0, "The shop’s server cannot be reached. Is it still running?");
  }
  if (!response.ok)
    throw new ShopError(
      response.status,
      json.message || json.error || `The shop's server responded with HTTP ${response.status}.`,
    );
  return json;
}
