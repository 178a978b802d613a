/**
 * **These functions throw.** `webauthn-result/simplewebauthn` is for code that was written against version 14 of
 * `@simplewebauthn/browser`: the same functions, which return the credential or throw, on the prompt, the limits and the checks of
 * `webauthn-result`. Every other entry of this package resolves to a result object instead.
 *
 * The types of WebAuthn's JSON have the names that SimpleWebAuthn and the DOM have for them.
 *
 * @example
 * import { startAuthentication } from "webauthn-result/simplewebauthn";
 *
 * const optionsJSON = await fetch("/generate-authentication-options").then((response) => response.json());
 * const credential = await startAuthentication({ optionsJSON });
 * await fetch("/verify-authentication", { method: "POST", body: JSON.stringify(credential) });
 *
 * @packageDocumentation
 */

import type { AuthenticationResult, RegistrationResult } from "./index.cjs";

/**
 * Prompts the user for a passkey, and returns what it signed. **It throws**, unlike `authenticate`.
 *
 * With `useBrowserAutofill` the browser offers passkeys in a form field, whose `autocomplete` has to end with `webauthn`;
 * `verifyBrowserAutofillInput: false` skips that check. A later call ends the one before it.
 *
 * @throws {@link WebAuthnError} with a `code` where SimpleWebAuthn has one. Otherwise an `Error` or the browser's exception. Each
 * of them has the result in `result`: see {@link FailedCall}.
 *
 * @example
 * import { startAuthentication, WebAuthnError } from "webauthn-result/simplewebauthn";
 *
 * const optionsJSON = await fetch("/generate-authentication-options").then((response) => response.json());
 * try {
 *   const credential = await startAuthentication({ optionsJSON });
 *   await fetch("/verify-authentication", { method: "POST", body: JSON.stringify(credential) });
 * } catch (error) {
 *   if (!(error instanceof WebAuthnError && error.name === "NotAllowedError")) throw error;
 * }
 */
export declare function startAuthentication(options: {
  optionsJSON: PublicKeyCredentialRequestOptionsJSON;
  useBrowserAutofill?: boolean;
  verifyBrowserAutofillInput?: boolean;
}): Promise<AuthenticationResponseJSON>;

/**
 * Creates a passkey, and returns it for your server to verify. **It throws**, unlike `register`.
 *
 * With `useAutoRegister` it creates one without a prompt, if the browser can: conditional create.
 *
 * @throws {@link WebAuthnError} with a `code` where SimpleWebAuthn has one. Otherwise an `Error` or the browser's exception. Each
 * of them has the result in `result`: see {@link FailedCall}.
 *
 * @example
 * import { startRegistration, WebAuthnError } from "webauthn-result/simplewebauthn";
 *
 * const optionsJSON = await fetch("/generate-registration-options").then((response) => response.json());
 * try {
 *   const credential = await startRegistration({ optionsJSON });
 *   await fetch("/verify-registration", { method: "POST", body: JSON.stringify(credential) });
 * } catch (error) {
 *   const isKnown = error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED";
 *   if (!isKnown) throw error;
 * }
 */
export declare function startRegistration(options: {
  optionsJSON: PublicKeyCredentialCreationOptionsJSON;
  useAutoRegister?: boolean;
}): Promise<RegistrationResponseJSON>;

/**
 * What an error of these functions has besides: the result of the call, for `causeOf` and `explain`. Only the error for a page
 * without a field for autofill has none, because no call was made.
 *
 * @example
 * import { causeOf } from "webauthn-result/cause";
 * import { explain } from "webauthn-result/explain";
 * import type { FailedCall } from "webauthn-result/simplewebauthn";
 *
 * function adviceOn(error: unknown): string {
 *   const { result } = error as Partial<FailedCall>;
 *   if (!result) throw error;
 *   return causeOf(result).silent ? "" : explain(result).advice;
 * }
 */
export interface FailedCall extends Error {
  result: Extract<AuthenticationResult | RegistrationResult, { success: false }>;
}

/**
 * The browser or the authenticator refused, or the prompt was ended. `name` is that of the browser's exception; a prompt that took
 * too long is a `NotAllowedError`.
 *
 * @example
 * import { WebAuthnError } from "webauthn-result/simplewebauthn";
 *
 * const isAborted = (error: unknown): boolean =>
 *   error instanceof WebAuthnError && error.code === "ERROR_CEREMONY_ABORTED";
 */
export declare class WebAuthnError extends Error {
  /** Which of the reasons that SimpleWebAuthn distinguishes. */
  code: WebAuthnErrorCode;
  /** The browser's exception: its name and its message. */
  cause: Error;
  /** The result of the call. Absent in an error that your own code constructed. */
  result?: FailedCall["result"];
  constructor(parts: { message: string; code: WebAuthnErrorCode; cause: Error; name?: string });
}

/**
 * SimpleWebAuthn's codes. `ERROR_INVALID_USER_ID_LENGTH` and `ERROR_SIGNAL_INVALID_ARGUMENT` are here for their type: invalid options
 * are an `Error` whose message names the property, and this entry sends no signals.
 *
 * @example
 * import type { WebAuthnErrorCode } from "webauthn-result/simplewebauthn";
 *
 * const texts: Partial<Record<WebAuthnErrorCode, string>> = {
 *   ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: "This device has a passkey already.",
 * };
 */
export type WebAuthnErrorCode =
  | "ERROR_CEREMONY_ABORTED"
  | "ERROR_INVALID_DOMAIN"
  | "ERROR_INVALID_RP_ID"
  | "ERROR_INVALID_USER_ID_LENGTH"
  | "ERROR_MALFORMED_PUBKEYCREDPARAMS"
  | "ERROR_AUTHENTICATOR_GENERAL_ERROR"
  | "ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT"
  | "ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT"
  | "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED"
  | "ERROR_AUTHENTICATOR_NO_SUPPORTED_PUBKEYCREDPARAMS_ALG"
  | "ERROR_AUTO_REGISTER_USER_VERIFICATION_FAILURE"
  | "ERROR_SIGNAL_INVALID_ARGUMENT"
  | "ERROR_PASSTHROUGH_SEE_CAUSE_PROPERTY";

/**
 * Ends the open prompt, e.g. when the page's route changes: the call throws `ERROR_CEREMONY_ABORTED`.
 *
 * @example
 * import { WebAuthnAbortService } from "webauthn-result/simplewebauthn";
 *
 * window.addEventListener("popstate", () => WebAuthnAbortService.cancelCeremony());
 */
export declare const WebAuthnAbortService: { cancelCeremony(): void };

/**
 * Whether the browser has WebAuthn. Never throws.
 *
 * @example
 * import { browserSupportsWebAuthn } from "webauthn-result/simplewebauthn";
 *
 * if (!browserSupportsWebAuthn()) document.querySelector("#passkey")?.remove();
 */
export declare function browserSupportsWebAuthn(): boolean;

/**
 * Whether the browser can offer passkeys in a form field. Never rejects.
 *
 * @example
 * import { browserSupportsWebAuthnAutofill } from "webauthn-result/simplewebauthn";
 *
 * const hasAutofill: boolean = await browserSupportsWebAuthnAutofill();
 */
export declare function browserSupportsWebAuthnAutofill(): Promise<boolean>;

/**
 * Whether the device has an authenticator of its own that verifies the user. Never rejects.
 *
 * @example
 * import { platformAuthenticatorIsAvailable } from "webauthn-result/simplewebauthn";
 *
 * const hasScreenLock: boolean = await platformAuthenticatorIsAvailable();
 */
export declare function platformAuthenticatorIsAvailable(): Promise<boolean>;

/**
 * The argument of {@link startAuthentication}.
 *
 * @example
 * import { startAuthentication, type StartAuthenticationOpts } from "webauthn-result/simplewebauthn";
 *
 * const signIn = (options: StartAuthenticationOpts) => startAuthentication({ ...options, useBrowserAutofill: true });
 */
export type StartAuthenticationOpts = Parameters<typeof startAuthentication>[0];

/**
 * The argument of {@link startRegistration}.
 *
 * @example
 * import { startRegistration, type StartRegistrationOpts } from "webauthn-result/simplewebauthn";
 *
 * const upgrade = (options: StartRegistrationOpts) => startRegistration({ ...options, useAutoRegister: true });
 */
export type StartRegistrationOpts = Parameters<typeof startRegistration>[0];

/**
 * A base64url string, without padding.
 *
 * @example
 * import type { Base64URLString } from "webauthn-result/simplewebauthn";
 *
 * const challenge: Base64URLString = "Y2hhbGxlbmdl";
 */
export type Base64URLString = string;

/**
 * How the browser may guide the user.
 *
 * @example
 * import type { PublicKeyCredentialHint } from "webauthn-result/simplewebauthn";
 *
 * const hints: PublicKeyCredentialHint[] = ["client-device", "hybrid"];
 */
export type PublicKeyCredentialHint = "hybrid" | "security-key" | "client-device";

/**
 * An attestation statement format that WebAuthn defines.
 *
 * @example
 * import type { AttestationFormat } from "webauthn-result/simplewebauthn";
 *
 * const formats: AttestationFormat[] = ["packed", "none"];
 */
export type AttestationFormat = "fido-u2f" | "packed" | "android-safetynet" | "android-key" | "tpm" | "apple" | "none";

/**
 * A passkey, as options name it.
 *
 * @example
 * import type { PublicKeyCredentialDescriptorJSON } from "webauthn-result/simplewebauthn";
 *
 * const passkey: PublicKeyCredentialDescriptorJSON = { type: "public-key", id: "AAECAwQF", transports: ["internal"] };
 */
export interface PublicKeyCredentialDescriptorJSON {
  id: Base64URLString;
  type: string;
  transports?: string[];
}

/**
 * The user of {@link PublicKeyCredentialCreationOptionsJSON}. `id` is the user handle.
 *
 * @example
 * import type { PublicKeyCredentialUserEntityJSON } from "webauthn-result/simplewebauthn";
 *
 * const user: PublicKeyCredentialUserEntityJSON = { id: "dXNlcg", name: "zoe@example.com", displayName: "Zoë" };
 */
export interface PublicKeyCredentialUserEntityJSON {
  id: string;
  name: string;
  displayName: string;
}

/**
 * The inputs of WebAuthn extensions. As in the other entries, base64url strings of `prf` and `largeBlob` become buffers; this type is
 * SimpleWebAuthn's, which has buffers only.
 *
 * @example
 * import type { AuthenticationExtensionsClientInputs } from "webauthn-result/simplewebauthn";
 *
 * const extensions: AuthenticationExtensionsClientInputs = { credProps: true };
 */
export interface AuthenticationExtensionsClientInputs {
  appid?: string;
  credProps?: boolean;
  hmacCreateSecret?: boolean;
  minPinLength?: boolean;
  prf?: {
    eval?: { first: ArrayBufferView | ArrayBuffer; second?: ArrayBufferView | ArrayBuffer };
    evalByCredential?: Record<string, { first: ArrayBufferView | ArrayBuffer; second?: ArrayBufferView | ArrayBuffer }>;
  };
}

/**
 * The outputs of WebAuthn extensions, with buffers.
 *
 * @example
 * import type { AuthenticationExtensionsClientOutputs } from "webauthn-result/simplewebauthn";
 *
 * const isDiscoverable = ({ credProps }: AuthenticationExtensionsClientOutputs): boolean | undefined => credProps?.rk;
 */
export interface AuthenticationExtensionsClientOutputs {
  appid?: boolean;
  credProps?: { rk?: boolean };
  hmacCreateSecret?: boolean;
  prf?: {
    enabled?: boolean;
    results?: { first: ArrayBufferView | ArrayBuffer; second?: ArrayBufferView | ArrayBuffer };
  };
}

/**
 * What `generateAuthenticationOptions` of `@simplewebauthn/server` resolves to.
 *
 * @example
 * import type { PublicKeyCredentialRequestOptionsJSON } from "webauthn-result/simplewebauthn";
 *
 * const optionsJSON: PublicKeyCredentialRequestOptionsJSON = { challenge: "Y2hhbGxlbmdl", userVerification: "required" };
 */
export interface PublicKeyCredentialRequestOptionsJSON {
  challenge: Base64URLString;
  timeout?: number;
  rpId?: string;
  allowCredentials?: PublicKeyCredentialDescriptorJSON[];
  userVerification?: UserVerificationRequirement;
  hints?: PublicKeyCredentialHint[];
  extensions?: AuthenticationExtensionsClientInputs;
}

/**
 * What `generateRegistrationOptions` of `@simplewebauthn/server` resolves to.
 *
 * @example
 * import type { PublicKeyCredentialCreationOptionsJSON } from "webauthn-result/simplewebauthn";
 *
 * const optionsJSON: PublicKeyCredentialCreationOptionsJSON = {
 *   rp: { name: "Shop" },
 *   user: { id: "dXNlcg", name: "zoe@example.com", displayName: "Zoë" },
 *   challenge: "Y2hhbGxlbmdl",
 *   pubKeyCredParams: [{ type: "public-key", alg: -7 }],
 * };
 */
export interface PublicKeyCredentialCreationOptionsJSON {
  rp: PublicKeyCredentialRpEntity;
  user: PublicKeyCredentialUserEntityJSON;
  challenge: Base64URLString;
  pubKeyCredParams: PublicKeyCredentialParameters[];
  timeout?: number;
  excludeCredentials?: PublicKeyCredentialDescriptorJSON[];
  authenticatorSelection?: AuthenticatorSelectionCriteria;
  hints?: PublicKeyCredentialHint[];
  attestation?: AttestationConveyancePreference;
  attestationFormats?: AttestationFormat[];
  extensions?: AuthenticationExtensionsClientInputs;
}

/**
 * What {@link startAuthentication} resolves to.
 *
 * @example
 * import type { AuthenticationResponseJSON } from "webauthn-result/simplewebauthn";
 *
 * const idOf = ({ id }: AuthenticationResponseJSON): string => id;
 */
export interface AuthenticationResponseJSON {
  id: Base64URLString;
  rawId: Base64URLString;
  response: AuthenticatorAssertionResponseJSON;
  authenticatorAttachment?: AuthenticatorAttachment;
  clientExtensionResults: AuthenticationExtensionsClientOutputs;
  type: PublicKeyCredentialType;
}

/**
 * The signature, in {@link AuthenticationResponseJSON}.
 *
 * @example
 * import type { AuthenticatorAssertionResponseJSON } from "webauthn-result/simplewebauthn";
 *
 * const userOf = ({ userHandle }: AuthenticatorAssertionResponseJSON): string | undefined => userHandle;
 */
export interface AuthenticatorAssertionResponseJSON {
  clientDataJSON: Base64URLString;
  authenticatorData: Base64URLString;
  signature: Base64URLString;
  userHandle?: Base64URLString;
}

/**
 * What {@link startRegistration} resolves to.
 *
 * @example
 * import type { RegistrationResponseJSON } from "webauthn-result/simplewebauthn";
 *
 * const isDiscoverable = ({ clientExtensionResults }: RegistrationResponseJSON): boolean | undefined =>
 *   clientExtensionResults.credProps?.rk;
 */
export interface RegistrationResponseJSON {
  id: Base64URLString;
  rawId: Base64URLString;
  response: AuthenticatorAttestationResponseJSON;
  authenticatorAttachment?: AuthenticatorAttachment;
  clientExtensionResults: AuthenticationExtensionsClientOutputs;
  type: PublicKeyCredentialType;
}

/**
 * The new passkey, in {@link RegistrationResponseJSON}. What a password manager's credential lacks is absent.
 *
 * @example
 * import type { AuthenticatorAttestationResponseJSON } from "webauthn-result/simplewebauthn";
 *
 * const transportsOf = ({ transports = [] }: AuthenticatorAttestationResponseJSON): string[] => transports;
 */
export interface AuthenticatorAttestationResponseJSON {
  clientDataJSON: Base64URLString;
  attestationObject: Base64URLString;
  authenticatorData?: Base64URLString;
  transports?: string[];
  publicKeyAlgorithm?: COSEAlgorithmIdentifier;
  publicKey?: Base64URLString;
}

/**
 * What your server verifies, of either ceremony.
 *
 * @example
 * import type { PublicKeyCredentialJSON } from "webauthn-result/simplewebauthn";
 *
 * const send = (credential: PublicKeyCredentialJSON) => fetch("/verify", { method: "POST", body: JSON.stringify(credential) });
 */
export type PublicKeyCredentialJSON = RegistrationResponseJSON | AuthenticationResponseJSON;
