// `webauthn-result/react`: passkeys as hooks.

import type { BindingControls, BindingSettings, BindingValues } from "./bindings.cjs";
import type { Approval, AuthenticationResult, Enrollment, RegistrationResult } from "./index.cjs";

export * from "./bindings.cjs";

/**
 * Signs in or approves with a passkey. When the component unmounts, `start` and the prompt end.
 *
 * @param start starts an approval at your backend; its other arguments are those of `run`
 *
 * @example
 * import type { Approval } from "webauthn-result";
 * import { useApproval } from "webauthn-result/react";
 *
 * async function startApproval(signal: AbortSignal, username: string): Promise<Approval> {
 *   const response = await fetch("/start-approval", { method: "POST", body: username, signal });
 *   if (!response.ok) throw new Error(`HTTP ${response.status}`);
 *   return response.json();
 * }
 *
 * export function useSignIn() {
 *   const { run, state } = useApproval(startApproval);
 *   return { isBusy: state !== "idle" && state !== "done", signIn: () => run("zoe") };
 * }
 */
export declare function useApproval<Args extends unknown[]>(
  start: (signal: AbortSignal, ...args: Args) => Promise<Approval>,
  settings?: BindingSettings,
): BindingValues<AuthenticationResult> & BindingControls<Args, AuthenticationResult, Approval>;

/**
 * Creates a passkey. When the component unmounts, `start` and the prompt end.
 *
 * @param start starts a registration at your backend; its other arguments are those of `run`
 *
 * @example
 * import type { Enrollment } from "webauthn-result";
 * import { useRegistration } from "webauthn-result/react";
 *
 * const startRegistration = async (signal: AbortSignal): Promise<Enrollment> =>
 *   (await fetch("/start-registration", { method: "POST", signal })).json();
 *
 * export function useNewPasskey() {
 *   const { run, outcome } = useRegistration(startRegistration);
 *   return { isReady: outcome?.success === true, create: () => run() };
 * }
 */
export declare function useRegistration<Args extends unknown[]>(
  start: (signal: AbortSignal, ...args: Args) => Promise<Enrollment>,
  settings?: BindingSettings,
): BindingValues<RegistrationResult> & BindingControls<Args, RegistrationResult, Enrollment>;

/**
 * Offers passkeys in a field with `autocomplete="username webauthn"`, as `webauthn-result/autofill` does. `run`, in an
 * effect, begins it. `run` resolves when autofill has ended with a result, or is cancelled. An `error-0002` after a pick is
 * shown until the next pick, and autofill goes on.
 *
 * @param start starts an approval without a username at your backend, before each request
 *
 * @example
 * import { useEffect } from "react";
 * import type { Approval } from "webauthn-result";
 * import { useAutofill } from "webauthn-result/react";
 *
 * const startApproval = async (signal: AbortSignal): Promise<Approval> =>
 *   (await fetch("/start-approval", { method: "POST", signal })).json();
 *
 * export function useSignInByField(verify: (token: string) => void) {
 *   const { run } = useAutofill(startApproval);
 *   useEffect(() => {
 *     run().then(({ outcome }) => outcome?.success && verify(outcome.token));
 *   }, [run, verify]);
 * }
 */
export declare function useAutofill<Args extends unknown[]>(
  start: (signal: AbortSignal, ...args: Args) => Promise<Approval>,
  settings?: BindingSettings,
): BindingValues<AuthenticationResult> & BindingControls<Args, AuthenticationResult, Approval>;
