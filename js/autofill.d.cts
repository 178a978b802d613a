// `webauthn-result/autofill`: passkeys in the autofill of a sign-in field.

import type { Approval, AuthenticationResult, Settings } from "./index.cjs";

declare global {
  // Of ES2026: absent in older libraries of TypeScript.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/**
 * What {@link autofill} calls.
 *
 * @example
 * import type { AutofillHandlers } from "webauthn-result/autofill";
 *
 * const handlers: AutofillHandlers = {
 *   onResult: (result) => console.log(result.success ? "Signed in" : result.message),
 *   onError: (error) => console.warn("The backend could not start an approval", error),
 * };
 */
export interface AutofillHandlers {
  /**
   * Called with each result that the page acts on: a success, which ends autofill; `error-0002` after a passkey was picked,
   * after which autofill goes on; and a failure of the page's code or this browser, which ends autofill. Others, such as a
   * renewal or a dismissed prompt, autofill handles itself. `approval` is the one that the result is of.
   */
  onResult: (result: AuthenticationResult, approval: Approval) => void;
  /** Called with what `startApproval` threw, or with a `TimeoutError` after 30 seconds. Autofill tries again. */
  onError?: ((error: unknown) => void) | undefined;
}

/**
 * The settings of the requests: those of `authenticate`, without those that autofill sets itself.
 *
 * @example
 * import type { AutofillSettings } from "webauthn-result/autofill";
 *
 * const settings: AutofillSettings = { baseUrl: "https://INSTANCE.mauth.nevis.cloud", finalizeTimeout: 5000 };
 */
export type AutofillSettings = Omit<Settings, "mediation" | "signal">;

/**
 * What {@link autofill} returns. In engines with `Symbol.dispose` it is disposable, too.
 *
 * @example
 * import type { AutofillHandle } from "webauthn-result/autofill";
 *
 * function leave(handle: AutofillHandle | undefined): void {
 *   handle?.stop();
 * }
 */
export interface AutofillHandle {
  /**
   * Ends autofill. A passkey that was picked already is still sent to the cloud, and `onResult` gets its result. Never
   * throws, and may be called again.
   */
  stop(): void;
  [Symbol.dispose]?: () => void;
}

/**
 * Offers passkeys in a field with `autocomplete="username webauthn"` until the user has signed in: keeps a request with
 * `mediation: "conditional"` waiting, renews it before its transaction expires, gives way to other calls, and retries.
 *
 * A page has one: a second one ends the first. Without support for it, and on a server, it does nothing: see
 * `support().autofill`. Never throws.
 *
 * @param startApproval starts an approval without a username at your backend, before each request. Its signal aborts when
 *   autofill stops
 *
 * @example
 * import type { Approval } from "webauthn-result";
 * import { autofill } from "webauthn-result/autofill";
 *
 * async function startApproval(signal: AbortSignal): Promise<Approval> {
 *   const response = await fetch("/start-approval", { method: "POST", signal });
 *   if (!response.ok) throw new Error(`HTTP ${response.status}`);
 *   return response.json();
 * }
 *
 * const handle = autofill(startApproval, {
 *   onResult: (result) => console.log(result.code.statusCode),
 * });
 * document.querySelector("#other-way")?.addEventListener("click", () => handle.stop());
 */
export declare function autofill(
  startApproval: (signal: AbortSignal) => Promise<Approval>,
  handlers: AutofillHandlers,
  settings?: AutofillSettings,
): AutofillHandle;
