// `webauthn-result/svelte/push`: push as a store.

import type { PushClient, PushControls, PushValues } from "./bindings.cjs";
import type { BindingStore } from "./svelte.cjs";

export * from "./bindings.cjs";

/**
 * Approval by push on the user's phone. `secondsLeft` counts down in `prompting`. Call it while the component initializes: when
 * that is destroyed, the poll ends.
 *
 * @param client which the component gets from outside, or keeps
 *
 * @example
 * import { CIBAClient } from "webauthn-result/ciba";
 * import { usePush } from "webauthn-result/svelte/push";
 *
 * const client = new CIBAClient({ clientId: "your_client_id" });
 *
 * export function useSignInByPhone() {
 *   const push = usePush(client);
 *   return { push, signIn: () => push.run("user@example.com") };
 * }
 */
export declare function usePush(client: PushClient): BindingStore<PushValues> & PushControls;
