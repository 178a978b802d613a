// The entry `webauthn-result/fallback`: loads the module as JavaScript, by an import of its own.
//
// Nuxt lets every browser fetch what a page's chunks import() in advance, but not what that imports in turn. So it fetches this
// file, and not the module, which few browsers need.

/** @type {typeof import("./fallback.d.ts").instantiate} */
export const instantiate = async (guard) => (await import("./webauthn-result.fallback.js")).instantiate(guard);
