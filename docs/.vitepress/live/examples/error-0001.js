import { authenticate } from "webauthn-result";

// Close the prompt, or wait: the page ends it after five seconds.
export const run = (approval) => authenticate(approval, { signal: AbortSignal.timeout(5000) });
