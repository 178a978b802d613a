// The entry `webauthn-result/ciba/fallback`: as js/fallback.js, with the module of push and TOTP.

/** @type {typeof import("./ciba-fallback.d.ts").instantiate} */
export const instantiate = async (guard) => (await import("./ciba.fallback.js")).instantiate(guard);
