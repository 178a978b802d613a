// The entry `webauthn-result/react`: passkeys as hooks.

import { autofilling, ceremony } from "./bindings.js";
import { causeOf } from "./cause.js";
import { createAutofill } from "./create-autofill.js";
import { authenticate, register, support } from "./index.js";
import { useBinding } from "./react-store.js";

/** @type {typeof import("./react.d.ts").useApproval} */
export const useApproval = (start, settings) =>
  useBinding((latest) => ceremony(authenticate, latest), [start, settings]);

/** @type {typeof import("./react.d.ts").useRegistration} */
export const useRegistration = (start, settings) =>
  useBinding((latest) => ceremony(register, latest), [start, settings]);

/** @type {typeof import("./react.d.ts").useAutofill} */
export const useAutofill = (start, settings) =>
  useBinding((latest) => autofilling(createAutofill, { authenticate, support }, causeOf, latest), [start, settings]);
