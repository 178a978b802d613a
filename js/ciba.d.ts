/**
 * Have someone approve by push on their phone (OpenID CIBA), or by TOTP code, at an AuthSec server, and always get one
 * documented result. No method throws or rejects for anything that the network or the server does.
 *
 * @example
 * import { CIBAClient, getUserFriendlyError } from "webauthn-result/ciba";
 *
 * const client = new CIBAClient({ clientId: "your_client_id" });
 *
 * const result = await client.safeAuthenticate("user@example.com");
 * if (result.success) console.log(result.token.length);
 * else console.warn(getUserFriendlyError(result.error));
 *
 * @packageDocumentation
 */

/**
 * How a client behaves.
 *
 * @example
 * import { CIBAClient, type ClientOptions } from "webauthn-result/ciba";
 *
 * const options: ClientOptions = { clientId: "your_client_id", requestTimeout: 5000, logger: console };
 * const client = new CIBAClient(options);
 */
export interface ClientOptions {
  /** With it, the tenant flow of this client; without, the admin flow. */
  clientId?: string | null | undefined;
  /** The server's address: https, or http on a loopback host. `https://prod.api.authsec.ai` by default. */
  baseUrl?: string | null | undefined;
  /** `"tenant"` for an older server, whose routes have `tenant` in place of `workspace` and no `/authsec` before. */
  routes?: "workspace" | "tenant" | null | undefined;
  /** Told what happens, in words that hold the email, and never a token, a code or an `auth_req_id`. */
  logger?: Logger | null | undefined;
  /** In milliseconds, for each request. 10000 by default. */
  requestTimeout?: number | null | undefined;
}

/**
 * The console's shape.
 *
 * @example
 * import { CIBAClient, type Logger } from "webauthn-result/ciba";
 *
 * const warnings: string[] = [];
 * const logger: Logger = { warn: (text) => warnings.push(text), error: (text) => warnings.push(text) };
 * const client = new CIBAClient({ logger });
 */
export interface Logger {
  /** Each poll. */
  debug?(text: string): void;
  /** What begins, and approvals. */
  info?(text: string): void;
  /** What ended otherwise than by an approval. */
  warn?(text: string): void;
  /** What went wrong. */
  error?(text: string): void;
}

/**
 * Where a poll stands, told at each request and, in a visible tab, every second in between: enough for a countdown.
 *
 * @example
 * import type { Progress } from "webauthn-result/ciba";
 *
 * const words = ({ secondsLeft }: Progress) => `Waiting for your phone: ${Math.ceil(secondsLeft)} seconds left`;
 */
export interface Progress {
  /** How many requests were sent, the one under way included. */
  attempt: number;
  /** Until the poll ends. */
  secondsLeft: number;
  /** Until the next request; 0 while one is under way, `null` if the poll ends before another one. */
  secondsToNextPoll: number | null;
}

/**
 * Options of {@link CIBAClient.initiateAppApproval}.
 *
 * @example
 * import { CIBAClient, type InitiationOptions } from "webauthn-result/ciba";
 *
 * const options: InitiationOptions = { bindingMessage: "Pay 20 EUR to Zoe, code W4SCT" };
 * const request = await new CIBAClient().initiateAppApproval("user@example.com", options);
 */
export interface InitiationOptions {
  /** What the phone shows, so that the person knows what is approved: short, plain text. */
  bindingMessage?: string | null | undefined;
  /** Ends it: the error is `cancelled`. */
  signal?: AbortSignal | null | undefined;
}

/**
 * Options of {@link CIBAClient.pollForApproval}.
 *
 * @example
 * import { CIBAClient, type PollOptions } from "webauthn-result/ciba";
 *
 * const options: PollOptions = { timeout: 60, onProgress: ({ secondsLeft }) => console.log(Math.ceil(secondsLeft)) };
 * const approval = await new CIBAClient().pollForApproval("user@example.com", "an-auth-req-id", options);
 */
export interface PollOptions {
  /** Between an answer and the next request, in seconds, more than 0. By default what the server named, else 5. */
  interval?: number | null | undefined;
  /** In seconds; 0 asks exactly once, `Infinity` until the server decides. 300 by default. */
  timeout?: number | null | undefined;
  /** Ends the poll: its status is `cancelled`. */
  signal?: AbortSignal | null | undefined;
  /** Told how the poll stands. */
  onProgress?: ((progress: Progress) => void) | null | undefined;
}

/**
 * Options of {@link CIBAClient.safeAuthenticate}: those of its request and of its poll, which has 60 seconds by default.
 *
 * @example
 * import { CIBAClient, type ApprovalOptions } from "webauthn-result/ciba";
 *
 * const options: ApprovalOptions = { bindingMessage: "Sign in to the shop", timeout: 120 };
 * const result = await new CIBAClient().safeAuthenticate("user@example.com", options);
 */
export interface ApprovalOptions extends InitiationOptions, PollOptions {}

/**
 * Options of {@link CIBAClient.authenticateWithRetry}; each poll has 300 seconds by default.
 *
 * @example
 * import { CIBAClient, type RetryOptions } from "webauthn-result/ciba";
 *
 * const options: RetryOptions = { maxRetries: 2, timeout: 60 };
 * const token = await new CIBAClient().authenticateWithRetry("user@example.com", options);
 */
export interface RetryOptions extends ApprovalOptions {
  /** How many attempts there are, the first included. 3 by default. */
  maxRetries?: number | null | undefined;
}

/**
 * Options of {@link CIBAClient.authenticateWithFallback}; the poll has 30 seconds by default.
 *
 * @example
 * import { CIBAClient, type FallbackOptions } from "webauthn-result/ciba";
 *
 * const options: FallbackOptions = {
 *   promptForCode: (why) => prompt(why === "timeout" ? "No answer from your phone. Your code?" : "Your code?"),
 * };
 * const token = await new CIBAClient().authenticateWithFallback("user@example.com", options);
 */
export interface FallbackOptions extends ApprovalOptions {
  /**
   * Asks the person for the code of their authenticator app: six digits, or nothing if they have none.
   *
   * @param why how the push ended, e.g. `"timeout"`, `"access_denied"` or `"connection_failed"`
   */
  promptForCode: (why: ErrorCode) => string | null | undefined | Promise<string | null | undefined>;
}

/**
 * Why there is no approval: a code of this list, or of the server's own.
 *
 * @example
 * import { type ErrorCode, getUserFriendlyError } from "webauthn-result/ciba";
 *
 * const words = (code: ErrorCode) => (code === "cancelled" ? "" : getUserFriendlyError(code));
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
  | "invalid_request"
  | "module_not_loaded"
  | "module_crashed"
  | "no_browser"
  | (string & {});

/**
 * There is no approval, and this is why.
 *
 * @example
 * import type { Refusal } from "webauthn-result/ciba";
 *
 * const isOffline = ({ error }: Refusal) => error === "connection_failed" || error === "network_timeout";
 */
export interface Refusal {
  success: false;
  error: ErrorCode;
}

/**
 * A request that the server has taken up: the phone shows it. The members of a {@link Refusal} are absent, so that
 * `"error" in request` tells them apart.
 *
 * @example
 * import { CIBAClient, type Initiated } from "webauthn-result/ciba";
 *
 * const poll = (client: CIBAClient, email: string, request: Initiated) =>
 *   client.pollForApproval(email, request.auth_req_id, { timeout: request.expires_in });
 */
export interface Initiated {
  /** Names the request. Who holds it can ask for the token, so keep it out of logs and addresses. */
  auth_req_id: string;
  /** How long the request lives, in seconds. */
  expires_in: number;
  /** How long to wait between two polls, in seconds. */
  interval: number;
  success?: never;
  error?: never;
}

/**
 * What {@link CIBAClient.initiateAppApproval} resolves to.
 *
 * @example
 * import type { InitiationResult } from "webauthn-result/ciba";
 *
 * const secondsToDecide = (request: InitiationResult) => (request.error === undefined ? request.expires_in : 0);
 */
export type InitiationResult = Initiated | (Refusal & { auth_req_id?: never });

/**
 * What {@link CIBAClient.pollForApproval} resolves to, told apart by `status`.
 *
 * @example
 * import type { PollResult } from "webauthn-result/ciba";
 *
 * function tokenOf(result: PollResult): string | undefined {
 *   if (result.status === "approved") return result.token;
 *   if (result.status === "error") console.warn(result.error);
 *   return undefined;
 * }
 */
export type PollResult =
  | { status: "approved"; token: string }
  | { status: "access_denied" | "timeout" | "expired_token" | "cancelled" }
  | { status: "error"; error: ErrorCode };

/**
 * What {@link CIBAClient.verifyTotp} resolves to, told apart by `success`.
 *
 * @example
 * import type { TotpResult } from "webauthn-result/ciba";
 *
 * const advice = (result: TotpResult) =>
 *   result.success ? "Welcome" : result.remaining > 0 ? `${result.remaining} attempts left` : "Choose another way";
 */
export type TotpResult =
  /** `token` is `null` where the server says only that the code was right. */
  { success: true; token: string | null; remaining: 3 } | (Refusal & { remaining: number });

/**
 * What {@link CIBAClient.safeAuthenticate} resolves to, told apart by `success`.
 *
 * @example
 * import type { SafeResult } from "webauthn-result/ciba";
 *
 * const isApproved = (result: SafeResult): result is { success: true; token: string } => result.success;
 */
export type SafeResult = { success: true; token: string } | Refusal;

/**
 * A client of an AuthSec server. It remembers, for each email as it is written, which requests were cancelled and how
 * many TOTP codes were wrong; another client, or another page, knows nothing of it.
 *
 * @throws TypeError if an option is invalid, since that is a mistake in the page's code.
 *
 * @example
 * import { CIBAClient } from "webauthn-result/ciba";
 *
 * const client = new CIBAClient({ clientId: "your_client_id", baseUrl: "https://auth.example.com" });
 * const request = await client.initiateAppApproval("user@example.com");
 * if (request.auth_req_id) {
 *   const approval = await client.pollForApproval("user@example.com", request.auth_req_id);
 *   console.log(approval.status);
 * }
 */
export declare class CIBAClient {
  constructor(options?: ClientOptions | null);

  /** Sends a push. It ends the polls and patterns of this email that run, and forgets its wrong codes. */
  initiateAppApproval(email: string, options?: InitiationOptions | null): Promise<InitiationResult>;

  /**
   * Waits for the decision: asks at once, then again and again. A request that fails only delays it; if all do, the
   * error is that of the network.
   */
  pollForApproval(email: string, authReqId: string, options?: PollOptions | null): Promise<PollResult>;

  /** Verifies a code of six digits. After three wrong ones none is sent, until `cancelApproval` forgets them. */
  verifyTotp(email: string, code: string): Promise<TotpResult>;

  /** Ends what runs for this email at once, also a poll that is yet to begin, and forgets its wrong codes. */
  cancelApproval(email: string): { status: "cancelled" };

  /** A push and its poll in one, of 60 seconds. */
  safeAuthenticate(email: string, options?: ApprovalOptions | null): Promise<SafeResult>;

  /**
   * Tries again after a fault, with growing waits, and after a timeout or an expiry, but never after the person has
   * rejected or the page has cancelled. Resolves to the token, or to `null`.
   */
  authenticateWithRetry(email: string, options?: RetryOptions | null): Promise<string | null>;

  /** A push of 30 seconds, then one TOTP code. Resolves to the token, or to `null`. */
  authenticateWithFallback(email: string, options: FallbackOptions): Promise<string | null>;
}

/**
 * A status or an error code in English words for a person; `An error occurred: CODE` for one that has none. For other
 * languages and for advice there is `webauthn-result/explain`.
 *
 * @example
 * import { getUserFriendlyError } from "webauthn-result/ciba";
 *
 * const words: string = getUserFriendlyError("timeout");
 */
export declare function getUserFriendlyError(code: ErrorCode): string;
