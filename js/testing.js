// The entry `webauthn-result/testing`: what tests of a page need. No page imports it.

export { virtualAuthenticator } from "./testing-authenticator.js";
export { fakeAuthSec } from "./testing-authsec.js";
export { fakeCloud } from "./testing-cloud.js";
export { fakePasskeys } from "./testing-passkeys.js";
export { results } from "./testing-results.js";
