// Code of a page that uses @simplewebauthn/browser. A test compiles it as it is, and with nothing but the import changed.

import {
  type AuthenticationResponseJSON,
  type Base64URLString,
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialDescriptorJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  platformAuthenticatorIsAvailable,
  type RegistrationResponseJSON,
  type StartAuthenticationOpts,
  type StartRegistrationOpts,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  WebAuthnError,
  type WebAuthnErrorCode,
} from "@simplewebauthn/browser";

const ask = async <T>(path: string, body: object = {}): Promise<T> => {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  return (await response.json()) as T;
};

const TEXTS: Partial<Record<WebAuthnErrorCode, string>> = {
  ERROR_CEREMONY_ABORTED: "",
  ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: "This device has a passkey already.",
  ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY: "That did not work. Try again.",
};

const describe = (error: unknown): string => {
  if (error instanceof WebAuthnError) {
    const { code, name, message, cause } = error;
    switch (code) {
      case "ERROR_INVALID_DOMAIN":
      case "ERROR_INVALID_RP_ID":
        return `${name}: ${message}`;
      case "ERROR_AUTHENTICATOR_GENERAL_ERROR":
        return cause instanceof Error ? cause.message : message;
      default:
        return TEXTS[code] ?? message;
    }
  }
  return error instanceof Error ? error.message : String(error);
};

export const signIn = async (username?: string): Promise<string> => {
  if (!browserSupportsWebAuthn()) return "Use your password.";
  try {
    const optionsJSON = await ask<PublicKeyCredentialRequestOptionsJSON>("/authentication/options", { username });
    const passkeys: PublicKeyCredentialDescriptorJSON[] = optionsJSON.allowCredentials ?? [];
    passkeys.push({ id: "AQ", type: "public-key", transports: ["internal"] });
    const options: StartAuthenticationOpts = { optionsJSON: { ...optionsJSON, allowCredentials: passkeys } };
    const credential: AuthenticationResponseJSON = await startAuthentication(options);
    const handle: Base64URLString | undefined = credential.response.userHandle;
    const { verified } = await ask<{ verified: boolean }>("/authentication/verify", { credential, handle });
    return verified ? "Welcome." : "That did not work.";
  } catch (error) {
    return describe(error);
  }
};

export const offerAutofill = async (optionsJSON: PublicKeyCredentialRequestOptionsJSON): Promise<void> => {
  if (!(await browserSupportsWebAuthnAutofill())) return;
  startAuthentication({ optionsJSON, useBrowserAutofill: true, verifyBrowserAutofillInput: false })
    .then((credential) => ask("/authentication/verify", credential))
    .catch((error) => console.error(error));
};

export const createPasskey = async (options: Omit<StartRegistrationOpts, "optionsJSON">): Promise<string> => {
  const optionsJSON = await ask<PublicKeyCredentialCreationOptionsJSON>("/registration/options");
  const { user, rp, pubKeyCredParams, authenticatorSelection = {} } = optionsJSON;
  if (!(await platformAuthenticatorIsAvailable())) authenticatorSelection.authenticatorAttachment = "cross-platform";
  const words = `${user.displayName} at ${rp.id ?? rp.name}, ${pubKeyCredParams.map(({ alg }) => alg).join()}`;
  try {
    const credential: RegistrationResponseJSON = await startRegistration({
      ...options,
      optionsJSON: { ...optionsJSON, authenticatorSelection },
    });
    const isDiscoverable: boolean = credential.clientExtensionResults.credProps?.rk ?? false;
    const transports: string[] = credential.response.transports ?? [];
    await ask("/registration/verify", { credential, words, isDiscoverable, transports });
    return credential.authenticatorAttachment === "platform" ? "On this device." : "On another device.";
  } catch (error) {
    return describe(error);
  }
};

export const leave = (): void => WebAuthnAbortService.cancelCeremony();
