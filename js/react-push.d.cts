// `webauthn-result/react/push`: push as a hook.

import type { PushClient, PushControls, PushValues } from "./bindings.cjs";

export * from "./bindings.cjs";

/**
 * Approval by push on the user's phone. `secondsLeft` counts down in `prompting`. When the component unmounts, the poll ends.
 *
 * @param client which the component gets from outside, or keeps: a new one knows no earlier requests
 *
 * @example
 * import { CIBAClient } from "webauthn-result/ciba";
 * import { usePush } from "webauthn-result/react/push";
 *
 * const client = new CIBAClient({ clientId: "your_client_id" });
 *
 * export function useSignInByPhone() {
 *   const { run, state, secondsLeft } = usePush(client);
 *   const text = state === "prompting" ? `Please look at your phone: ${Math.ceil(secondsLeft ?? 0)} s` : "";
 *   return { signIn: () => run("user@example.com"), text };
 * }
 */
export declare function usePush(client: PushClient): PushValues & PushControls;
