// The settings of a call, and the defaults of all calls.

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
   * Aborting it ends the prompt, or the wait for the module: `error-0001` or `error-1001`. It has no effect once the user
   * has confirmed. `null` means no signal, even if {@link configure} set one.
   */
  signal?: AbortSignal | null | undefined;
  /**
   * `"conditional"` is autofill in {@link authenticate}, which needs no click and waits for the user without a time
   * limit. In {@link register} it is conditional create: registration without a prompt. `"optional"` by default.
   */
  mediation?: "conditional" | "optional" | undefined;
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
