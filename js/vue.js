// The entry `webauthn-result/vue`: passkeys as composables.

import { autofilling, ceremony } from "./bindings.js";
import { causeOf } from "./cause.js";
import { createAutofill } from "./create-autofill.js";
import { authenticate, register, support } from "./index.js";
import { useBinding } from "./vue-store.js";

/** @type {typeof import("./vue.d.ts").useApproval} */
export const useApproval = (start, settings) => useBinding(ceremony(authenticate, () => [start, settings]));

/** @type {typeof import("./vue.d.ts").useRegistration} */
export const useRegistration = (start, settings) => useBinding(ceremony(register, () => [start, settings]));

/** @type {typeof import("./vue.d.ts").useAutofill} */
export const useAutofill = (start, settings) =>
  useBinding(autofilling(createAutofill, { authenticate, support }, causeOf, () => [start, settings]));
