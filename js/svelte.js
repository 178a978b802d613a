// The entry `webauthn-result/svelte`: passkeys as stores.

import { autofilling, ceremony } from "./bindings.js";
import { causeOf } from "./cause.js";
import { createAutofill } from "./create-autofill.js";
import { authenticate, register, support } from "./index.js";
import { useBinding } from "./svelte-store.js";

/** @type {typeof import("./svelte.d.ts").useApproval} */
export const useApproval = (start, settings) => useBinding(ceremony(authenticate, () => [start, settings]));

/** @type {typeof import("./svelte.d.ts").useRegistration} */
export const useRegistration = (start, settings) => useBinding(ceremony(register, () => [start, settings]));

/** @type {typeof import("./svelte.d.ts").useAutofill} */
export const useAutofill = (start, settings) =>
  useBinding(autofilling(createAutofill, { authenticate, support }, causeOf, () => [start, settings]));
