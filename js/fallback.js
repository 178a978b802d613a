// The entry `webauthn-result/fallback`: the module as JavaScript, for browsers that refuse WebAssembly.
//
// Loaded by the other entries alone. A memory access out of bounds, which WebAssembly traps, reads nothing and writes nothing
// here; panics and all other traps throw as there.

export { instantiate } from "#glue";
