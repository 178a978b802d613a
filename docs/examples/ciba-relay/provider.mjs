// The relay's side toward the provider: its routes, and one request to each of them.

import { parseAddress } from "./addresses.mjs";
import { assertionAuthentication, basicAuthentication } from "./client-authentication.mjs";
import { RequestError } from "./json-requests.mjs";

const RESPONSE_LIMIT_BYTES = 64 * 1024;
/** Less than the page's `requestTimeout`, 10 seconds by default, so that the page learns which server did not respond. */
const TIMEOUT_MS = 8000;

const AUTHSEC = "/authsec/uflow/auth";
const GRANT_TYPE = "urn:openid:params:grant-type:ciba";

/**
 * The provider: AuthSec, or any that has the standard's routes.
 *
 * @typedef {object} ProviderOptions
 * @property {string} baseUrl its address
 * @property {string} [routes] `"workspace"`: AuthSec's workspace routes; `"oidc"`: the standard's (OpenID CIBA Core 1.0)
 * @property {{ initiate: string, token: string }} [endpoints] addresses of the standard's routes, unless they are
 *   `{baseUrl}/oauth/bc-authorize` and `{baseUrl}/oauth/token`
 * @property {string} clientId
 * @property {string} [clientSecret] for HTTP Basic
 * @property {string} [privateKey] instead of a secret, with the standard's routes: a key in PEM format
 * @property {string} [keyId] its ID at the provider
 * @property {string} [audience] who the assertions are for: the address of the token route, unless the provider wants another
 * @property {string[]} [scopes] what the token is for
 * @property {string} [resource] likewise (RFC 8707)
 * @property {boolean} [totp] `false` if the provider does not take codes at AuthSec's route
 * @property {string} [workspaceId] the workspace of a code. Without it, AuthSec takes a code for the first account with that email
 *   in any workspace, and other workspaces create accounts for any email. Then check the workspace in the token.
 * @property {number} [timeoutMs] how long the provider may take to respond
 *
 * @param {ProviderOptions} options
 * @throws {TypeError} if an option is invalid
 */
export function createProvider(options) {
  const { clientId, scopes, resource, totp = true, workspaceId, timeoutMs = TIMEOUT_MS } = options;
  const { routes = "workspace", clientSecret, privateKey, keyId } = options;
  const baseUrl = parseAddress("baseUrl", options.baseUrl).replace(/\/+$/, "");
  if (routes !== "workspace" && routes !== "oidc") throw new TypeError('routes must be "workspace" or "oidc"');
  if (!clientId) throw new TypeError("clientId is missing");
  if (!clientSecret === !privateKey) throw new TypeError("either clientSecret or privateKey is needed");
  if (privateKey && routes !== "oidc") throw new TypeError('privateKey needs routes: "oidc"');
  if (scopes && !Array.isArray(scopes)) throw new TypeError("scopes must be an array of strings");
  if (!(timeoutMs > 0)) throw new TypeError("timeoutMs must be a positive number of milliseconds");

  const endpoints = {
    initiate: parseAddress("endpoints.initiate", options.endpoints?.initiate ?? `${baseUrl}/oauth/bc-authorize`),
    token: parseAddress("endpoints.token", options.endpoints?.token ?? `${baseUrl}/oauth/token`),
  };
  const { audience = endpoints.token } = options;
  const authenticate = privateKey
    ? assertionAuthentication({ clientId, privateKey, keyId, audience })
    : basicAuthentication(clientId, clientSecret);

  /** The request of each route, from the page's properties. No other property is the page's to choose. */
  const requests = {
    workspace: {
      initiate: (properties) =>
        jsonRequest(`${baseUrl}${AUTHSEC}/workspace/ciba/initiate`, {
          client_id: clientId,
          scopes,
          resource,
          ...properties,
        }),
      token: (properties) =>
        jsonRequest(`${baseUrl}${AUTHSEC}/workspace/ciba/token`, { client_id: clientId, resource, ...properties }),
    },
    oidc: {
      initiate: ({ email, ...properties }) =>
        formRequest(endpoints.initiate, {
          client_id: clientId,
          scope: [...new Set(["openid", ...(scopes ?? [])])].join(" "),
          resource,
          login_hint: email,
          ...properties,
        }),
      token: (properties) =>
        formRequest(endpoints.token, { grant_type: GRANT_TYPE, client_id: clientId, resource, ...properties }),
    },
  }[routes];

  const requestOf = async (name, properties) => {
    // Since October 2026, the workspace's own route for codes finds no client's workspace, so it accepts no code. This one takes
    // no client, and the body names the workspace. The standard has no codes.
    if (name === "totp")
      return jsonRequest(`${baseUrl}${AUTHSEC}/totp/login`, { workspace_id: workspaceId, ...properties });
    const { url, headers, body } = requests[name](properties);
    const authentication = await authenticate();
    for (const [key, value] of Object.entries(authentication.parameters)) body.append(key, value);
    return { url, headers: { ...headers, ...authentication.headers }, body };
  };

  return {
    hasTotp: totp,

    /**
     * Sends a request. Resolves to the response: its status, its text, which is a JSON object, that object, and `Retry-After`.
     *
     * @param {"initiate" | "token" | "totp"} name
     * @param {Record<string, string>} properties
     * @throws {RequestError} if there is no such response
     */
    async ask(name, properties) {
      const { url, headers, body: sent } = await requestOf(name, properties);
      let response, text;
      try {
        response = await fetch(url, {
          method: "POST",
          headers: { Accept: "application/json", ...headers },
          body: sent,
          // The secret is for this address only.
          redirect: "error",
          signal: AbortSignal.timeout(timeoutMs),
        });
        text = await readText(response);
      } catch (error) {
        // Only the name: a message could quote a secret.
        console.error(`relay: ${name}: no response from the provider (${error.cause?.code ?? error.name})`);
        if (error.name === "TimeoutError")
          throw new RequestError(504, "Gateway Timeout", "The provider did not respond in time.");
        throw new RequestError(502, "Bad Gateway", "The provider cannot be reached.");
      }
      const { status, ok } = response;
      const retryAfter = response.headers.get("Retry-After");
      const body = parseJsonObject(text);
      if (!body || (!ok && status < 400)) {
        console.error(`relay: ${name}: not a response of the provider (HTTP ${status})`);
        const kept = retryAfter === null ? {} : { "Retry-After": retryAfter };
        throw new RequestError(status < 400 ? 502 : status, "Bad Gateway", "The response is not the provider's.", kept);
      }
      if (body.error === "invalid_client")
        console.error(`relay: ${name}: the provider does not accept the client or its authentication`);
      return { status, text, body, retryAfter };
    },
  };
}

function jsonRequest(url, properties) {
  return { url, headers: { "Content-Type": "application/json" }, body: JSON.stringify(properties) };
}

/** fetch() adds the Content-Type of a form. */
function formRequest(url, properties) {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  return { url, headers: {}, body: new URLSearchParams(given) };
}

/** The body of a response, as far as it is of a reasonable length. */
async function readText(response) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > RESPONSE_LIMIT_BYTES) throw new RangeError("too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJsonObject(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
