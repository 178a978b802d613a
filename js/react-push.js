// The entry `webauthn-result/react/push`: push as a hook. The page brings the client, so a page without it has none of it.

import { pushing } from "./bindings.js";
import { useBinding } from "./react-store.js";

/** @type {typeof import("./react-push.d.ts").usePush} */
export const usePush = (client) => useBinding(pushing, [client]);
