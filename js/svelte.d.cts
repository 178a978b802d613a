// `webauthn-result/svelte`: passkeys as stores.

import type { BindingControls, BindingSettings, BindingValues } from "./bindings.cjs";
import type { Approval, AuthenticationResult, Enrollment, RegistrationResult } from "./index.cjs";

export * from "./bindings.cjs";

/**
 * A store of Svelte: `$store` in a component has its values.
 *
 * @example
 * import type { AuthenticationResult } from "webauthn-result";
 * import type { BindingStore, BindingValues } from "webauthn-result/svelte";
 *
 * const log = (store: BindingStore<BindingValues<AuthenticationResult>>) =>
 *   store.subscribe(({ state }) => console.log(state));
 */
export interface BindingStore<Values> {
  /** Calls the listener at once, and after each change. Returns the function that removes it. */
  subscribe: (listener: (values: Values) => void) => () => void;
}

/**
 * Signs in or approves with a passkey. Call it while the component initializes: when that is destroyed, `start` and the
 * prompt end.
 *
 * @param start starts an approval at your backend; its other arguments are those of `run`
 *
 * @example
 * import type { Approval } from "webauthn-result";
 * import { useApproval } from "webauthn-result/svelte";
 *
 * async function startApproval(signal: AbortSignal, username: string): Promise<Approval> {
 *   const response = await fetch("/start-approval", { method: "POST", body: username, signal });
 *   if (!response.ok) throw new Error(`HTTP ${response.status}`);
 *   return response.json();
 * }
 *
 * export function useSignIn() {
 *   const approval = useApproval(startApproval);
 *   return { approval, signIn: () => approval.run("zoe") };
 * }
 */
export declare function useApproval<Args extends unknown[]>(
  start: (signal: AbortSignal, ...args: Args) => Promise<Approval>,
  settings?: BindingSettings,
): BindingStore<BindingValues<AuthenticationResult>> & BindingControls<Args, AuthenticationResult, Approval>;

/**
 * Creates a passkey. Call it while the component initializes: when that is destroyed, `start` and the prompt end.
 *
 * @param start starts a registration at your backend; its other arguments are those of `run`
 *
 * @example
 * import type { Enrollment } from "webauthn-result";
 * import { useRegistration } from "webauthn-result/svelte";
 *
 * const startRegistration = async (signal: AbortSignal): Promise<Enrollment> =>
 *   (await fetch("/start-registration", { method: "POST", signal })).json();
 *
 * export function useNewPasskey() {
 *   const registration = useRegistration(startRegistration);
 *   return { registration, create: () => registration.run() };
 * }
 */
export declare function useRegistration<Args extends unknown[]>(
  start: (signal: AbortSignal, ...args: Args) => Promise<Enrollment>,
  settings?: BindingSettings,
): BindingStore<BindingValues<RegistrationResult>> & BindingControls<Args, RegistrationResult, Enrollment>;

/**
 * Offers passkeys in a field with `autocomplete="username webauthn"`, as `webauthn-result/autofill` does. `run`, in `onMount`,
 * begins it, and resolves when autofill has ended with a result, or is cancelled. An `error-0002` after a pick is shown until
 * the next pick, and autofill goes on.
 *
 * @param start starts an approval without a username at your backend, before each request
 *
 * @example
 * import type { Approval } from "webauthn-result";
 * import { useAutofill } from "webauthn-result/svelte";
 *
 * const startApproval = async (signal: AbortSignal): Promise<Approval> =>
 *   (await fetch("/start-approval", { method: "POST", signal })).json();
 *
 * export function useSignInByField(verify: (token: string) => void) {
 *   const autofill = useAutofill(startApproval);
 *   return async () => {
 *     const { outcome } = await autofill.run();
 *     if (outcome?.success) verify(outcome.token);
 *   };
 * }
 */
export declare function useAutofill<Args extends unknown[]>(
  start: (signal: AbortSignal, ...args: Args) => Promise<Approval>,
  settings?: BindingSettings,
): BindingStore<BindingValues<AuthenticationResult>> & BindingControls<Args, AuthenticationResult, Approval>;
