// The backend's calls to the Authentication Cloud, with the access key, which must not reach a page.

import { RequestError } from "../ciba-relay/json-requests.mjs";

/** Less than a page waits for the status: `finalizeTimeout`, 10 seconds by default. */
const TIMEOUT_MS = 8000;

/** A response of the cloud, to be passed on as it is. */
export class CloudResponse {
  /** @param {number} status @param {string} text @param {string | null} retryAfter */
  constructor(status, text, retryAfter) {
    this.status = status;
    this.text = text;
    this.retryAfter = retryAfter;
  }
}

// #region cloud
/** @param {{ url: string, accessKey: string }} options */
export function authenticationCloud({ url, accessKey }) {
  /** Sends a request: a form if `body` is `URLSearchParams`, else JSON. */
  async function send(path, body) {
    const isForm = body instanceof URLSearchParams;
    try {
      const response = await fetch(url + path, {
        method: "POST",
        headers: {
          Authorization: `Bearer ${accessKey}`,
          "Content-Type": isForm ? "application/x-www-form-urlencoded" : "application/json",
        },
        body: isForm ? body : JSON.stringify(body),
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return new CloudResponse(response.status, await response.text(), response.headers.get("Retry-After"));
    } catch (error) {
      // Only the names: a message could quote a token.
      console.error(`backend: ${path}: no response from the cloud (${error.cause?.code ?? error.name})`);
      throw new RequestError(503, "cloud_unavailable", "The cloud cannot be reached. Ask again.", {
        "Retry-After": "1",
      });
    }
  }

  /** The body of a success. `refusals` maps other statuses to the errors that the page gets. */
  async function ask(path, body, refusals = {}) {
    const { status, retryAfter, text } = await send(path, body);
    if (status >= 200 && status < 300) {
      const value = parseJson(text);
      if (value) return value;
    } else if (Object.hasOwn(refusals, status)) throw refusals[status];
    console.error(`backend: ${path}: the cloud responded with HTTP ${status}`);
    // These pass: nothing is decided, so the page can ask again.
    if (status >= 500 || status === 408 || status === 425 || status === 429)
      throw new RequestError(503, "cloud_unavailable", "The cloud did not do that. Ask again.", {
        "Retry-After": retryAfter ?? "1",
      });
    throw new RequestError(
      502,
      "cloud_refused",
      "The cloud refused the request. The backend's log has the HTTP status.",
    );
  }

  return {
    startRegistration: (username) =>
      ask("/api/v1/users/enroll", { username, displayName: username, channel: "fido2" }, { 409: nameTaken() }),

    /** Without a username, by any passkey: autofill, or sign-in without a name. */
    startApproval: (username) =>
      ask(
        "/api/v1/approval",
        { username, channel: "fido2" },
        { 404: new RequestError(404, "unknown_user", "Nobody has a passkey under this name."), 409: nameTaken() },
      ),

    /** The response of the status endpoint, as it is. */
    status: (statusToken) => send("/api/v1/status", { statusToken }),

    /**
     * How a transaction ended, and whose it is: `{ status, user }`. There is a user only if the transaction was approved, and the
     * token that the page sent is genuine.
     */
    async verify(statusToken, token) {
      const { active } = await ask("/api/v1/introspect", new URLSearchParams({ token }));
      // Active means that the token is genuine. The status says how this transaction ended, and whose it is.
      const { status, userId, username } = await ask("/api/v1/status", { statusToken });
      const approved = active === true && status === "succeeded" && typeof userId === "string";
      return { status, user: approved ? { userId, username } : undefined };
    },
  };
}
// #endregion cloud

export const nameTaken = () =>
  new RequestError(409, "name_taken", "Somebody else has this name. Sign in, or choose another.");

function parseJson(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" ? value : undefined;
  } catch {
    return undefined;
  }
}
