// The entry `webauthn-result/simplewebauthn`: the functions of @simplewebauthn/browser, which throw, on those of
// `webauthn-result`, which do not.

import { authenticate, cancel, register, support } from "./index.js";
import { errorOf } from "./simplewebauthn-error.js";

export { WebAuthnError } from "./simplewebauthn-error.js";

/** @typedef {typeof import("./simplewebauthn.d.ts")} Entry */

/**
 * Prompts the user. Resolves to the credential, or throws the error of the result.
 *
 * @param {(transaction: any, settings: any) => Promise<import("./index.d.ts").Result<any, any>>} call
 * @param {"credentialRequestOptions" | "credentialCreationOptions"} name
 * @param {any} options
 * @param {boolean | undefined} isConditional
 */
const prompt = async (call, name, options, isConditional) => {
  /** @type {any} */
  let credential;
  /** @type {unknown} */
  let clientExtensionResults;
  const result = await call(
    { [name]: options },
    {
      mediation: isConditional ? "conditional" : "optional",
      // With buffers, as SimpleWebAuthn returns them.
      onExtensionResults: (/** @type {unknown} */ results) => {
        clientExtensionResults = results;
      },
      // The page's server decides later, so the call ends here, with any token.
      finalize: (/** @type {{ id: string }} */ signed) => {
        credential = signed;
        return { token: signed.id };
      },
    },
  );
  // Also where the module crashed afterwards: the user has consented.
  if (credential) return Object.assign(credential, clientExtensionResults && { clientExtensionResults });
  throw errorOf(/** @type {import("./index.d.ts").Failure<any>} */ (result), Object(options), isConditional);
};

/** @type {Entry["startAuthentication"]} */
export const startAuthentication = async ({ optionsJSON, useBrowserAutofill, verifyBrowserAutofillInput = true }) => {
  if (
    useBrowserAutofill &&
    verifyBrowserAutofillInput &&
    !globalThis.document?.querySelector("input[autocomplete$=webauthn]")
  )
    throw Error("No input[autocomplete$=webauthn]");
  const options = useBrowserAutofill ? { ...optionsJSON, allowCredentials: [] } : optionsJSON;
  return prompt(authenticate, "credentialRequestOptions", options, useBrowserAutofill);
};

/** @type {Entry["startRegistration"]} */
export const startRegistration = async ({ optionsJSON, useAutoRegister }) =>
  prompt(register, "credentialCreationOptions", optionsJSON, useAutoRegister);

export const WebAuthnAbortService = { cancelCeremony: cancel };

export const browserSupportsWebAuthn = () => typeof PublicKeyCredential == "function";

export const browserSupportsWebAuthnAutofill = async () => (await support()).autofill;

export const platformAuthenticatorIsAvailable = async () => (await support()).platformAuthenticator;
