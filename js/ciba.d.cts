/**
 * Approval by push on the user's phone (OpenID CIBA) or by TOTP code, with an AuthSec server. No method throws or
 * rejects because of its arguments, the network or the server; only the constructor throws.
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

import type {
  CallEnd,
  CancelResult,
  ErrorCode,
  InitiationResult,
  PollResult,
  Progress,
  SafeResult,
  TotpResult,
} from "./ciba-results.cjs";

export * from "./ciba-results.cjs";

/**
 * The options of a client: docs/contract.md, section B2.
 *
 * @example
 * import { CIBAClient, type ClientOptions } from "webauthn-result/ciba";
 *
 * const options: ClientOptions = { clientId: "your_client_id", requestTimeout: 5000, logger: console };
 * const client = new CIBAClient(options);
 */
export interface ClientOptions {
  /** With a client ID, the client uses the server's tenant flow, without one its admin flow. */
  clientId?: string | null | undefined;
  /**
   * The workspace of a push or a code in the admin flow. Servers since October 2026 require it for a push if there is no
   * `clientId`, and accept a code of the same email in any workspace without it. With a `clientId`, codes go to the admin
   * route with this workspace, because those servers accept none at the client's own.
   */
  workspaceId?: string | null | undefined;
  /**
   * The server's address: an `https` URL, or an `http` URL of a loopback host. Or a path of the page's own origin, such
   * as that of a relay (`"/auth/ciba"`). Only requests to the page's own origin have cookies.
   * `https://prod.api.authsec.ai` by default.
   */
  baseUrl?: string | null | undefined;
  /** Headers to add to each request, such as a CSRF token. `Content-Type` and `Accept` are the client's own. */
  headers?: Record<string, string> | null | undefined;
  /**
   * The secret of the client, for servers only: sent by HTTP Basic (RFC 6749, section 2.3.1) with each request. In a page,
   * where anybody could read it, no method sends anything: the error is `invalid_argument`.
   */
  clientSecret?: string | null | undefined;
  /**
   * The key of the client in place of a secret, for servers only and with `routes: "oidc"`: each request is authenticated by
   * `private_key_jwt` (RFC 7523), signed by RS256, PS256, ES256 or ES384, as the key is. A PKCS #8 key in PEM, a JWK, or a
   * `CryptoKey` that may sign.
   */
  privateKey?: string | PrivateJwk | PrivateCryptoKey | null | undefined;
  /** The ID of `privateKey`, by which the server finds the public one. That of the JWK by default. */
  keyId?: string | null | undefined;
  /** The audience of the assertions that `privateKey` signs: the token endpoint by default. */
  audience?: string | null | undefined;
  /**
   * The routes to use. `"workspace"` (default) is AuthSec's current routes, `"authsec-tenant"` those of April 2026,
   * `"tenant"` the ones before. `"relay"` is three routes of your own backend: `{baseUrl}/initiate`, `/token` and
   * `/totp`. `"oidc"`, for servers only, is those of OpenID CIBA Core 1.0, which AuthSec has since October 2026 and other
   * providers, too: `{baseUrl}/oauth/bc-authorize` and `/oauth/token`. It needs a `clientId`, and has no TOTP.
   */
  routes?: "workspace" | "tenant" | "authsec-tenant" | "relay" | "oidc" | null | undefined;
  /** OAuth scopes of the token. For `"workspace"`, `"relay"` and `"oidc"`, which adds `openid`. */
  scopes?: readonly string[] | null | undefined;
  /** The resource that the token is for (RFC 8707). For `"workspace"`, `"relay"` and `"oidc"`. */
  resource?: string | null | undefined;
  /**
   * Receives log lines, which include the email, but never a token, a TOTP code or an `auth_req_id`. None by default.
   */
  logger?: Logger | null | undefined;
  /** Called once when a call ends, before its promise resolves: for Sentry, OpenTelemetry or a log. */
  onEnd?: ((event: CallEnd) => void) | null | undefined;
  /** Timeout of each request, in milliseconds: more than 0, 10000 by default. */
  requestTimeout?: number | null | undefined;
  /**
   * Loads the module as JavaScript. Called only if the browser refuses WebAssembly: Apple's Lockdown Mode, or a
   * Content-Security-Policy without `'wasm-unsafe-eval'`. None by default.
   */
  fallback?: (() => Promise<ClientFallback>) | null | undefined;
}

/**
 * What `import("webauthn-result/ciba/fallback")` resolves to. Opaque: only this package uses its properties.
 *
 * @example
 * import type { ClientFallback } from "webauthn-result/ciba";
 *
 * const loadFallback = (): Promise<ClientFallback> => import("webauthn-result/ciba/fallback");
 */
export interface ClientFallback {
  readonly instantiate: (guard: (exports: object) => object) => Promise<{ CIBAClient: unknown }>;
}

/**
 * A private key as a JWK (RFC 7517) of type `EC` (P-256, P-384) or `RSA`.
 *
 * @example
 * import { CIBAClient, type PrivateJwk } from "webauthn-result/ciba";
 *
 * const createClient = (privateKey: PrivateJwk) =>
 *   new CIBAClient({ clientId: "your_client_id", routes: "oidc", privateKey, keyId: "key-1" });
 */
export interface PrivateJwk {
  kty?: string;
  alg?: string;
  crv?: string;
  kid?: string;
  n?: string;
  e?: string;
  x?: string;
  y?: string;
  d?: string;
}

/**
 * A private key of WebCrypto, such as a `CryptoKey`: the type has that name on each platform, but not everywhere.
 *
 * @example
 * import { CIBAClient } from "webauthn-result/ciba";
 *
 * const createClient = (privateKey: CryptoKey) => new CIBAClient({ clientId: "your_client_id", routes: "oidc", privateKey });
 */
export interface PrivateCryptoKey {
  readonly type: string;
  readonly algorithm: object;
  readonly usages: readonly string[];
}

/**
 * A logger, such as `console`. Methods that are missing are not called.
 *
 * @example
 * import { CIBAClient, type Logger } from "webauthn-result/ciba";
 *
 * const warnings: string[] = [];
 * const logger: Logger = { warn: (line) => warnings.push(line), error: (line) => warnings.push(line) };
 * const client = new CIBAClient({ logger });
 */
export interface Logger {
  /** Receives a line for each poll. */
  debug?(line: string): void;
  /** Receives a line for each start and for each approval. */
  info?(line: string): void;
  /** Receives a line if a call ends without an approval, e.g. because the user declined. */
  warn?(line: string): void;
  /** Receives a line for each failure. */
  error?(line: string): void;
}

/**
 * The options of {@link CIBAClient.initiateAppApproval}.
 *
 * @example
 * import { CIBAClient, type InitiationOptions } from "webauthn-result/ciba";
 *
 * const options: InitiationOptions = { bindingMessage: "Pay 20 EUR to Zoe, code W4SCT" };
 * const request = await new CIBAClient().initiateAppApproval("user@example.com", options);
 */
export interface InitiationOptions {
  /**
   * The text that the phone shows, so that users know what they approve. Keep it short and plain.
   * `"Approve only if you are signing in right now."` by default.
   */
  bindingMessage?: string | null | undefined;
  /** In how many seconds the request may expire: a whole number, for `routes: "oidc"`. The server's choice by default. */
  requestedExpiry?: number | null | undefined;
  /** Aborting it ends the call: the error is `cancelled`. */
  signal?: AbortSignal | null | undefined;
}

/**
 * The options of {@link CIBAClient.pollForApproval}.
 *
 * @example
 * import { CIBAClient, type PollOptions } from "webauthn-result/ciba";
 *
 * const options: PollOptions = { timeout: 60, onProgress: ({ secondsLeft }) => console.log(Math.ceil(secondsLeft)) };
 * const approval = await new CIBAClient().pollForApproval("user@example.com", "an-auth-req-id", options);
 */
export interface PollOptions {
  /** Seconds between a response and the next request: more than 0. By default the server's interval, or 5. */
  interval?: number | null | undefined;
  /** Seconds until the poll times out, 300 by default. 0 polls exactly once, `Infinity` until the server decides. */
  timeout?: number | null | undefined;
  /** Aborting it ends the poll: its status is `cancelled`. */
  signal?: AbortSignal | null | undefined;
  /** Called with the state of the poll. */
  onProgress?: ((progress: Progress) => void) | null | undefined;
}

/**
 * The options of {@link CIBAClient.safeAuthenticate}. `timeout` is 60 seconds by default.
 *
 * @example
 * import { CIBAClient, type ApprovalOptions } from "webauthn-result/ciba";
 *
 * const options: ApprovalOptions = { bindingMessage: "Sign in to the shop", timeout: 120 };
 * const result = await new CIBAClient().safeAuthenticate("user@example.com", options);
 */
export interface ApprovalOptions extends InitiationOptions, PollOptions {}

/**
 * The options of {@link CIBAClient.authenticateWithRetry}. `timeout` applies to each poll, 300 seconds by default.
 *
 * @example
 * import { CIBAClient, type RetryOptions } from "webauthn-result/ciba";
 *
 * const options: RetryOptions = { maxRetries: 2, timeout: 60 };
 * const token = await new CIBAClient().authenticateWithRetry("user@example.com", options);
 */
export interface RetryOptions extends ApprovalOptions {
  /** The number of attempts, including the first. 3 by default. */
  maxRetries?: number | null | undefined;
}

/**
 * The options of {@link CIBAClient.authenticateWithFallback}. `timeout` is 30 seconds by default.
 *
 * @example
 * import { CIBAClient, type FallbackOptions } from "webauthn-result/ciba";
 *
 * const options: FallbackOptions = {
 *   promptForCode: (reason) => prompt(reason === "timeout" ? "Your phone didn't respond. Your code?" : "Your code?"),
 * };
 * const token = await new CIBAClient().authenticateWithFallback("user@example.com", options);
 */
export interface FallbackOptions extends ApprovalOptions {
  /**
   * Asks the user for the code of their authenticator app. Resolves to six digits, or to nothing if the user has none.
   *
   * @param reason why the push failed, e.g. `"timeout"`, `"access_denied"` or `"connection_failed"`
   */
  promptForCode: (reason: ErrorCode) => string | null | undefined | Promise<string | null | undefined>;
}

/**
 * A client of an AuthSec server. For each email, without regard to case and surrounding blanks, it keeps the canceled
 * requests and the number of wrong TOTP codes. Other clients and other pages don't share this state.
 *
 * @throws TypeError if an option is invalid; its message names the option.
 *
 * @example
 * import { CIBAClient } from "webauthn-result/ciba";
 *
 * const client = new CIBAClient({ clientId: "your_client_id", baseUrl: "https://auth.example.com" });
 * const request = await client.initiateAppApproval("user@example.com");
 * if (request.error === undefined) {
 *   const approval = await client.pollForApproval("user@example.com", request.auth_req_id);
 *   console.log(approval.status);
 * }
 */
export declare class CIBAClient {
  constructor(options?: ClientOptions | null);

  /** Sends a push. Ends the email's pending polls and patterns, and resets its count of wrong codes. */
  initiateAppApproval(email: string, options?: InitiationOptions | null): Promise<InitiationResult>;

  /**
   * Polls for the decision, immediately and then every `interval` seconds. A failed request only delays the poll. If
   * all of them fail, the error is that of the requests.
   */
  pollForApproval(email: string, authReqId: string, options?: PollOptions | null): Promise<PollResult>;

  /**
   * Verifies a TOTP code: six digits, also with blanks or hyphens. After three wrong codes the error is
   * `too_many_retries`, and no code is sent, until `cancelApproval` or `initiateAppApproval` resets the count. Nor are
   * more codes sent at once than attempts are left.
   */
  verifyTotp(email: string, code: string): Promise<TotpResult>;

  /**
   * Ends the email's pending polls and patterns at once, and resets its count of wrong codes. A poll of an earlier
   * request that starts later resolves to `cancelled`. Initiations and TOTP verifications in flight go on.
   */
  cancelApproval(email: string): CancelResult;

  /** Sends a push and polls for the decision. */
  safeAuthenticate(email: string, options?: ApprovalOptions | null): Promise<SafeResult>;

  /**
   * Like `safeAuthenticate`, with more attempts: at once after `timeout` and `expired_token`, with growing delays after
   * errors that may be temporary, such as `connection_failed` and `http_503`. Never after other errors. Resolves to the
   * token, or to `null`.
   */
  authenticateWithRetry(email: string, options?: RetryOptions | null): Promise<string | null>;

  /**
   * Sends a push and polls for the decision. If that ends without an approval, but not with `cancelled` or
   * `invalid_argument`, asks for one TOTP code. Resolves to the token, or to `null`.
   */
  authenticateWithFallback(email: string, options: FallbackOptions): Promise<string | null>;
}

/**
 * Returns an English text for users: that of docs/contract.md, section B4, or `An error occurred: CODE`. For other
 * languages and advice, use `webauthn-result/explain`.
 *
 * @example
 * import { getUserFriendlyError } from "webauthn-result/ciba";
 *
 * const text: string = getUserFriendlyError("timeout");
 */
export declare function getUserFriendlyError(code: ErrorCode): string;
