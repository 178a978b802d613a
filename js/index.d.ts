/**
 * Approve something with a passkey, or create one, and always get one documented result object.
 *
 * @example
 * import { authenticate, configure } from "webauthn-result";
 *
 * configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud" });
 *
 * const approval = await fetch("/start-approval", { method: "POST" }).then((answer) => answer.json());
 * const result = await authenticate(approval);
 * if (result.success) console.log(result.code.statusCode, result.token.length);
 * else console.warn(result.code.statusCode, result.message);
 *
 * @packageDocumentation
 */

/**
 * base64url text (RFC 4648 section 5); padding is tolerated.
 *
 * @example
 * import type { Base64Url } from "webauthn-result";
 *
 * const challenge: Base64Url = "q83vEjRWeJA";
 */
export type Base64Url = string;

/**
 * A credential that may take part, or must not exist yet.
 *
 * @example
 * import type { CredentialDescriptorJSON } from "webauthn-result";
 *
 * const passkey: CredentialDescriptorJSON = { type: "public-key", id: "q83vEjRWeJA", transports: ["internal"] };
 */
export interface CredentialDescriptorJSON {
  type: string;
  id: Base64Url;
  transports?: readonly string[] | null;
}

/**
 * `credentialRequestOptions` of the approval response: WebAuthn's `PublicKeyCredentialRequestOptionsJSON`, with FIDO's
 * `status` and `errorMessage` beside it. `null` in place of an optional member counts as absent.
 *
 * @example
 * import type { CredentialRequestOptions } from "webauthn-result";
 *
 * const options: CredentialRequestOptions = {
 *   challenge: "q83vEjRWeJA",
 *   timeout: 60000,
 *   rpId: "example.com",
 *   allowCredentials: [{ type: "public-key", id: "AAECAwQFBgc" }],
 *   userVerification: "required",
 * };
 */
export interface CredentialRequestOptions {
  challenge: Base64Url;
  /** In milliseconds. */
  timeout?: number | null;
  rpId?: string | null;
  allowCredentials?: readonly CredentialDescriptorJSON[] | null;
  userVerification?: string | null;
  hints?: readonly string[] | null;
  extensions?: object | null;
  status?: string | null;
  errorMessage?: string | null;
}

/**
 * `credentialCreationOptions` of the enrolment response: WebAuthn's `PublicKeyCredentialCreationOptionsJSON`, with
 * FIDO's `status` and `errorMessage` beside it. `null` in place of an optional member counts as absent.
 *
 * @example
 * import type { CredentialCreationOptions } from "webauthn-result";
 *
 * const options: CredentialCreationOptions = {
 *   rp: { id: "example.com", name: "Example" },
 *   user: { id: "AAECAwQFBgc", name: "zoe", displayName: "Zoë" },
 *   challenge: "q83vEjRWeJA",
 *   pubKeyCredParams: [{ type: "public-key", alg: -7 }],
 *   authenticatorSelection: { residentKey: "required", userVerification: "required" },
 * };
 */
export interface CredentialCreationOptions {
  rp: { name: string; id?: string | null };
  user: { id: Base64Url; name: string; displayName: string };
  challenge: Base64Url;
  pubKeyCredParams: readonly { type: string; alg: number }[];
  /** In milliseconds. */
  timeout?: number | null;
  excludeCredentials?: readonly CredentialDescriptorJSON[] | null;
  authenticatorSelection?: {
    authenticatorAttachment?: string | null;
    residentKey?: string | null;
    requireResidentKey?: boolean | null;
    userVerification?: string | null;
  } | null;
  attestation?: string | null;
  attestationFormats?: readonly string[] | null;
  hints?: readonly string[] | null;
  extensions?: object | null;
  status?: string | null;
  errorMessage?: string | null;
}

/**
 * What the backend got from `POST /api/v1/approval`, as it is.
 *
 * @example
 * import type { AuthenticationOptions } from "webauthn-result";
 *
 * async function startApproval(): Promise<AuthenticationOptions> {
 *   const answer = await fetch("/start-approval", { method: "POST" });
 *   return answer.json();
 * }
 */
export interface AuthenticationOptions {
  credentialRequestOptions: CredentialRequestOptions;
  /** Absent only for autofill (`mediation: "conditional"`) and for `usernameless`. */
  userId?: string | null;
  /** Names the transaction: a signed JWT. */
  statusToken: string;
}

/**
 * What the backend got from `POST /api/v1/users/enroll`: its member `enrollment`, as it is.
 *
 * @example
 * import type { RegistrationOptions } from "webauthn-result";
 *
 * async function startRegistration(): Promise<RegistrationOptions> {
 *   const answer = await fetch("/start-registration", { method: "POST" });
 *   const { enrollment } = await answer.json();
 *   return { ...enrollment, authenticatorName: "Work laptop" };
 * }
 */
export interface RegistrationOptions {
  credentialCreationOptions: CredentialCreationOptions;
  /** Names the transaction: a signed JWT. */
  statusToken: string;
  /** The name under which the person will find this passkey again. */
  authenticatorName?: string | null;
}

/**
 * What a call is doing: waiting for the person, sending the answer, or finding out what became of it.
 *
 * @example
 * import { configure, type Stage } from "webauthn-result";
 *
 * const words: Record<Stage, string> = {
 *   prompting: "Confirm that it is you",
 *   finalizing: "One moment",
 *   recovering: "The connection is slow, one moment more",
 * };
 * configure({ onProgress: (stage) => console.log(words[stage]) });
 */
export type Stage = "prompting" | "finalizing" | "recovering";

/**
 * How a call behaves. What is absent or `undefined` is as {@link configure} set it.
 *
 * @example
 * import { authenticate, type AuthenticationOptions, type Settings } from "webauthn-result";
 *
 * const settings: Settings = { finalizeTimeout: 5000, onProgress: (stage) => console.log(stage) };
 *
 * async function approve(approval: AuthenticationOptions): Promise<boolean> {
 *   const { success } = await authenticate(approval, { ...settings, signal: AbortSignal.timeout(60000) });
 *   return success;
 * }
 */
export interface Settings {
  /** The cloud's address: https, or http on a loopback host. By default the page's own origin. */
  baseUrl?: string | undefined;
  /** Ends the prompt: `error-0001` or `error-1001`. Once the person has consented it ends nothing. */
  signal?: AbortSignal | undefined;
  /**
   * `"conditional"` is autofill in {@link authenticate}, which needs no click and waits for ever, and in
   * {@link register} the quiet upgrade from a password to a passkey.
   */
  mediation?: "conditional" | "optional" | undefined;
  /** A sign-in button without a name: `userId` may be absent, and the passkey tells whose it is. */
  usernameless?: boolean | undefined;
  /** In milliseconds, for the first attempt to tell the cloud; recovering has as long again. 10000 by default. */
  finalizeTimeout?: number | undefined;
  /** Told of each stage as it begins. */
  onProgress?: ((stage: Stage) => void) | undefined;
  /**
   * Called with the outputs of WebAuthn extensions, binary members as buffers; with `undefined` if the credential has
   * no `getClientExtensionResults` that works, as those of some password managers.
   */
  onExtensionResults?: ((results: AuthenticationExtensionsClientOutputs | undefined) => void) | undefined;
}

/**
 * What {@link configure} takes: the defaults of each call, and what is no call's own matter.
 *
 * @example
 * import type { Configuration } from "webauthn-result";
 *
 * const configuration: Configuration = {
 *   baseUrl: "https://INSTANCE.mauth.nevis.cloud",
 *   fallback: () => import("webauthn-result/fallback"),
 * };
 */
export interface Configuration extends Settings {
  /**
   * What loads the module as JavaScript where the browser refuses WebAssembly (Lockdown Mode of Apple's systems, or a
   * Content-Security-Policy without `'wasm-unsafe-eval'`), and only there. The classic script and
   * `webauthn-result/url` do so unasked.
   */
  fallback?: (() => Promise<Fallback>) | undefined;
}

/**
 * What `import("webauthn-result/fallback")` gives. Its members are for the package alone.
 *
 * @example
 * import type { Fallback } from "webauthn-result";
 *
 * const loadFallback = (): Promise<Fallback> => import("webauthn-result/fallback");
 */
export interface Fallback {
  instantiate(guard: (exports: object) => object): Promise<object>;
  cancel(): void;
}

/**
 * The status codes of a failed {@link authenticate}.
 *
 * @example
 * import type { AuthenticationErrorCode } from "webauthn-result";
 *
 * const mayTryAgain = (code: AuthenticationErrorCode) => code === "error-0001" || code === "error-0002";
 */
export type AuthenticationErrorCode =
  | "error-0000"
  | "error-0001"
  | "error-0002"
  | "error-0003"
  | "error-0004"
  | "error-0005"
  | "error-0099";

/**
 * The status codes of a failed {@link register}.
 *
 * @example
 * import type { RegistrationErrorCode } from "webauthn-result";
 *
 * const mayTryAgain = (code: RegistrationErrorCode) => code === "error-1001" || code === "error-1002";
 */
export type RegistrationErrorCode =
  | "error-1000"
  | "error-1001"
  | "error-1002"
  | "error-1004"
  | "error-1005"
  | "error-1099";

/**
 * A ceremony that succeeded.
 *
 * @example
 * import type { AuthenticationResult, Success } from "webauthn-result";
 *
 * const hasToken = (result: AuthenticationResult): result is Success<"success-authentication"> => result.success;
 */
export interface Success<Code extends string> {
  success: true;
  code: { statusCode: Code; message: string };
  /** The transaction token. Let the backend verify it by introspection before it acts on it. */
  token: string;
}

/**
 * A ceremony that failed.
 *
 * @example
 * import type { Failure, RegistrationErrorCode } from "webauthn-result";
 *
 * const report = ({ code, message }: Failure<RegistrationErrorCode>) => console.warn(code.statusCode, message);
 */
export interface Failure<Code extends string> {
  success: false;
  code: { statusCode: Code; message: string };
  /** What exactly went wrong, for a developer. For a person there is `webauthn-result/explain`. */
  message: string;
}

/**
 * What {@link authenticate} answers.
 *
 * @example
 * import type { AuthenticationResult } from "webauthn-result";
 *
 * function tokenOf(result: AuthenticationResult): string {
 *   if (result.success) return result.token;
 *   throw new Error(`${result.code.statusCode}: ${result.message}`);
 * }
 */
export type AuthenticationResult = Success<"success-authentication"> | Failure<AuthenticationErrorCode>;

/**
 * What {@link register} answers.
 *
 * @example
 * import type { RegistrationResult } from "webauthn-result";
 *
 * function titleOf(result: RegistrationResult): string {
 *   return result.success ? "Your passkey is ready" : result.code.message;
 * }
 */
export type RegistrationResult = Success<"success-registration"> | Failure<RegistrationErrorCode>;

/**
 * Approves with a passkey. The promise always fulfils.
 *
 * | statusCode | when |
 * |---|---|
 * | `success-authentication` | the cloud accepted, and `token` is the transaction token |
 * | `error-0000` | `credentialRequestOptions` is missing or invalid; `message` names the member |
 * | `error-0001` | the browser or the authenticator refused; `message` ends with the exception's `name: message` |
 * | `error-0002` | the cloud refused, could not be reached, or the outcome is unknown; `message` tells which |
 * | `error-0003` | `userId` is missing |
 * | `error-0004` | `statusToken` is missing |
 * | `error-0005` | no WebAuthn in this browser or in this context |
 * | `error-0099` | a setting is invalid, or the module cannot load or crashed |
 *
 * @example
 * import { authenticate, type AuthenticationOptions } from "webauthn-result";
 *
 * async function signIn(approval: AuthenticationOptions): Promise<string | undefined> {
 *   const result = await authenticate(approval, { baseUrl: "https://INSTANCE.mauth.nevis.cloud" });
 *   return result.success ? result.token : undefined;
 * }
 */
export function authenticate(options: AuthenticationOptions, settings?: Settings): Promise<AuthenticationResult>;

/**
 * Creates a passkey. The promise always fulfils.
 *
 * | statusCode | when |
 * |---|---|
 * | `success-registration` | the cloud accepted, and `token` is the transaction token |
 * | `error-1000` | `credentialCreationOptions` is missing or invalid; `message` names the member |
 * | `error-1001` | the browser or the authenticator refused; `message` ends with the exception's `name: message` |
 * | `error-1002` | the cloud refused, could not be reached, or the outcome is unknown; `message` tells which |
 * | `error-1004` | `statusToken` is missing |
 * | `error-1005` | no WebAuthn in this browser or in this context |
 * | `error-1099` | a setting is invalid, or the module cannot load or crashed |
 *
 * @example
 * import { register, type RegistrationOptions } from "webauthn-result";
 *
 * async function addPasskey(enrollment: RegistrationOptions): Promise<boolean> {
 *   const result = await register({ ...enrollment, authenticatorName: "Work laptop" });
 *   return result.success;
 * }
 */
export function register(options: RegistrationOptions, settings?: Settings): Promise<RegistrationResult>;

/**
 * Ends a ceremony that is prompting: its result is `error-0001` or `error-1001` with `AbortError`. Once the person has
 * consented it ends nothing.
 *
 * @example
 * import { cancel } from "webauthn-result";
 *
 * document.querySelector("#cancel")?.addEventListener("click", () => cancel());
 */
export function cancel(): void;

/**
 * Sets the defaults of later calls.
 *
 * @throws TypeError if `baseUrl` is neither https nor http on a loopback host, or `fallback` is no function.
 *
 * @example
 * import { configure } from "webauthn-result";
 *
 * configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud", finalizeTimeout: 5000 });
 */
export function configure(settings: Configuration): void;

/**
 * Resolves once a call need not wait for the module, which starts to load when it is imported. Never rejects: a module
 * that cannot load makes a call answer `error-0099` or `error-1099`.
 *
 * @example
 * import { ready } from "webauthn-result";
 *
 * await ready();
 */
export function ready(): Promise<void>;

/**
 * What this browser can do. Never rejects; on a server everything is false.
 *
 * @example
 * import { support } from "webauthn-result";
 *
 * const { webauthn, platformAuthenticator, autofill } = await support();
 * if (!webauthn) console.log("offer another way to sign in", platformAuthenticator, autofill);
 */
export function support(): Promise<{
  /** Whether there is WebAuthn. */
  webauthn: boolean;
  /** Whether this device has an authenticator of its own that verifies the person. */
  platformAuthenticator: boolean;
  /** Whether autofill offers passkeys. */
  autofill: boolean;
}>;
