// The entry `webauthn-result/vue/push`: push as a composable. The page brings the client, so a page without it has none of it.

import { pushing } from "./bindings.js";
import { useBinding } from "./vue-store.js";

/** @type {typeof import("./vue-push.d.ts").usePush} */
export const usePush = (client) => useBinding(pushing(() => [client]));
