/**
 * The module as JavaScript, for browsers without WebAssembly: Lockdown Mode of Apple's systems, or a
 * Content-Security-Policy whose `script-src` lacks `'wasm-unsafe-eval'`. It is for `configure` alone.
 *
 * @example
 * import { configure } from "webauthn-result";
 *
 * configure({ fallback: () => import("webauthn-result/fallback") });
 *
 * @packageDocumentation
 */

/**
 * Makes an instance. For the package alone.
 *
 * @example
 * import { configure } from "webauthn-result";
 *
 * configure({ fallback: () => import("webauthn-result/fallback") });
 */
export function instantiate(guard: (exports: object) => object): Promise<object>;

/**
 * Ends the prompt of such an instance. For the package alone: a page calls `cancel` of `webauthn-result`.
 *
 * @example
 * import { cancel } from "webauthn-result";
 *
 * cancel();
 */
export function cancel(): void;
