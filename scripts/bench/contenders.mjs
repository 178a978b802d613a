// The contenders' names, as bench/contenders.mjs has them.

/** What every ratio is to. */
export const PLAIN = "plain JavaScript";

export const OWN = "webauthn-result";

/** The peer that most pages have. */
export const PEER = "@simplewebauthn/browser + fetch";
