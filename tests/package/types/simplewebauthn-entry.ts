// `webauthn-result/simplewebauthn` has the types of @simplewebauthn/browser: what either takes or returns, the other takes too.

import type * as Theirs from "@simplewebauthn/browser";
import { causeOf } from "webauthn-result/cause";
import { explain } from "webauthn-result/explain";
import type * as Ours from "webauthn-result/simplewebauthn";
import { startAuthentication, startRegistration, WebAuthnError } from "webauthn-result/simplewebauthn";

/** A type, both ways. */
type Same<A, B> = [A, B] extends [B, A] ? true : false;

export const same: {
  request: Same<Ours.PublicKeyCredentialRequestOptionsJSON, Theirs.PublicKeyCredentialRequestOptionsJSON>;
  creation: Same<Ours.PublicKeyCredentialCreationOptionsJSON, Theirs.PublicKeyCredentialCreationOptionsJSON>;
  user: Same<Ours.PublicKeyCredentialUserEntityJSON, Theirs.PublicKeyCredentialUserEntityJSON>;
  descriptor: Same<Ours.PublicKeyCredentialDescriptorJSON, Theirs.PublicKeyCredentialDescriptorJSON>;
  assertion: Same<Ours.AuthenticatorAssertionResponseJSON, Theirs.AuthenticatorAssertionResponseJSON>;
  attestation: Same<Ours.AuthenticatorAttestationResponseJSON, Theirs.AuthenticatorAttestationResponseJSON>;
  authentication: Same<Ours.AuthenticationResponseJSON, Theirs.AuthenticationResponseJSON>;
  registration: Same<Ours.RegistrationResponseJSON, Theirs.RegistrationResponseJSON>;
  credential: Same<Ours.PublicKeyCredentialJSON, Theirs.PublicKeyCredentialJSON>;
  authenticationOptions: Same<Ours.StartAuthenticationOpts, Theirs.StartAuthenticationOpts>;
  registrationOptions: Same<Ours.StartRegistrationOpts, Theirs.StartRegistrationOpts>;
  code: Same<Ours.WebAuthnErrorCode, Theirs.WebAuthnErrorCode>;
  hint: Same<Ours.PublicKeyCredentialHint, Theirs.PublicKeyCredentialHint>;
  format: Same<Ours.AttestationFormat, Theirs.AttestationFormat>;
  text: Same<Ours.Base64URLString, Theirs.Base64URLString>;
  startAuthentication: Same<typeof Ours.startAuthentication, typeof Theirs.startAuthentication>;
  startRegistration: Same<typeof Ours.startRegistration, typeof Theirs.startRegistration>;
  browserSupportsWebAuthn: Same<typeof Ours.browserSupportsWebAuthn, typeof Theirs.browserSupportsWebAuthn>;
  autofill: Same<typeof Ours.browserSupportsWebAuthnAutofill, typeof Theirs.browserSupportsWebAuthnAutofill>;
  platform: Same<typeof Ours.platformAuthenticatorIsAvailable, typeof Theirs.platformAuthenticatorIsAvailable>;
} = {
  request: true,
  creation: true,
  user: true,
  descriptor: true,
  assertion: true,
  attestation: true,
  authentication: true,
  registration: true,
  credential: true,
  authenticationOptions: true,
  registrationOptions: true,
  code: true,
  hint: true,
  format: true,
  text: true,
  startAuthentication: true,
  startRegistration: true,
  browserSupportsWebAuthn: true,
  autofill: true,
  platform: true,
};

// An error is one of theirs, with the result besides.
export const isTheirs = (error: WebAuthnError): Theirs.WebAuthnError => error;
export const adviceOn = (error: unknown): string =>
  error instanceof WebAuthnError && error.result && !causeOf(error.result).silent ? explain(error.result).advice : "";

// @ts-expect-error The options have a name.
startAuthentication({ challenge: "AQ" });
// @ts-expect-error Those of the other ceremony.
startRegistration({ optionsJSON: { challenge: "AQ" } });
