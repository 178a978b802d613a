// `webauthn-result/cause`: why a call ended as it did, and what a page does next.

/**
 * What follows from each cause. `silent` is whether the page shows no error, because the user knows. `next` is what it does.
 *
 * The set of causes is closed: a new one is a major version.
 *
 * @example
 * ```ts
 * import type { Causes } from "webauthn-result/cause";
 *
 * const next: Causes["refused"]["next"] = "newTransaction";
 * ```
 */
export interface Causes {
  /** The user approved: with a passkey, on the phone or by a code. */
  approved: { silent: false; next: "none" };
  /** The passkey is registered. */
  registered: { silent: false; next: "none" };
  /** The page's signal, or `cancel()`. */
  aborted: { silent: true; next: "none" };
  /** A newer call took over: browsers allow one prompt at a time. */
  superseded: { silent: true; next: "none" };
  /** The user dismissed the prompt, waited too long, or has no passkey here: browsers do not say which. */
  dismissed: { silent: true; next: "retry" };
  /** The prompt's time limit was reached. */
  tookTooLong: { silent: false; next: "retry" };
  /** Another library's prompt is open. */
  requestPending: { silent: false; next: "retry" };
  /** The module could not be loaded. */
  notLoaded: { silent: false; next: "retry" };
  /** The module crashed before the user consented. */
  crashed: { silent: false; next: "retry" };
  /** Anything else. */
  unknown: { silent: false; next: "retry" };
  /** The poll timed out; the request goes on. */
  timeout: { silent: false; next: "retry" };
  /** The code is wrong. */
  invalid_code: { silent: false; next: "retry" };
  /** The server cannot be reached, or cannot respond now. */
  unreachable: { silent: false; next: "retry" };
  /** The authenticator has no passkey that says whose it is. */
  noCredential: { silent: true; next: "otherWay" };
  /** The authenticator has a passkey of this user already. */
  alreadyRegistered: { silent: false; next: "otherWay" };
  /** No WebAuthn here. */
  noWebAuthn: { silent: false; next: "otherWay" };
  /** No authenticator here can do what the options ask for. */
  unsuitableDevice: { silent: false; next: "otherWay" };
  /** The user rejected on the phone. */
  access_denied: { silent: false; next: "otherWay" };
  /** Too many codes were wrong, or are being verified. */
  too_many_retries: { silent: false; next: "otherWay" };
  /** No user has this email. */
  user_not_found: { silent: false; next: "otherWay" };
  /** The same, in the standard's words. */
  unknown_user_id: { silent: false; next: "otherWay" };
  /** The user has no phone or no authenticator app. */
  no_device_registered: { silent: false; next: "otherWay" };
  /** The server locked the account for a while. */
  temporarily_locked: { silent: false; next: "otherWay" };
  /** The RP ID is not one of this page's. */
  wrongDomain: { silent: false; next: "fixCode" };
  /** The page is not on HTTPS. */
  insecureContext: { silent: false; next: "fixCode" };
  /** A Permissions Policy forbids WebAuthn here. */
  policyForbids: { silent: false; next: "fixCode" };
  /** What the backend returned is invalid, or the browser refused it. */
  invalidOptions: { silent: false; next: "fixCode" };
  /** A setting is invalid. */
  invalidSettings: { silent: false; next: "fixCode" };
  /** An argument or an option is invalid. */
  invalid_argument: { silent: false; next: "fixCode" };
  /** Something else than AuthSec responded. */
  unexpected_response: { silent: false; next: "fixCode" };
  /** The client is unknown, or did not authenticate. */
  invalid_client: { silent: false; next: "fixCode" };
  /** The client may not ask for these scopes. */
  invalid_scope: { silent: false; next: "fixCode" };
  /** The client belongs to no tenant. */
  tenant_not_found: { silent: false; next: "fixCode" };
  /** Any other code of the server. */
  serverError: { silent: false; next: "fixCode" };
  /** The cloud decided against it. */
  refused: { silent: false; next: "newTransaction" };
  /** The request has expired. */
  expired_token: { silent: false; next: "newTransaction" };
  /** The page canceled it. */
  cancelled: { silent: true; next: "newTransaction" };
  /** The cloud may have accepted it; nobody here knows. */
  outcomeUnknown: { silent: false; next: "checkOutcome" };
  /** The transaction is not decided yet. */
  pending: { silent: false; next: "checkOutcome" };
}

/**
 * Why a call ended as it did: docs/contract.md, section A2.4.
 *
 * @example
 * ```ts
 * import type { Cause } from "webauthn-result/cause";
 *
 * const isTheUsersChoice = (cause: Cause) => cause === "dismissed" || cause === "access_denied";
 * ```
 */
export type Cause = keyof Causes;

/**
 * What a page does next: nothing; offers the same call again; offers another way, such as a code; nothing that a user can do
 * (`"fixCode"`: the page, its backend or its policies are wrong); starts a new transaction; or asks for the outcome before
 * anything else.
 *
 * @example
 * ```ts
 * import type { Next } from "webauthn-result/cause";
 *
 * const showsButton = (next: Next) => next === "retry" || next === "newTransaction";
 * ```
 */
export type Next = "none" | "retry" | "otherWay" | "fixCode" | "newTransaction" | "checkOutcome";

/**
 * What {@link causeOf} returns. It narrows by `cause`.
 *
 * @example
 * ```ts
 * import { causeOf, type Consequence } from "webauthn-result/cause";
 *
 * const consequence: Consequence = causeOf("timeout");
 * if (consequence.cause === "timeout") {
 *   const next: "retry" = consequence.next;
 * }
 * ```
 */
export type Consequence = { [C in Cause]: { cause: C } & Causes[C] }[Cause];

/**
 * Returns why a call ended as it did, whether the page shows no error, and what it does next. Never throws.
 *
 * Of a result of this page, the module says the cause. Of a copy, such as one from JSON or `postMessage`, it follows from the
 * code and the message, and is the same.
 *
 * @param outcome a result of `authenticate`, `register` or `CIBAClient`, or its code; anything else is `unknown`
 * @returns a new object
 *
 * @example
 * ```ts
 * import { authenticate, type Approval } from "webauthn-result";
 * import { causeOf } from "webauthn-result/cause";
 *
 * async function signIn(approval: Approval, show: (text: string) => void): Promise<void> {
 *   const result = await authenticate(approval);
 *   const { silent, next } = causeOf(result);
 *   if (!result.success && !silent) show(next === "otherWay" ? "Please sign in with a code." : "Please try again.");
 * }
 * ```
 */
export declare function causeOf(
  outcome:
    | string
    | { readonly success: boolean; readonly code: { readonly statusCode: string }; readonly message?: string }
    | { readonly status: string; readonly error?: string }
    | {
        readonly success: boolean;
        readonly error?: string;
        readonly token?: string | null;
        readonly remaining?: number;
      }
    | null
    | undefined,
): Consequence;
