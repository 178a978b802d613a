// The shop's own server, as the page calls it: it signs people up, starts transactions and introspects tokens.

/** What the shop's server answered instead of what was asked: `status` of HTTP, and a message to show. */
export class ShopError extends Error {
  constructor(status, message) {
    super(message);
    this.name = "ShopError";
    this.status = status;
  }
}

/** `{ baseUrl, ciba: { baseUrl, clientId, phoneUrl } }`: where the Authentication Cloud is, the CIBA service, and phones. */
export const settings = () => ask("/api/settings");

/** Starts a registration: `{ username, displayName?, faults?, options? }`. */
export const enrol = (request) => ask("/api/enrol", request);

/** Starts an approval: `{ username?, faults?, options? }`; without a name, for whoever the passkey belongs to. */
export const approve = (request) => ask("/api/approve", request);

/** What the cloud says about a token: `{ active, … }`. */
export const introspect = (token) => ask("/api/introspect", { token });

/** Makes the person of this email known to the CIBA service: `{ email }`, as the service writes it. */
export const signUp = (email) => ask("/api/sign-up", { email });

/** What the CIBA service says about a token: `{ active, … }`. */
export const introspectApproval = (token) => ask("/api/ciba/introspect", { token });

async function ask(path, body) {
  let response, answer;
  try {
    response = await fetch(
      path,
      body && {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      },
    );
    answer = await response.json();
  } catch {
    throw new ShopError(response?.status ?? 0, "The shop's server does not answer.");
  }
  if (!response.ok)
    throw new ShopError(
      response.status,
      answer.message || answer.error || `The shop's server answered ${response.status}.`,
    );
  return answer;
}
