// The settings of a call, and the defaults of all calls.

import type { Cause } from "./cause.cjs";
import type { CeremonyName } from "./options.cjs";
import type { FinalizeFunction, StatusReply, TransactionQuery } from "./own-server.cjs";
import type { AuthenticationErrorCode, RegistrationErrorCode } from "./results.cjs";

/**
 * What a call is doing: waiting for the user, sending the credential to the cloud, or querying the status because the
 * response to that was lost or was a refusal. Only the first stage can be ended by the page.
 *
 * @example
 * import { configure, type Stage } from "webauthn-result";
 *
 * const texts: Record<Stage, string> = {
 *   prompting: "Confirm with your passkey",
 *   finalizing: "One moment …",
 *   recovering: "The connection is slow. One moment …",
 * };
 * configure({ onProgress: (stage) => console.log(texts[stage]) });
 */
export type Stage = "prompting" | "finalizing" | "recovering";

/**
 * The settings of one call. A property that is absent or `undefined` has the default that {@link configure} set. An
 * invalid setting is `error-0099` or `error-1099`; `message` names it.
 *
 * @example
 * import { authenticate, type Approval, type Settings } from "webauthn-result";
 *
 * const settings: Settings = { finalizeTimeout: 5000, onProgress: (stage) => console.log(stage) };
 *
 * async function approve(approval: Approval): Promise<boolean> {
 *   const { success } = await authenticate(approval, { ...settings, signal: AbortSignal.timeout(60000) });
 *   return success;
 * }
 */
export interface Settings {
  /**
   * The cloud's address: an `https` URL, an `http` URL of a loopback host, or a path of the page's own origin
   * (docs/contract.md, section A6). The page's own origin by default.
   */
  baseUrl?: string | undefined;
  /**
   * An endpoint of your backend that forwards status queries to the cloud, for a cloud that does not allow them from a
   * page (docs/contract.md, section A5.1): a URL or a path, as `baseUrl`. The request carries the cookies of the page's
   * own origin if it goes there.
   */
  statusUrl?: string | undefined;
  /**
   * Your own WebAuthn server, in place of the cloud (docs/contract.md, section A7): a function that sends the credential to
   * your backend, and resolves to its decision. It is called once, and may take {@link Settings.finalizeTimeout}. If it
   * rejects, takes longer or resolves to anything else, the outcome is unknown. `baseUrl` is not used then, and
   * `statusToken` and `userId` may be absent.
   */
  finalize?: FinalizeFunction | undefined;
  /**
   * Returns the status of a transaction, in place of the cloud's status endpoint. It is called if the outcome of `finalize` is
   * unknown or a refusal, and by {@link outcome}. `finalize` is called again only after `"pending"`.
   */
  status?: ((transaction: TransactionQuery) => StatusReply | Promise<StatusReply>) | undefined;
  /**
   * Aborting it ends the prompt, or the wait for the module: `error-0001` or `error-1001`. It has no effect once the user
   * has confirmed. `null` means no signal, even if {@link configure} set one.
   */
  signal?: AbortSignal | null | undefined;
  /**
   * `"conditional"` is autofill in {@link authenticate}, which needs no click and waits for the user without a time
   * limit. In {@link register} it is conditional create: registration without a prompt.
   *
   * `"immediate"`, for {@link authenticate} alone, opens a dialog only if a passkey is at hand. Otherwise, or if the user closes
   * it, the cause is `noCredential`; a browser without it is `error-0005`.
   *
   * `"optional"` by default: the browser's ordinary dialog.
   */
  mediation?: "conditional" | "immediate" | "optional" | undefined;
  /** Says that a missing `userId` is intentional: the passkey identifies the user. `false` by default. */
  usernameless?: boolean | undefined;
  /**
   * Timeout of the first finalization request, in milliseconds: more than 0, at most 2147483647, 10000 by default.
   * The whole finalization, recovery included, may take twice as long.
   */
  finalizeTimeout?: number | undefined;
  /** Called with each stage when it begins. */
  onProgress?: ((stage: Stage) => void) | undefined;
  /**
   * Called with the outputs of WebAuthn extensions, in which binary values are buffers. Called with `undefined` if the
   * credential has no working `getClientExtensionResults`, as with some password managers.
   */
  onExtensionResults?: ((results: AuthenticationExtensionsClientOutputs | undefined) => void) | undefined;
  /**
   * Called once the user has consented, before the credential is sent, with which passkey it was: to name it in your page, or
   * for your records. What the server decides comes with the result.
   */
  onCredential?: ((details: CredentialDetails) => void) | undefined;
  /**
   * Returns `true` if the message of a refused {@link authenticate} says that the server does not know the passkey: then the
   * device stops offering it, where the browser supports this. Called only if the refusal is sure (docs/contract.md, section A8).
   */
  isUnknownCredential?: ((message: string) => boolean) | undefined;
  /**
   * `"off"`: the browser is never asked to remove a passkey. By default it is, after a registration whose transaction failed
   * (docs/contract.md, section A8).
   */
  signals?: "on" | "off" | undefined;
  /** Called once when the call ends, before its promise resolves: for Sentry, OpenTelemetry or a log. */
  onEnd?: ((event: EndEvent) => void) | undefined;
  /**
   * Writes each step of the call to the console, for a report to support: no token, no credential. `false` by default.
   */
  debug?: boolean | undefined;
}

/**
 * What `onCredential` gets: which passkey the user chose or created. What a credential lacks, such as that of a password
 * manager which replaces the browser's, is absent.
 *
 * @example
 * import type { CredentialDetails } from "webauthn-result";
 *
 * const isSynced = ({ backupEligible, backupState }: CredentialDetails) => backupEligible === true && backupState === true;
 */
export interface CredentialDetails {
  /** The credential's ID: base64url, without padding. */
  id: string;
  /** Whether the authenticator is part of this device or another one, such as a phone or a security key. */
  authenticatorAttachment?: "platform" | "cross-platform" | (string & {});
  /** Whether the authenticator verified the user, e.g. by fingerprint or PIN. */
  userVerified?: boolean;
  /** Whether the passkey may be backed up, and so reach several devices. */
  backupEligible?: boolean;
  /** Whether it is backed up now. */
  backupState?: boolean;
  /** The model of the authenticator, at registration: a UUID, of zeros if it does not say. */
  aaguid?: string;
  /** How the authenticator can be reached, at registration: `"internal"`, `"hybrid"`, `"usb"` … */
  transports?: string[];
}

/**
 * The settings of {@link outcome}. Those of {@link configure} apply, too.
 *
 * @example
 * import { outcome, type OutcomeSettings } from "webauthn-result";
 *
 * const settings: OutcomeSettings = { statusUrl: "/api/status", wait: 60_000 };
 *
 * async function waitForApp(statusToken: string): Promise<boolean> {
 *   const { success } = await outcome({ statusToken }, settings);
 *   return success;
 * }
 */
export interface OutcomeSettings
  extends Pick<Settings, "baseUrl" | "statusUrl" | "status" | "finalizeTimeout" | "onProgress" | "onEnd" | "debug"> {
  /** How long to wait for a decision, in milliseconds: 0 or more. 0 by default: it asks once. */
  wait?: number | undefined;
  /** Aborting it ends the call: `error-0001` or `error-1001`. */
  signal?: AbortSignal | null | undefined;
}

/**
 * What `onEnd` gets when a call ends: what happened and how long it took, without tokens and personal data.
 *
 * @example
 * import { configure, type EndEvent } from "webauthn-result";
 *
 * function report({ call, code, cause, prompt, finalization, recovery, recovered }: EndEvent): void {
 *   console.info(call, code, cause, prompt, finalization + recovery, recovered);
 * }
 * configure({ onEnd: report });
 */
export interface EndEvent {
  /** The function that the page called. */
  call: "authenticate" | "register" | "outcome";
  /** Which codes the result has. */
  ceremony: CeremonyName;
  /** `code.statusCode` of the result. */
  code: "success-authentication" | AuthenticationErrorCode | "success-registration" | RegistrationErrorCode;
  /** The cause, as of `webauthn-result/cause`. */
  cause: Cause;
  /** Whether the page shows no error. */
  silent: boolean;
  /** How long the prompt was open, in milliseconds. */
  prompt: number;
  /** How long the finalization took before recovery, in milliseconds. */
  finalization: number;
  /** How long recovery took, or `outcome`, in milliseconds. */
  recovery: number;
  /** How many times the credential was sent, also in vain. */
  sends: number;
  /** How many times the status was queried. */
  queries: number;
  /** Whether it is a success after recovery: the first response was lost or refused. Every success of `outcome` is. */
  recovered: boolean;
}

/**
 * The argument of {@link configure}: defaults for every call, plus package-wide options.
 *
 * @example
 * import type { Defaults } from "webauthn-result";
 *
 * const defaults: Defaults = {
 *   baseUrl: "https://INSTANCE.mauth.nevis.cloud",
 *   fallback: () => import("webauthn-result/fallback"),
 * };
 */
export interface Defaults extends Settings {
  /**
   * Timeout of loading the module, or its fallback, in milliseconds: more than 0, at most 2147483647, 10000 by default.
   * Afterwards calls that wait resolve to `error-0099` or `error-1099`, and the next call loads it again.
   */
  loadTimeout?: number | undefined;
  /**
   * Loads the module as JavaScript. Called only if the browser refuses WebAssembly: Apple's Lockdown Mode, or a
   * Content-Security-Policy without `'wasm-unsafe-eval'`. None by default; the classic script and `webauthn-result/url`
   * have it built in.
   */
  fallback?: (() => Promise<Fallback>) | undefined;
}

/**
 * What `import("webauthn-result/fallback")` resolves to. Opaque: only this package uses its properties.
 *
 * @example
 * import type { Fallback } from "webauthn-result";
 *
 * const loadFallback = (): Promise<Fallback> => import("webauthn-result/fallback");
 */
export interface Fallback {
  readonly instantiate: unknown;
}
