// The arguments of `authenticate` and `register`: docs/contract.md, section A3.
//
// biome-ignore-all lint/suspicious/noExplicitAny: `ExtensionInputsJSON` says why.

/**
 * A base64url string (RFC 4648 section 5). Trailing `=` padding is accepted, white space is not.
 *
 * @example
 * import type { Base64Url } from "webauthn-result";
 *
 * const challenge: Base64Url = "q83vEjRWeJA";
 */
export type Base64Url = string;

/**
 * A credential: one that may be used (`allowCredentials`), or one that must not exist yet (`excludeCredentials`).
 *
 * @example
 * import type { CredentialDescriptorJSON } from "webauthn-result";
 *
 * const passkey: CredentialDescriptorJSON = { type: "public-key", id: "q83vEjRWeJA", transports: ["internal"] };
 */
export interface CredentialDescriptorJSON {
  type: "public-key" | (string & {});
  /** The credential ID: at least one byte. */
  id: Base64Url;
  transports?:
    | readonly ("ble" | "hybrid" | "internal" | "nfc" | "smart-card" | "usb" | (string & {}))[]
    | null
    | undefined;
}

/**
 * Inputs of the `prf` extension. A base64url string becomes a buffer.
 *
 * @example
 * import type { PrfInputsJSON } from "webauthn-result";
 *
 * const salts: PrfInputsJSON = { first: "q83vEjRWeJA" };
 */
export interface PrfInputsJSON {
  first: Base64Url | ArrayBuffer | ArrayBufferView;
  second?: Base64Url | ArrayBuffer | ArrayBufferView | undefined;
}

/**
 * Inputs of WebAuthn extensions. They are passed on to the browser, including those that are not named here. Their
 * outputs go to `onExtensionResults` of the {@link Settings}.
 *
 * @example
 * import type { ExtensionInputsJSON } from "webauthn-result";
 *
 * const extensions: ExtensionInputsJSON = { credProps: true, prf: { eval: { first: "q83vEjRWeJA" } } };
 */
export interface ExtensionInputsJSON {
  appid?: string | undefined;
  appidExclude?: string | undefined;
  credProps?: boolean | undefined;
  largeBlob?:
    | {
        support?: "preferred" | "required" | (string & {}) | undefined;
        read?: boolean | undefined;
        /** A base64url string becomes a buffer. */
        write?: Base64Url | ArrayBuffer | ArrayBufferView | undefined;
      }
    | undefined;
  prf?:
    | {
        eval?: PrfInputsJSON | undefined;
        /** By credential ID, as base64url string. */
        evalByCredential?: { readonly [id: Base64Url]: PrfInputsJSON } | undefined;
      }
    | undefined;
  /**
   * Other extensions. With `unknown` for `any`, no interface would be assignable, such as the DOM's of the same JSON.
   */
  [extension: string]: any;
}

/**
 * `credentialRequestOptions` of the approval response: docs/contract.md, section A3.4. WebAuthn's
 * `PublicKeyCredentialRequestOptionsJSON` plus FIDO's `status` and `errorMessage`. `null` counts as absent in optional
 * properties.
 *
 * @example
 * import type { RequestOptionsJSON } from "webauthn-result";
 *
 * const options: RequestOptionsJSON = {
 *   challenge: "q83vEjRWeJA",
 *   timeout: 60000,
 *   rpId: "example.com",
 *   allowCredentials: [{ type: "public-key", id: "AAECAwQFBgc" }],
 *   userVerification: "required",
 * };
 */
export interface RequestOptionsJSON {
  /** At least one byte. */
  challenge: Base64Url;
  /** In milliseconds, 0 or more. The prompt ends 30 seconds later at the latest; without it, after 5 minutes. */
  timeout?: number | null | undefined;
  /** The domain that the passkey belongs to. The page's domain by default. */
  rpId?: string | null | undefined;
  /** If absent or empty, the user may choose any discoverable credential. */
  allowCredentials?: readonly CredentialDescriptorJSON[] | null | undefined;
  /** `"preferred"` by default. */
  userVerification?: "required" | "preferred" | "discouraged" | (string & {}) | null | undefined;
  hints?: readonly ("security-key" | "client-device" | "hybrid" | (string & {}))[] | null | undefined;
  extensions?: ExtensionInputsJSON | null | undefined;
  /** Any other value than `"ok"` is `error-0000`, with `errorMessage` in its `message`. */
  status?: "ok" | "failed" | (string & {}) | null | undefined;
  errorMessage?: string | null | undefined;
}

/**
 * `credentialCreationOptions` of the enrollment response: docs/contract.md, section A3.5. WebAuthn's
 * `PublicKeyCredentialCreationOptionsJSON` plus FIDO's `status` and `errorMessage`. `null` counts as absent in optional
 * properties.
 *
 * @example
 * import type { CreationOptionsJSON } from "webauthn-result";
 *
 * const options: CreationOptionsJSON = {
 *   rp: { id: "example.com", name: "Example" },
 *   user: { id: "AAECAwQFBgc", name: "zoe", displayName: "Zoë" },
 *   challenge: "q83vEjRWeJA",
 *   pubKeyCredParams: [{ type: "public-key", alg: -7 }],
 *   authenticatorSelection: { residentKey: "required", userVerification: "required" },
 * };
 */
export interface CreationOptionsJSON {
  /** The relying party. `id` is the domain that the passkey will belong to, the page's domain by default. */
  rp: { name: string; id?: string | null | undefined };
  /** `id` is the user handle: at least one byte. */
  user: { id: Base64Url; name: string; displayName: string };
  /** At least one byte. */
  challenge: Base64Url;
  /** `alg` is a COSE algorithm identifier, a 32-bit integer: -7 is ES256, -257 is RS256. */
  pubKeyCredParams: readonly { type: "public-key" | (string & {}); alg: number }[];
  /** In milliseconds, 0 or more. The prompt ends 30 seconds later at the latest; without it, after 5 minutes. */
  timeout?: number | null | undefined;
  /** An authenticator that holds one of these credentials refuses to create another: `error-1001`. */
  excludeCredentials?: readonly CredentialDescriptorJSON[] | null | undefined;
  authenticatorSelection?:
    | {
        authenticatorAttachment?: "platform" | "cross-platform" | (string & {}) | null | undefined;
        /** `"discouraged"` by default, or `"required"` if `requireResidentKey` is true. */
        residentKey?: "required" | "preferred" | "discouraged" | (string & {}) | null | undefined;
        requireResidentKey?: boolean | null | undefined;
        /** `"preferred"` by default. */
        userVerification?: "required" | "preferred" | "discouraged" | (string & {}) | null | undefined;
      }
    | null
    | undefined;
  /** `"none"` by default. */
  attestation?: "none" | "indirect" | "direct" | "enterprise" | (string & {}) | null | undefined;
  /** In order of preference. */
  attestationFormats?:
    | readonly (
        | "packed"
        | "tpm"
        | "android-key"
        | "android-safetynet"
        | "fido-u2f"
        | "apple"
        | "none"
        | (string & {})
      )[]
    | null
    | undefined;
  hints?: readonly ("security-key" | "client-device" | "hybrid" | (string & {}))[] | null | undefined;
  extensions?: ExtensionInputsJSON | null | undefined;
  /** Any other value than `"ok"` is `error-1000`, with `errorMessage` in its `message`. */
  status?: "ok" | "failed" | (string & {}) | null | undefined;
  errorMessage?: string | null | undefined;
}

/**
 * The argument of {@link authenticate}: the response of the cloud to your backend's `POST /api/v1/approval`, unchanged
 * (docs/contract.md, section A3.1). Other properties of the response are ignored.
 *
 * @example
 * import type { Approval } from "webauthn-result";
 *
 * async function startApproval(): Promise<Approval> {
 *   const response = await fetch("/start-approval", { method: "POST" });
 *   return response.json();
 * }
 */
export interface Approval {
  credentialRequestOptions: RequestOptionsJSON;
  /** Required (`error-0003`), except with `mediation: "conditional"` or `"immediate"`, or `usernameless: true`. */
  userId?: string | null | undefined;
  /** Identifies the transaction: a signed JWT. Required (`error-0004`). */
  statusToken: string;
}

/**
 * The argument of {@link authenticate} with the setting `finalize`: the options of your own WebAuthn server, also as webauthn-rs
 * wraps them.
 *
 * @example
 * import { authenticate, type FinalizeFunction, type OwnApproval } from "webauthn-result";
 *
 * async function signIn(options: OwnApproval["credentialRequestOptions"], finalize: FinalizeFunction): Promise<boolean> {
 *   const { success } = await authenticate({ credentialRequestOptions: options }, { finalize });
 *   return success;
 * }
 */
export interface OwnApproval {
  credentialRequestOptions: RequestOptionsJSON | { publicKey: RequestOptionsJSON };
  userId?: string | null | undefined;
  /** Passed on to `finalize` and `status`. */
  statusToken?: string | undefined;
}

/**
 * The argument of {@link register} with the setting `finalize`, likewise.
 *
 * @example
 * import { register, type FinalizeFunction, type OwnEnrollment } from "webauthn-result";
 *
 * async function create(options: OwnEnrollment["credentialCreationOptions"], finalize: FinalizeFunction): Promise<boolean> {
 *   const { success } = await register({ credentialCreationOptions: options }, { finalize });
 *   return success;
 * }
 */
export interface OwnEnrollment {
  credentialCreationOptions: CreationOptionsJSON | { publicKey: CreationOptionsJSON };
  /** Passed on to `finalize` and `status`. */
  statusToken?: string | undefined;
}

/**
 * The argument of {@link register}: the `enrollment` property of the cloud's response to your backend's
 * `POST /api/v1/users/enroll`, unchanged (docs/contract.md, section A3.2). Other properties are ignored.
 *
 * @example
 * import type { Enrollment } from "webauthn-result";
 *
 * async function startRegistration(): Promise<Enrollment> {
 *   const response = await fetch("/start-registration", { method: "POST" });
 *   const { enrollment } = await response.json();
 *   return { ...enrollment, authenticatorName: "Work laptop" };
 * }
 */
export interface Enrollment {
  credentialCreationOptions: CreationOptionsJSON;
  /** Identifies the transaction: a signed JWT. Required (`error-1004`). */
  statusToken: string;
  /** The name of this passkey in the user's list of authenticators. An empty string counts as absent. */
  authenticatorName?: string | null | undefined;
}

/**
 * The first argument of {@link outcome}: which transaction. An {@link Approval} is one, too.
 *
 * @example
 * import { outcome, type Transaction } from "webauthn-result";
 *
 * const isDecided = async (transaction: Transaction): Promise<boolean> => (await outcome(transaction)).success;
 */
export interface Transaction<C extends CeremonyName = CeremonyName> {
  /** Identifies the transaction: a signed JWT. Required (`error-0004`, `error-1004`). */
  statusToken: string;
  /** Which codes the result has: the cloud does not say. `"authentication"` by default. */
  ceremony?: C | null | undefined;
}

/**
 * The two ceremonies of WebAuthn, as {@link outcome} takes them and `onEnd` gets them.
 *
 * @example
 * import { type CeremonyName, outcome } from "webauthn-result";
 *
 * const isDone = async (statusToken: string, ceremony: CeremonyName) => (await outcome({ statusToken, ceremony })).success;
 */
export type CeremonyName = "authentication" | "registration";
