import { register } from "webauthn-result";

export const run = (enrollment) => register(enrollment, { finalizeTimeout: -1 });
