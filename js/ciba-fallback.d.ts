/**
 * The module of push and TOTP as JavaScript, for browsers that refuse WebAssembly: Apple's Lockdown Mode, or a
 * Content-Security-Policy whose `script-src` lacks `'wasm-unsafe-eval'`. Pass it to each client.
 *
 * @example
 * import { CIBAClient } from "webauthn-result/ciba";
 *
 * const client = new CIBAClient({ fallback: () => import("webauthn-result/ciba/fallback") });
 *
 * @packageDocumentation
 */

/**
 * Creates an instance of the module. Only `webauthn-result/ciba` calls it.
 *
 * @example
 * import { CIBAClient } from "webauthn-result/ciba";
 *
 * const client = new CIBAClient({ fallback: () => import("webauthn-result/ciba/fallback") });
 */
export function instantiate(guard: (exports: object) => object): Promise<{ CIBAClient: unknown }>;
