// The entry `webauthn-result/svelte/push`: push as a store. The page brings the client, so a page without it has none of it.

import { pushing } from "./bindings.js";
import { useBinding } from "./svelte-store.js";

/** @type {typeof import("./svelte-push.d.ts").usePush} */
export const usePush = (client) => useBinding(pushing(() => [client]));
