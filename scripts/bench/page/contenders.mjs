// The contenders: the package, plain JavaScript that does the same work, and peers with the `fetch` that they also need.

import { get } from "@github/webauthn-json";
import { client } from "@passwordless-id/webauthn";
import { startAuthentication } from "@simplewebauthn/browser";
import { authenticate as plain } from "./plain.mjs";

/**
 * Returns functions by name. Each takes the argument of `authenticate`, and resolves to an object with a token.
 *
 * @param {(argument, settings) => Promise} authenticate the package's
 * @param {string} baseUrl of the cloud
 */
export const createContenders = (authenticate, baseUrl) => {
  const settings = { baseUrl };
  const finalize = async (credential, statusToken) => {
    const response = await fetch(`${baseUrl}/_app/assertion/result`, {
      method: "POST",
      headers: { "Content-Type": "application/json;charset=utf-8", Accept: "application/json" },
      body: JSON.stringify({ ...credential, statusToken, userAgent: navigator.userAgent }),
    });
    return response.json();
  };
  return {
    "plain JavaScript": (argument) => plain(argument, settings),
    "webauthn-result": (argument) => authenticate(argument, settings),
    "@simplewebauthn/browser + fetch": async ({ credentialRequestOptions, statusToken }) =>
      finalize(await startAuthentication({ optionsJSON: credentialRequestOptions }), statusToken),
    "@github/webauthn-json + fetch": async ({ credentialRequestOptions, statusToken }) =>
      finalize(await get({ publicKey: credentialRequestOptions }), statusToken),
    "@passwordless-id/webauthn + fetch": async ({ credentialRequestOptions, statusToken }) =>
      finalize(await client.authenticate(credentialRequestOptions), statusToken),
  };
};
