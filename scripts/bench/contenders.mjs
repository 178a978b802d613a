// The names of the contenders: those of scripts/bench/page/contenders.mjs, and those of the start.

/** The base of the ratios. */
export const PLAIN = "plain JavaScript";

export const OWN = "webauthn-result";

/** The most common peer. */
export const PEER = "@simplewebauthn/browser + fetch";

export const FROM_USE = "webauthn-result, from its first use of WebAssembly";
export const SCRIPT = "webauthn-result, as a classic script";
export const MODULE = "webauthn-result, as an ES module";
export const BY_HAND = "the module by hand, in a classic script";
export const BY_HAND_IN_MODULE = "the module by hand, in an ES module";
