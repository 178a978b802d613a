// `webauthn-result/vue/push`: push as a composable.

import type { PushClient, PushControls, PushValues } from "./bindings.cjs";
import type { BindingRefs } from "./vue.cjs";

export * from "./bindings.cjs";

/**
 * Approval by push on the user's phone. `secondsLeft` counts down in `prompting`. When the component or the effect scope ends,
 * so does the poll.
 *
 * @param client which the component gets from outside, or keeps
 *
 * @example
 * import { CIBAClient } from "webauthn-result/ciba";
 * import { usePush } from "webauthn-result/vue/push";
 *
 * const client = new CIBAClient({ clientId: "your_client_id" });
 *
 * export function useSignInByPhone() {
 *   const { run, secondsLeft } = usePush(client);
 *   return { signIn: () => run("user@example.com"), count: () => Math.ceil(secondsLeft.value ?? 0) };
 * }
 */
export declare function usePush(client: PushClient): BindingRefs<PushValues> & PushControls;
