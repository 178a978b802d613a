// The types of a WebAuthn server of your own: the settings `finalize` and `status`. docs/contract.md, section A7.

/**
 * The setting `finalize`: sends the credential to your own WebAuthn server, and resolves to its decision.
 *
 * @example
 * import { authenticate, type FinalizeFunction } from "webauthn-result";
 *
 * const finalize: FinalizeFunction = async (credential, { signal }) => {
 *   const headers = { "Content-Type": "application/json" };
 *   const body = JSON.stringify(credential);
 *   const response = await fetch("/login/finish", { method: "POST", headers, body, signal });
 *   return response.json();
 * };
 *
 * const credentialRequestOptions = await fetch("/login/start", { method: "POST" }).then((response) => response.json());
 * const result = await authenticate({ credentialRequestOptions }, { finalize });
 */
export type FinalizeFunction = {
  // A method, so that a function which takes one of the two can be passed.
  finalize(
    credential: AuthenticationCredentialJSON | RegistrationCredentialJSON,
    context: FinalizeContext,
  ): FinalizeReply | Promise<FinalizeReply>;
}["finalize"];

/**
 * WebAuthn's `AuthenticationResponseJSON`: what `credential.toJSON()` returns, in every browser. Binary values are base64url
 * without padding.
 *
 * @example
 * import type { AuthenticationCredentialJSON } from "webauthn-result";
 *
 * const userOf = ({ response }: AuthenticationCredentialJSON): string | undefined => response.userHandle;
 */
export interface AuthenticationCredentialJSON {
  id: string;
  rawId: string;
  type: "public-key";
  authenticatorAttachment?: "platform" | "cross-platform";
  clientExtensionResults: Record<string, unknown>;
  response: {
    clientDataJSON: string;
    authenticatorData: string;
    signature: string;
    /** Absent if the authenticator returned none. */
    userHandle?: string;
  };
}

/**
 * WebAuthn's `RegistrationResponseJSON`, likewise. What a password manager's credential lacks is absent.
 *
 * @example
 * import type { RegistrationCredentialJSON } from "webauthn-result";
 *
 * const transportsOf = ({ response }: RegistrationCredentialJSON): string[] => response.transports ?? [];
 */
export interface RegistrationCredentialJSON {
  id: string;
  rawId: string;
  type: "public-key";
  authenticatorAttachment?: "platform" | "cross-platform";
  clientExtensionResults: Record<string, unknown>;
  response: {
    clientDataJSON: string;
    attestationObject: string;
    transports?: string[];
    authenticatorData?: string;
    publicKey?: string;
    publicKeyAlgorithm?: number;
  };
}

/**
 * The second argument of `finalize`.
 *
 * @example
 * import type { FinalizeContext } from "webauthn-result";
 *
 * const optionsOf = ({ signal }: FinalizeContext): RequestInit => ({ method: "POST", signal });
 */
export interface FinalizeContext {
  /** That of the call's argument, if it has one. */
  statusToken?: string;
  /** Aborts when `finalize` has taken too long: pass it to `fetch`. */
  signal: AbortSignal;
}

/**
 * What `finalize` resolves to: that your server accepted, and the token for your page, or why it refused. Anything else means
 * that the outcome is unknown.
 *
 * @example
 * import type { FinalizeReply } from "webauthn-result";
 *
 * const refused: FinalizeReply = { errorMessage: "This account is locked" };
 */
export type FinalizeReply =
  | { token: string; errorMessage?: never }
  | {
      errorMessage: string;
      token?: never;
      /**
       * Of a registration, without the setting `status`: your server decided against this challenge, and keeps nothing of it, so
       * that the device need not offer the passkey (docs/contract.md, section A8). Not for a challenge that was used before:
       * browsers send a request twice, and the first copy may have been accepted.
       */
      discardPasskey?: boolean;
    };

/**
 * The argument of `status`.
 *
 * @example
 * import type { TransactionQuery } from "webauthn-result";
 *
 * const bodyOf = ({ credentialId }: TransactionQuery): string => JSON.stringify({ credentialId });
 */
export interface TransactionQuery {
  statusToken?: string;
  /** base64url. Absent if `outcome` asks. */
  credentialId?: string;
}

/**
 * What `status` resolves to.
 *
 * @example
 * import type { StatusReply } from "webauthn-result";
 *
 * const undecided: StatusReply = { status: "pending" };
 */
export type StatusReply =
  | { status: "succeeded"; token: string }
  | { status: "failed"; errorMessage?: string }
  | { status: "pending" | "unknown" };
