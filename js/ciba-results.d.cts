// What the methods of `CIBAClient` resolve to and report: docs/contract.md, sections B3 to B5.
//
// A property that only some results of a method have is `?: never` in the others, so that each result can be
// destructured.

import type { Cause } from "./cause.cjs";

/**
 * Why there is no approval: one of these codes, or a code of the server (docs/contract.md, section B4).
 *
 * @example
 * import { type ErrorCode, getUserFriendlyError } from "webauthn-result/ciba";
 *
 * const textOf = (code: ErrorCode) => (code === "cancelled" ? "" : getUserFriendlyError(code));
 */
export type ErrorCode =
  | "access_denied"
  | "timeout"
  | "expired_token"
  | "cancelled"
  | "invalid_code"
  | "too_many_retries"
  | "network_timeout"
  | "connection_failed"
  | "invalid_argument"
  | "unexpected_response"
  | "user_not_found"
  | "unknown_user_id"
  | "no_device_registered"
  | "invalid_client"
  | "invalid_scope"
  | "invalid_binding_message"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "tenant_not_found"
  | "temporarily_locked"
  | "module_not_loaded"
  | "module_crashed"
  | (string & {});

/**
 * The result of a method that failed.
 *
 * @example
 * import type { ErrorResult } from "webauthn-result/ciba";
 *
 * const isOffline = ({ error }: ErrorResult) => error === "connection_failed" || error === "network_timeout";
 */
export interface ErrorResult {
  success: false;
  error: ErrorCode;
  /** The server's own description, for developers: not translated, and not stable. */
  error_description?: string;
  /** The server's own message, likewise; or which argument is invalid. */
  message?: string;
  token?: never;
}

/**
 * A request that the server accepted: the phone now shows it. It has neither `success` nor `error`.
 *
 * @example
 * import { CIBAClient, type InitiatedRequest } from "webauthn-result/ciba";
 *
 * const poll = (client: CIBAClient, email: string, request: InitiatedRequest) =>
 *   client.pollForApproval(email, request.auth_req_id, { timeout: request.expires_in });
 */
export interface InitiatedRequest {
  /** Identifies the request. Whoever holds it can request the token, so keep it out of logs and URLs. */
  auth_req_id: string;
  /** The lifetime of the request, in seconds. 300 if the server names none. */
  expires_in: number;
  /** The time between two polls, in seconds. 5 if the server names none. */
  interval: number;
  success?: never;
  error?: never;
  error_description?: never;
  message?: never;
}

/**
 * What {@link CIBAClient.initiateAppApproval} resolves to. Check whether `error` is `undefined`.
 *
 * @example
 * import type { InitiationResult } from "webauthn-result/ciba";
 *
 * const secondsToDecide = (request: InitiationResult) => (request.error === undefined ? request.expires_in : 0);
 */
export type InitiationResult =
  | InitiatedRequest
  | (ErrorResult & { auth_req_id?: never; expires_in?: never; interval?: never });

/**
 * What {@link CIBAClient.pollForApproval} resolves to. Check `status`.
 *
 * @example
 * import type { PollResult } from "webauthn-result/ciba";
 *
 * function tokenOf({ status, token, error }: PollResult): string | undefined {
 *   switch (status) {
 *     case "approved":
 *       return token;
 *     case "error":
 *       console.warn(error);
 *       return undefined;
 *     case "access_denied":
 *     case "timeout":
 *     case "expired_token":
 *     case "cancelled":
 *       return undefined;
 *     default:
 *       return status satisfies never;
 *   }
 * }
 */
export type PollResult =
  | { status: "approved"; token: string; error?: never; error_description?: never; message?: never }
  | {
      status: "access_denied" | "timeout" | "expired_token" | "cancelled";
      token?: never;
      error?: never;
      error_description?: never;
      message?: never;
    }
  | (Omit<ErrorResult, "success"> & { status: "error" });

/**
 * What {@link CIBAClient.verifyTotp} resolves to. Check `success`. `remaining` is the number of attempts that are left.
 *
 * @example
 * import type { TotpResult } from "webauthn-result/ciba";
 *
 * const textOf = ({ success, remaining }: TotpResult) =>
 *   success ? "Welcome" : remaining > 0 ? `${remaining} attempts left` : "Choose another way";
 */
export type TotpResult =
  /** `token` is `null` if the server's response has none. */
  | { success: true; token: string | null; remaining: 3; error?: never; error_description?: never; message?: never }
  | (ErrorResult & { remaining: number });

/**
 * What {@link CIBAClient.safeAuthenticate} resolves to. Check `success`.
 *
 * @example
 * import type { SafeResult } from "webauthn-result/ciba";
 *
 * function tokenOf({ success, token, error }: SafeResult): string {
 *   if (success) return token;
 *   throw new Error(error);
 * }
 */
export type SafeResult =
  | { success: true; token: string; error?: never; error_description?: never; message?: never }
  | ErrorResult;

/**
 * What {@link CIBAClient.cancelApproval} returns.
 *
 * @example
 * import { type CancelResult, CIBAClient } from "webauthn-result/ciba";
 *
 * const result: CancelResult = new CIBAClient().cancelApproval("user@example.com");
 */
export interface CancelResult {
  status: "cancelled";
}

/**
 * What `onEnd` gets when a call ends, without tokens and personal data.
 *
 * @example
 * import { type CallEnd, CIBAClient } from "webauthn-result/ciba";
 *
 * const failures: string[] = [];
 * const report = ({ method, code, cause }: CallEnd) => cause === "serverError" && failures.push(`${method}: ${code}`);
 * const client = new CIBAClient({ clientId: "your_client_id", onEnd: report });
 */
export interface CallEnd {
  /** The method that the page called. */
  method:
    | "initiateAppApproval"
    | "pollForApproval"
    | "verifyTotp"
    | "safeAuthenticate"
    | "authenticateWithRetry"
    | "authenticateWithFallback";
  /**
   * `"approved"`, `"initiated"` (a push was sent), or the status or code that the result has; `"serverError"` in place of
   * words of the server that don't look like a code.
   */
  code: "approved" | "initiated" | ErrorCode | (string & {});
  /** The cause, as of `webauthn-result/cause`; `null` after `"initiated"`. */
  cause: Cause | null;
  /** Whether the page shows no error. */
  silent: boolean;
  /** How long the call took, in milliseconds; 0 if the module crashed or could not load. */
  duration: number;
  /** How many requests it began; 0 likewise. */
  requests: number;
}

/**
 * The state of a poll, reported with each request and, in a visible tab, every second in between.
 *
 * @example
 * import type { Progress } from "webauthn-result/ciba";
 *
 * const textOf = ({ secondsLeft }: Progress) => `Waiting for your phone: ${Math.ceil(secondsLeft)} seconds left`;
 */
export interface Progress {
  /** The number of requests sent, including a pending one. */
  attempt: number;
  /** Seconds until the poll times out. */
  secondsLeft: number;
  /** Seconds until the next request: 0 while one is pending, `null` if the poll ends before the next one. */
  secondsToNextPoll: number | null;
}
