// What the functions resolve to: docs/contract.md, section A2.

/**
 * The status codes of a failed {@link authenticate}: docs/contract.md, section A2.1.
 *
 * @example
 * import type { AuthenticationErrorCode } from "webauthn-result";
 *
 * const canRetry = (code: AuthenticationErrorCode) => code === "error-0001" || code === "error-0002";
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
 * The status codes of a failed {@link register}: docs/contract.md, section A2.2.
 *
 * @example
 * import type { RegistrationErrorCode } from "webauthn-result";
 *
 * const canRetry = (code: RegistrationErrorCode) => code === "error-1001" || code === "error-1002";
 */
export type RegistrationErrorCode =
  | "error-1000"
  | "error-1001"
  | "error-1002"
  | "error-1004"
  | "error-1005"
  | "error-1099";

/**
 * The result of a successful ceremony.
 *
 * @example
 * import type { AuthenticationResult, Success } from "webauthn-result";
 *
 * const hasToken = (result: AuthenticationResult): result is Success<"success-authentication"> => result.success;
 */
export interface Success<Code extends string> {
  success: true;
  /** `message` is the fixed text of the code. */
  code: { statusCode: Code; message: string };
  /** The transaction token, a signed JWT. Your backend must verify it by introspection before it acts on it. */
  token: string;
}

/**
 * The result of a failed ceremony.
 *
 * @example
 * import type { Failure, RegistrationErrorCode } from "webauthn-result";
 *
 * const logFailure = ({ code, message }: Failure<RegistrationErrorCode>) => console.warn(code.statusCode, message);
 */
export interface Failure<Code extends string> {
  success: false;
  /** `message` is the fixed text of the code. */
  code: { statusCode: Code; message: string };
  /** Explains the failure to developers (docs/troubleshooting.md). For users there is `webauthn-result/explain`. */
  message: string;
}

/**
 * The result of a ceremony, by its success codes `S` and its error codes `E`. Check `success` to tell the two apart.
 *
 * @example
 * import type { AuthenticationErrorCode, RegistrationErrorCode, Result } from "webauthn-result";
 *
 * type AnyResult = Result<
 *   "success-authentication" | "success-registration",
 *   AuthenticationErrorCode | RegistrationErrorCode
 * >;
 *
 * const logResult = (result: AnyResult) => console.log(result.code.statusCode, result.code.message);
 */
export type Result<S extends string, E extends string> = Success<S> | Failure<E>;

/**
 * What {@link authenticate} resolves to.
 *
 * @example
 * import type { AuthenticationResult } from "webauthn-result";
 *
 * // TypeScript rejects the `default` branch if a status code is not handled.
 * function nextStep(result: AuthenticationResult): "continue" | "retry" | "other way" | "report" {
 *   const { statusCode } = result.code;
 *   switch (statusCode) {
 *     case "success-authentication":
 *       return "continue";
 *     case "error-0001":
 *     case "error-0002":
 *       return "retry";
 *     case "error-0005":
 *       return "other way";
 *     case "error-0000":
 *     case "error-0003":
 *     case "error-0004":
 *     case "error-0099":
 *       return "report";
 *     default:
 *       return statusCode satisfies never;
 *   }
 * }
 */
export type AuthenticationResult = Result<"success-authentication", AuthenticationErrorCode>;

/**
 * What {@link register} resolves to.
 *
 * @example
 * import type { RegistrationResult } from "webauthn-result";
 *
 * function titleOf(result: RegistrationResult): string {
 *   return result.success ? "Your passkey is ready" : result.code.message;
 * }
 */
export type RegistrationResult = Result<"success-registration", RegistrationErrorCode>;

/**
 * What {@link support} resolves to. On a server everything is `false`, and there are no capabilities.
 *
 * @example
 * import { type Support, support } from "webauthn-result";
 *
 * const { webauthn, platformAuthenticator }: Support = await support();
 * console.log(webauthn && platformAuthenticator ? "Offer to create a passkey" : "Offer another way to sign in");
 */
export interface Support {
  /** Whether the browser supports WebAuthn. */
  webauthn: boolean;
  /** Whether this device has a built-in authenticator that verifies the user, such as Touch ID or Windows Hello. */
  platformAuthenticator: boolean;
  /** Whether the browser offers passkeys in form fields: `mediation: "conditional"` in {@link authenticate}. */
  autofill: boolean;
  /** What the browser says of itself. */
  capabilities: Capabilities;
}

/**
 * WebAuthn's `getClientCapabilities`: each is `true`, `false`, or absent if the browser does not say. There are more than those
 * with a comment, also `extension:` followed by the name of an extension.
 *
 * @example
 * import { type Capabilities, support } from "webauthn-result";
 *
 * const offersImmediate = ({ immediateGet }: Capabilities) => immediateGet === true;
 * console.log(offersImmediate((await support()).capabilities));
 */
export interface Capabilities {
  /** `mediation: "conditional"` in {@link register}. */
  conditionalCreate?: boolean;
  /** `mediation: "conditional"` in {@link authenticate}. */
  conditionalGet?: boolean;
  /** A phone can be used, by its camera. */
  hybridTransport?: boolean;
  /** `mediation: "immediate"` in {@link authenticate}. */
  immediateGet?: boolean;
  /** A built-in authenticator, or a phone, can verify the user. */
  passkeyPlatformAuthenticator?: boolean;
  /** A built-in authenticator can verify the user. */
  userVerifyingPlatformAuthenticator?: boolean;
  /** An `rpId` of another domain, which lists this one. */
  relatedOrigins?: boolean;
  /** `syncPasskeys` of `webauthn-result/passkeys`. */
  signalAllAcceptedCredentials?: boolean;
  /** `renameUser` of `webauthn-result/passkeys`. */
  signalCurrentUserDetails?: boolean;
  /** What the package does after a registration that failed. */
  signalUnknownCredential?: boolean;
  [name: string]: boolean | undefined;
}
