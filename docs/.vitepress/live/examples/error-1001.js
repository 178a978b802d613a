import { register } from "webauthn-result";

// Close the prompt, or wait: the page ends it after five seconds.
export const run = (enrollment) => register(enrollment, { signal: AbortSignal.timeout(5000) });
