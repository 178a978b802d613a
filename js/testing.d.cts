// `webauthn-result/testing`: results, servers and authenticators for tests of your own pages. No page imports it.
//
// biome-ignore-all lint/suspicious/noExplicitAny: the types of Playwright and of MSW, neither of which the package depends on.

import type { Cause } from "./cause.cjs";
import type { InitiatedRequest, InitiationResult, PollResult, SafeResult, TotpResult } from "./ciba-results.cjs";
import type { Approval, Enrollment } from "./options.cjs";
import type { AuthenticationErrorCode, Failure, RegistrationErrorCode, Success } from "./results.cjs";

/**
 * Which of the results that share a cause {@link results} makes. The one that pages meet most by default.
 *
 * @example
 * ```ts
 * import { results, type FailureOptions } from "webauthn-result/testing";
 *
 * const tooMany: FailureOptions = { exception: "AbortError", reason: "Another extension ended it." };
 * const result = results.dismissed(tooMany);
 * ```
 */
export interface FailureOptions {
  /** Of which function: `"authentication"` by default, if `authenticate` can return it. */
  ceremony?: "authentication" | "registration" | undefined;
  /** Its code, which says the ceremony, too. */
  statusCode?: AuthenticationErrorCode | RegistrationErrorCode | undefined;
  /** The name of the prompt's exception. */
  exception?: string | undefined;
  /** What the browser, the cloud or the module said: the part of `message` that differs. */
  reason?: string | undefined;
}

/**
 * Makes failures of one cause. A string is the reason.
 *
 * @throws TypeError if the module returns no such result.
 *
 * @example
 * ```ts
 * import { results, type MakeFailure } from "webauthn-result/testing";
 *
 * const make: MakeFailure = results.refused;
 * const approval = make("The transaction has expired");
 * const enrollment = make({ ceremony: "registration" });
 * ```
 */
export interface MakeFailure {
  (
    options: FailureOptions & ({ ceremony: "registration" } | { statusCode: RegistrationErrorCode }),
  ): Failure<RegistrationErrorCode>;
  (options?: string | (FailureOptions & { ceremony?: "authentication" | undefined })): Failure<AuthenticationErrorCode>;
  (options: FailureOptions): Failure<AuthenticationErrorCode | RegistrationErrorCode>;
}

/**
 * The words of a server, and the method whose result it is: `pollForApproval` by default.
 *
 * @example
 * ```ts
 * import { results, type PushOptions } from "webauthn-result/testing";
 *
 * const offline: PushOptions = { code: "network_timeout" };
 * const result = results.push.unreachable(offline);
 * ```
 */
export interface PushOptions {
  method?: "pollForApproval" | "safeAuthenticate" | "initiateAppApproval" | undefined;
  /** One of the codes that have this cause. */
  code?: string | undefined;
  /** Of an approval. */
  token?: string | undefined;
  error_description?: string | undefined;
  message?: string | undefined;
}

/**
 * Makes results of push of one cause, for any of its methods.
 *
 * @throws TypeError if the method has no such result.
 *
 * @example
 * ```ts
 * import { results, type MakePushResult } from "webauthn-result/testing";
 *
 * const make: MakePushResult = results.push.access_denied;
 * const { status } = make();
 * const { error } = make({ method: "safeAuthenticate" });
 * ```
 */
export interface MakePushResult {
  (options?: PushOptions & { method?: "pollForApproval" | undefined }): PollResult;
  (options: PushOptions & { method: "safeAuthenticate" }): SafeResult;
  (options: PushOptions & { method: "initiateAppApproval" }): InitiationResult;
  (options: PushOptions): PollResult | SafeResult | InitiationResult;
}

/**
 * The words of a server, and how many attempts are left.
 *
 * @example
 * ```ts
 * import { results, type TotpOptions } from "webauthn-result/testing";
 *
 * const last: TotpOptions = { remaining: 1 };
 * const result = results.totp.invalid_code(last);
 * ```
 */
export interface TotpOptions {
  remaining?: number | undefined;
  /** One of the codes that have this cause. */
  code?: string | undefined;
  /** Of a right code. */
  token?: string | undefined;
  error_description?: string | undefined;
  message?: string | undefined;
}

/**
 * The causes of failed passkey calls.
 *
 * @example
 * ```ts
 * import { results, type PasskeyFailureCause } from "webauthn-result/testing";
 *
 * const shown: PasskeyFailureCause[] = ["refused", "outcomeUnknown"];
 * const failures = shown.map((cause) => results[cause]());
 * ```
 */
export type PasskeyFailureCause = Exclude<
  Cause,
  "approved" | "registered" | Exclude<PushCause | TotpCause, "notLoaded" | "crashed">
>;

/**
 * The causes of results of push.
 *
 * @example
 * ```ts
 * import { results, type PushCause } from "webauthn-result/testing";
 *
 * const make = (cause: PushCause) => results.push[cause]();
 * ```
 */
export type PushCause =
  | "approved"
  | "access_denied"
  | "timeout"
  | "expired_token"
  | "cancelled"
  | "invalid_argument"
  | "unexpected_response"
  | "user_not_found"
  | "unknown_user_id"
  | "no_device_registered"
  | "temporarily_locked"
  | "invalid_client"
  | "invalid_scope"
  | "tenant_not_found"
  | "unreachable"
  | "serverError"
  | "notLoaded"
  | "crashed";

/**
 * The causes of results of TOTP.
 *
 * @example
 * ```ts
 * import { results, type TotpCause } from "webauthn-result/testing";
 *
 * const make = (cause: TotpCause) => results.totp[cause]();
 * ```
 */
export type TotpCause =
  | Exclude<PushCause, "access_denied" | "timeout" | "expired_token" | "cancelled">
  | "invalid_code"
  | "too_many_retries";

/**
 * What the functions of the package resolve to, by cause: `causeOf(results.refused()).cause` is `"refused"`. Each is what the
 * module would return, with its codes, texts and messages.
 *
 * @example
 * ```ts
 * import { results } from "webauthn-result/testing";
 *
 * const approved = results.approved({ token: "a.b.c" });
 * const dismissed = results.dismissed();
 * const refused = results.refused("The transaction has expired");
 * const exists = results.alreadyRegistered({ ceremony: "registration" });
 * const declined = results.push.access_denied();
 * const wrong = results.totp.invalid_code({ remaining: 1 });
 * ```
 */
export declare const results: {
  readonly [C in Exclude<PasskeyFailureCause, "alreadyRegistered">]: MakeFailure;
} & {
  /** Of `register` alone. */
  readonly alreadyRegistered: (options?: string | FailureOptions) => Failure<RegistrationErrorCode>;
  readonly approved: (options?: { token?: string | undefined }) => Success<"success-authentication">;
  readonly registered: (options?: { token?: string | undefined }) => Success<"success-registration">;
  /** Of `CIBAClient`: `pollForApproval`, `safeAuthenticate`, `initiateAppApproval`. */
  readonly push: {
    readonly [C in PushCause]: MakePushResult;
  } & {
    /** A request that the server accepted, which is no outcome yet. */
    readonly initiated: (request?: Partial<InitiatedRequest>) => InitiatedRequest;
  };
  /** Of `CIBAClient`: `verifyTotp`. */
  readonly totp: { readonly [C in TotpCause]: (options?: TotpOptions) => TotpResult };
};

/**
 * What makes `using` restore a fake, where TypeScript's `lib` has `Symbol.dispose`.
 *
 * @example
 * ```ts
 * import { fakePasskeys, type Restorable } from "webauthn-result/testing";
 *
 * const installed: Restorable[] = [fakePasskeys()];
 * for (const fake of installed) fake.restore();
 * ```
 */
export type Restorable = {
  /** Puts back what was there before. */
  restore(): void;
} & (SymbolConstructor extends { readonly dispose: infer S } ? { [K in S & symbol]: () => void } : unknown);

/**
 * How a prompt ends: `"ok"`, which also an object does whose properties the credential has; `"never"`; the name of an exception; or
 * a function that gets the prompt's options and returns one of these, or a credential.
 *
 * @example
 * ```ts
 * import { fakePasskeys, type PasskeyStep } from "webauthn-result/testing";
 *
 * const steps: PasskeyStep[] = ["NotAllowedError", { userHandle: "ada" }];
 * const passkeys = fakePasskeys({ get: steps });
 * ```
 */
export type PasskeyStep =
  | "ok"
  | "never"
  | `${string}Error`
  | {
      /** The credential's ID, before base64url. The first of `allowCredentials` by default. */
      id?: string | undefined;
      /** `null` for a credential without one. */
      userHandle?: string | null | undefined;
      /** The outputs of extensions. */
      extensions?: object | undefined;
    }
  | ((options: any) => unknown);

/**
 * The options of {@link fakePasskeys}. Of a list, each call takes one step, and the last stands for all later calls.
 *
 * @example
 * ```ts
 * import { fakePasskeys, type FakePasskeysOptions } from "webauthn-result/testing";
 *
 * const options: FakePasskeysOptions = { create: "InvalidStateError", capabilities: { conditionalGet: false } };
 * const passkeys = fakePasskeys(options);
 * ```
 */
export interface FakePasskeysOptions {
  /** `navigator.credentials.get`: `"ok"` by default. */
  get?: PasskeyStep | readonly PasskeyStep[] | undefined;
  /** `navigator.credentials.create`: `"ok"` by default. */
  create?: PasskeyStep | readonly PasskeyStep[] | undefined;
  /** `get` with `mediation: "conditional"`, which is autofill: `"never"` by default, until the test calls `settle`. */
  conditional?: PasskeyStep | readonly PasskeyStep[] | undefined;
  /** What the browser supports, as `PublicKeyCredential.getClientCapabilities`. Everything by default. */
  capabilities?: { readonly [name: string]: boolean } | undefined;
  /** `isSecureContext`: `true` by default. */
  secureContext?: boolean | undefined;
}

/**
 * A prompt that the page opened.
 *
 * @example
 * ```ts
 * import { fakePasskeys, type FakePrompt } from "webauthn-result/testing";
 *
 * const isAutofill = ({ mediation }: FakePrompt) => mediation === "conditional";
 * const count = fakePasskeys().prompts.filter(isAutofill).length;
 * ```
 */
export interface FakePrompt {
  method: "get" | "create";
  mediation: string;
  /** `"immediate"`, if the page asked for that. */
  uiMode: string | undefined;
  /** The options of the browser: `publicKey`. */
  publicKey: any;
  signal: AbortSignal | undefined;
  isOpen: boolean;
}

/**
 * A call of WebAuthn's Signal API.
 *
 * @example
 * ```ts
 * import { fakePasskeys, type FakeSignal } from "webauthn-result/testing";
 *
 * const isRemoval = ({ method }: FakeSignal) => method === "signalUnknownCredential";
 * const removed = fakePasskeys().signals.filter(isRemoval).length;
 * ```
 */
export interface FakeSignal {
  method: "signalAllAcceptedCredentials" | "signalCurrentUserDetails" | "signalUnknownCredential";
  options: any;
}

/**
 * What {@link fakePasskeys} returns.
 *
 * @example
 * ```ts
 * import { fakePasskeys, type FakePasskeys } from "webauthn-result/testing";
 *
 * const passkeys: FakePasskeys = fakePasskeys({ get: "never" });
 * const pick = () => passkeys.settle({ userHandle: "ada" });
 * ```
 */
export type FakePasskeys = Restorable & {
  /** The prompts that the page opened, in their order. */
  readonly prompts: FakePrompt[];
  /** What the page, or the package, asked the browser to change, in the order of the calls. */
  readonly signals: FakeSignal[];
  /**
   * Ends the prompt that is open, as a user does: `"ok"` by default.
   *
   * @throws TypeError if none is open.
   */
  settle(step?: PasskeyStep): void;
};

/**
 * Installs WebAuthn in jsdom and happy-dom, or replaces that of a browser: `navigator.credentials`, `PublicKeyCredential`, its
 * responses' classes, and `isSecureContext`. Nothing is signed: only {@link fakeCloud} accepts its credentials.
 *
 * @throws TypeError if a step is a string that has no meaning, or where there is no `navigator`.
 *
 * @example
 * ```ts
 * import { fakePasskeys } from "webauthn-result/testing";
 *
 * const passkeys = fakePasskeys({ get: ["NotAllowedError", "ok"] });
 * console.log(passkeys.prompts.length);
 * passkeys.restore();
 * ```
 */
export declare function fakePasskeys(options?: FakePasskeysOptions): FakePasskeys;

/**
 * What the cloud does with a finalization: accepts it; accepts it, and the response is lost; does not get it; does not respond;
 * rejects it; or responds with an HTTP status. Or a function that gets the request's body and returns one of these.
 *
 * @example
 * ```ts
 * import { fakeCloud, type FinalizeStep } from "webauthn-result/testing";
 *
 * const steps: FinalizeStep[] = [503, "lost", { rejected: "The transaction has expired" }];
 * const cloud = fakeCloud({ finalize: steps });
 * ```
 */
export type FinalizeStep =
  | "ok"
  | "lost"
  | "unreachable"
  | "never"
  | { rejected: string }
  | number
  | ((body: any) => unknown);

/**
 * What the status endpoint says.
 *
 * @example
 * ```ts
 * import { fakeCloud, type StatusStep } from "webauthn-result/testing";
 *
 * const late: StatusStep[] = ["pending", "succeeded"];
 * const cloud = fakeCloud({ finalize: "lost", status: late });
 * ```
 */
export type StatusStep =
  | "pending"
  | "succeeded"
  | "failed"
  | "unknown"
  | "unreachable"
  | "never"
  | number
  | ((body: any) => unknown);

/**
 * The options of {@link fakeCloud}. Of a list, each request takes one step, and the last stands for all later requests.
 *
 * @example
 * ```ts
 * import { fakeCloud, type FakeCloudOptions } from "webauthn-result/testing";
 *
 * const options: FakeCloudOptions = { finalize: "lost", status: "unreachable" };
 * const cloud = fakeCloud(options);
 * ```
 */
export interface FakeCloudOptions {
  /** `"ok"` by default. */
  finalize?: FinalizeStep | readonly FinalizeStep[] | undefined;
  /** By default what the finalization decided, or `"pending"`. */
  status?: StatusStep | readonly StatusStep[] | undefined;
  /** The transaction token: `"fake-token"` by default. */
  token?: string | undefined;
  /** The setting `statusUrl` of the page, if it has one. */
  statusUrl?: string | undefined;
  /**
   * Your backend: gets every request that is not for the cloud, and returns its JSON, or a `Response`. A request without a
   * response rejects, and the console has its path once. MSW's handlers leave these requests to your own handlers.
   */
  backend?: ((request: { method: string; url: string; body: any }) => unknown) | undefined;
}

/**
 * A request that a fake got. Its body is not enumerable, so that no log of a test has a token in it.
 *
 * @example
 * ```ts
 * import { fakeCloud, type FakeRequest } from "webauthn-result/testing";
 *
 * const isStatus = ({ path }: FakeRequest) => path.endsWith("/status");
 * const count = fakeCloud().requests.filter(isStatus).length;
 * ```
 */
export interface FakeRequest {
  method: string;
  path: string;
  /** Of a finalization. */
  ceremony?: "authentication" | "registration";
  /** Of push and TOTP. */
  kind?: "initiate" | "poll" | "totp";
  /** What the fake did with it. */
  step: unknown;
  /** Parsed: of JSON or of a form. */
  readonly body: any;
}

/**
 * The parts of MSW that a fake needs, of version 2 or 3: `import { http, HttpResponse } from "msw"`.
 *
 * @example
 * ```ts
 * import { fakeCloud, type MswHandlers } from "webauthn-result/testing";
 *
 * const handlersFor = <Handler>(msw: MswHandlers<Handler>): Handler[] => fakeCloud().handlers(msw);
 * ```
 */
export interface MswHandlers<Handler> {
  http: { post(path: RegExp, resolver: (info: { request: Request }) => Promise<any>): Handler };
  HttpResponse: { json(body: any, init?: { status: number }): any; error(): any };
}

/**
 * A server that is a `fetch` function.
 *
 * @example
 * ```ts
 * import { fakeAuthSec, fakeCloud, type FakeServer } from "webauthn-result/testing";
 *
 * const servers: FakeServer[] = [fakeCloud(), fakeAuthSec()];
 * const count = () => servers.flatMap(({ requests }) => requests).length;
 * ```
 */
export type FakeServer = Restorable & {
  (input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  /** The requests that it got, in their order. */
  readonly requests: FakeRequest[];
  /** The same server as handlers for MSW. */
  handlers<Handler>(msw: MswHandlers<Handler>): Handler[];
};

/**
 * What {@link fakeCloud} returns.
 *
 * @example
 * ```ts
 * import { authenticate } from "webauthn-result";
 * import { fakeCloud, type FakeCloud } from "webauthn-result/testing";
 *
 * const approve = (cloud: FakeCloud) => authenticate(cloud.approval());
 * const result = await approve(fakeCloud().install());
 * ```
 */
export type FakeCloud = FakeServer & {
  /** Makes it the page's `fetch`, until `restore()`. Returns the same server. */
  install(): FakeCloud;
  /** A response that starts an approval, as your backend passes it on. Each has a `statusToken` of its own. */
  approval(more?: Partial<Approval>): Approval & { userId: string };
  /** The enrollment that starts a registration, likewise. */
  enrollment(more?: Partial<Enrollment>): Enrollment;
};

/**
 * Plays the Authentication Cloud: a `fetch` function, whose server decides each transaction.
 *
 * @example
 * ```ts
 * import { authenticate } from "webauthn-result";
 * import { fakeCloud, fakePasskeys } from "webauthn-result/testing";
 *
 * const passkeys = fakePasskeys();
 * const cloud = fakeCloud({ finalize: ["lost", 503] }).install();
 * const result = await authenticate(cloud.approval());
 * console.log(result.success, cloud.requests.length);
 * cloud.restore();
 * passkeys.restore();
 * ```
 */
export declare function fakeCloud(options?: FakeCloudOptions): FakeCloud;

/**
 * What an AuthSec server does: succeeds, is not reached, does not respond, responds with an HTTP status, or with a code such as
 * `"access_denied"`. Or a function that gets the request's body and returns one of these.
 *
 * @example
 * ```ts
 * import { fakeAuthSec, type AuthSecStep } from "webauthn-result/testing";
 *
 * const steps: AuthSecStep[] = ["pending", "slow_down", "approved"];
 * const server = fakeAuthSec({ poll: steps });
 * ```
 */
export type AuthSecStep = "unreachable" | "never" | (string & {}) | number | ((body: any) => unknown);

/**
 * The options of {@link fakeAuthSec}. Of a list, each request takes one step, and the last stands for all later requests.
 *
 * @example
 * ```ts
 * import { fakeAuthSec, type FakeAuthSecOptions } from "webauthn-result/testing";
 *
 * const options: FakeAuthSecOptions = { poll: ["pending", "access_denied"] };
 * const server = fakeAuthSec(options);
 * ```
 */
export interface FakeAuthSecOptions {
  /** A request for approval: `"ok"` by default. */
  initiate?: "ok" | AuthSecStep | readonly AuthSecStep[] | undefined;
  /** A poll: `"approved"` by default, or `"pending"`. */
  poll?: "approved" | "pending" | AuthSecStep | readonly AuthSecStep[] | undefined;
  /** A code: `"ok"` by default, or `"invalid_code"`. */
  totp?: "ok" | "invalid_code" | AuthSecStep | readonly AuthSecStep[] | undefined;
  /** `"fake-token"` by default. */
  token?: string | undefined;
  /** The time between two polls, in seconds: 0.01 by default, so that tests do not wait. */
  interval?: number | undefined;
  /** Your backend, as in {@link FakeCloudOptions}. */
  backend?: ((request: { method: string; url: string; body: any }) => unknown) | undefined;
}

/**
 * What {@link fakeAuthSec} returns.
 *
 * @example
 * ```ts
 * import { fakeAuthSec, type FakeAuthSec } from "webauthn-result/testing";
 *
 * const polls = ({ requests }: FakeAuthSec) => requests.filter(({ kind }) => kind === "poll").length;
 * const count = polls(fakeAuthSec());
 * ```
 */
export type FakeAuthSec = FakeServer & {
  /** Makes it the page's `fetch`, until `restore()`. Returns the same server. */
  install(): FakeAuthSec;
};

/**
 * Plays an AuthSec server, or a relay in front of one, at all its routes: a `fetch` function for tests of push and TOTP.
 *
 * @example
 * ```ts
 * import { CIBAClient } from "webauthn-result/ciba";
 * import { fakeAuthSec } from "webauthn-result/testing";
 *
 * const server = fakeAuthSec({ poll: ["pending", "approved"] }).install();
 * const result = await new CIBAClient({ clientId: "shop" }).safeAuthenticate("ada@example.com");
 * console.log(result.success, server.requests.length);
 * server.restore();
 * ```
 */
export declare function fakeAuthSec(options?: FakeAuthSecOptions): FakeAuthSec;

/**
 * Playwright's `Page`, as far as {@link virtualAuthenticator} needs it.
 *
 * @example
 * ```ts
 * import { virtualAuthenticator, type ChromiumPage } from "webauthn-result/testing";
 *
 * const addPasskeys = async (page: ChromiumPage) => virtualAuthenticator(page);
 * ```
 */
export interface ChromiumPage {
  context(): {
    newCDPSession(page: any): Promise<{ send(method: any, parameters?: any): Promise<any>; detach(): Promise<void> }>;
  };
}

/**
 * The options of {@link virtualAuthenticator}. By default a platform authenticator that stores passkeys, whose user is verified.
 *
 * @example
 * ```ts
 * import { virtualAuthenticator, type ChromiumPage, type VirtualAuthenticatorOptions } from "webauthn-result/testing";
 *
 * const securityKey: VirtualAuthenticatorOptions = { transport: "usb", hasResidentKey: false, hasUserVerification: false };
 * const addKey = (page: ChromiumPage) => virtualAuthenticator(page, securityKey);
 * ```
 */
export interface VirtualAuthenticatorOptions {
  /**
   * Whether the user touches the authenticator whenever it asks, and picks the passkey that autofill offers: `true` by default.
   * With `false` prompts stay open, until the page ends them.
   */
  presence?: boolean | undefined;
  protocol?: "u2f" | "ctap2" | undefined;
  transport?: "usb" | "nfc" | "ble" | "cable" | "internal" | undefined;
  hasResidentKey?: boolean | undefined;
  hasUserVerification?: boolean | undefined;
  isUserVerified?: boolean | undefined;
  hasPrf?: boolean | undefined;
  hasLargeBlob?: boolean | undefined;
}

/**
 * A credential of a virtual authenticator. Binary values are base64.
 *
 * @example
 * ```ts
 * import type { VirtualAuthenticator } from "webauthn-result/testing";
 *
 * const countOf = async (authenticator: VirtualAuthenticator, rpId: string) =>
 *   (await authenticator.credentials()).filter((credential) => credential.rpId === rpId).length;
 * ```
 */
export interface VirtualCredential {
  credentialId: string;
  isResidentCredential: boolean;
  rpId?: string;
  privateKey: string;
  userHandle?: string;
  signCount: number;
}

/**
 * What {@link virtualAuthenticator} resolves to.
 *
 * @example
 * ```ts
 * import type { VirtualAuthenticator } from "webauthn-result/testing";
 *
 * async function decline(authenticator: VirtualAuthenticator): Promise<void> {
 *   await authenticator.setUserVerified(false);
 * }
 * ```
 */
export interface VirtualAuthenticator {
  readonly authenticatorId: string;
  /** For prompts that open from now on: one that is open stays so. */
  setPresence(isPresent: boolean): Promise<void>;
  /** Whether verification succeeds: with `false`, an approval that requires it ends as `dismissed`. */
  setUserVerified(isUserVerified: boolean): Promise<void>;
  credentials(): Promise<VirtualCredential[]>;
  addCredential(credential: VirtualCredential): Promise<void>;
  removeCredential(credentialId: string): Promise<void>;
  clearCredentials(): Promise<void>;
  /** Removes the authenticator, with its credentials. */
  remove(): Promise<void>;
}

/**
 * Adds a virtual authenticator to a page of Playwright, in Chromium. It belongs to the page, also after a navigation.
 *
 * @example
 * ```ts
 * import { virtualAuthenticator, type ChromiumPage } from "webauthn-result/testing";
 *
 * async function hasPasskey(page: ChromiumPage, register: () => Promise<void>): Promise<boolean> {
 *   const authenticator = await virtualAuthenticator(page);
 *   await register();
 *   return (await authenticator.credentials()).length === 1;
 * }
 * ```
 */
export declare function virtualAuthenticator(
  page: ChromiumPage,
  options?: VirtualAuthenticatorOptions,
): Promise<VirtualAuthenticator>;
