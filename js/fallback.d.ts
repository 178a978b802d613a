/**
 * The module as JavaScript, for browsers that refuse WebAssembly: Apple's Lockdown Mode, or a Content-Security-Policy
 * whose `script-src` lacks `'wasm-unsafe-eval'`. Pass it to `configure`.
 *
 * @example
 * import { configure } from "webauthn-result";
 *
 * configure({ fallback: () => import("webauthn-result/fallback") });
 *
 * @packageDocumentation
 */

/**
 * Creates an instance of the module. Only `webauthn-result` calls it.
 *
 * @example
 * import { configure } from "webauthn-result";
 *
 * configure({ fallback: () => import("webauthn-result/fallback") });
 */
export function instantiate(guard: (exports: object) => object): Promise<object>;
