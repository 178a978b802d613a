// The module as JavaScript, for browsers that refuse WebAssembly: `webauthn-result.fallback.js`, and with the other module
// `ciba.fallback.js`.
//
// A memory access out of bounds, which WebAssembly traps, reads nothing and writes nothing here; panics and all other traps
// throw as there.

export { instantiate } from "#glue";
