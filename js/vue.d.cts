// `webauthn-result/vue`: passkeys as composables.

import type { ComputedRef } from "vue";

import type { BindingControls, BindingSettings, BindingValues } from "./bindings.cjs";
import type { Approval, AuthenticationResult, Enrollment, RegistrationResult } from "./index.cjs";

export * from "./bindings.cjs";

/**
 * The values of a binding as refs that the page only reads.
 *
 * @example
 * import type { AuthenticationResult } from "webauthn-result";
 * import type { BindingRefs, BindingValues } from "webauthn-result/vue";
 *
 * const stateOf = ({ state }: BindingRefs<BindingValues<AuthenticationResult>>) => state.value;
 */
export type BindingRefs<Values> = { readonly [Name in keyof Values]: ComputedRef<Values[Name]> };

/**
 * Signs in or approves with a passkey. When the component or the effect scope ends, so do `start` and the prompt.
 *
 * @param start starts an approval at your backend; its other arguments are those of `run`
 *
 * @example
 * import type { Approval } from "webauthn-result";
 * import { useApproval } from "webauthn-result/vue";
 *
 * async function startApproval(signal: AbortSignal, username: string): Promise<Approval> {
 *   const response = await fetch("/start-approval", { method: "POST", body: username, signal });
 *   if (!response.ok) throw new Error(`HTTP ${response.status}`);
 *   return response.json();
 * }
 *
 * export function useSignIn() {
 *   const { run, state } = useApproval(startApproval);
 *   return { isPrompting: () => state.value === "prompting", signIn: () => run("zoe") };
 * }
 */
export declare function useApproval<Args extends unknown[]>(
  start: (signal: AbortSignal, ...args: Args) => Promise<Approval>,
  settings?: BindingSettings,
): BindingRefs<BindingValues<AuthenticationResult>> & BindingControls<Args, AuthenticationResult, Approval>;

/**
 * Creates a passkey. When the component or the effect scope ends, so do `start` and the prompt.
 *
 * @param start starts a registration at your backend; its other arguments are those of `run`
 *
 * @example
 * import type { Enrollment } from "webauthn-result";
 * import { useRegistration } from "webauthn-result/vue";
 *
 * const startRegistration = async (signal: AbortSignal): Promise<Enrollment> =>
 *   (await fetch("/start-registration", { method: "POST", signal })).json();
 *
 * export function useNewPasskey() {
 *   const { run, outcome } = useRegistration(startRegistration);
 *   return { isReady: () => outcome.value?.success === true, create: () => run() };
 * }
 */
export declare function useRegistration<Args extends unknown[]>(
  start: (signal: AbortSignal, ...args: Args) => Promise<Enrollment>,
  settings?: BindingSettings,
): BindingRefs<BindingValues<RegistrationResult>> & BindingControls<Args, RegistrationResult, Enrollment>;

/**
 * Offers passkeys in a field with `autocomplete="username webauthn"`, as `webauthn-result/autofill` does. `run`, in
 * `onMounted`, begins it, and resolves when autofill has ended with a result, or is cancelled. An `error-0002` after a pick
 * is shown until the next pick, and autofill goes on.
 *
 * @param start starts an approval without a username at your backend, before each request
 *
 * @example
 * import type { Approval } from "webauthn-result";
 * import { useAutofill } from "webauthn-result/vue";
 *
 * const startApproval = async (signal: AbortSignal): Promise<Approval> =>
 *   (await fetch("/start-approval", { method: "POST", signal })).json();
 *
 * export function useSignInByField(verify: (token: string) => void) {
 *   const { run } = useAutofill(startApproval);
 *   return async () => {
 *     const { outcome } = await run();
 *     if (outcome?.success) verify(outcome.token);
 *   };
 * }
 */
export declare function useAutofill<Args extends unknown[]>(
  start: (signal: AbortSignal, ...args: Args) => Promise<Approval>,
  settings?: BindingSettings,
): BindingRefs<BindingValues<AuthenticationResult>> & BindingControls<Args, AuthenticationResult, Approval>;
