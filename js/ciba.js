// The entry `webauthn-result/ciba`: approval by push and by TOTP code. The module travels inside, and is loaded once a
// client is made.

import compile from "#module";
import { cancel, carryOut, createMemory } from "./ciba-call.js";
import { tell } from "./ciba-log.js";
import { FALLBACK, failed, INITIATE, POLL, RETRY, SAFE, VERIFY } from "./ciba-methods.js";
import { readOptions } from "./ciba-options.js";
import { createLoader } from "./loader.js";

export { getUserFriendlyError } from "./ciba-codes.js";

const isBrowser = typeof document == "object";
/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled;

/**
 * @import { CIBAClient as Client } from "./ciba.d.ts"
 * @import { AnyOptions, CibaModule, Memory } from "./ciba-call.js"
 * @import { Method, Results } from "./ciba-methods.js"
 * @import { ClientSettings } from "./ciba-options.js"
 */

/**
 * A function that uses a client's own instance of the module: it resolves to what `begin` does, or to what the method
 * resolves to where there is no instance.
 *
 * @param {ClientSettings} options
 */
const createRun = (options) => {
  /** @type {import("./loader.js").Loader<CibaModule>} */
  const loader = createLoader(
    () =>
      (compiled ||= compile().catch((error) => {
        compiled = undefined;
        throw error;
      })),
  );
  if (isBrowser) loader.ready();
  /** @type {Memory} */
  let memory;
  /**
   * @template {Method} M
   * @param {M | undefined} method none where nobody waits for a result
   * @param {(memory: Memory, settings: ClientSettings) => Promise<Results[M] | undefined> | undefined} begin
   * @returns {Promise<Results[M]>}
   */
  return (method, begin) =>
    new Promise((resolve) => {
      const fail = (/** @type {string} */ code) => (/** @type {string} */ why) => {
        tell(() => options.logger?.error(why));
        // Wrong codes were counted by the instance that is gone, if by any.
        resolve(failed(/** @type {M} */ (method), code));
      };
      if (!isBrowser) return fail("no_browser")("There is no browser here, only a server.");
      /** @type {import("./loader.js").Pending<Results[M] | undefined>} */
      const call = {
        resolve: (result) => result !== undefined && resolve(result),
        fail: fail("module_not_loaded"),
        crash: fail("module_crashed"),
      };
      loader.enter(call, (module) => {
        if (module !== memory?.module) memory = createMemory(module);
        return begin(memory, options);
      });
    });
};

// Neither a private member, which a method cannot read where the page wraps the client in a proxy, nor an object, which
// such a proxy would wrap too: Vue does both.
const RUN = Symbol("run");

/** @typedef {{ [RUN]: ReturnType<typeof createRun> }} Runner */

/**
 * @template {Method} M
 * @param {CIBAClient} client
 * @param {M} method
 * @param {string} email
 * @param {unknown} [argument] what the method has beside the email and the options
 * @param {AnyOptions | null} [options]
 */
const call = (client, method, email, argument, options) =>
  /** @type {Runner} */ (/** @type {unknown} */ (client))[RUN](method, (memory, settings) =>
    carryOut(memory, settings, method, email, argument, options),
  );

/**
 * See ciba.d.ts.
 *
 * @implements {Client}
 */
export class CIBAClient {
  /** @param {ConstructorParameters<typeof import("./ciba.d.ts").CIBAClient>[0]} options */
  constructor(options) {
    Object.defineProperty(this, RUN, { value: createRun(readOptions(options)) });
  }

  /** @type {Client["initiateAppApproval"]} */
  initiateAppApproval(email, options) {
    return call(this, INITIATE, email, undefined, options);
  }

  /** @type {Client["pollForApproval"]} */
  pollForApproval(email, authReqId, options) {
    return call(this, POLL, email, authReqId, options);
  }

  /** @type {Client["verifyTotp"]} */
  verifyTotp(email, code) {
    return call(this, VERIFY, email, code);
  }

  /** @type {Client["cancelApproval"]} */
  cancelApproval(email) {
    // Before the module has loaded, calls wait for it in a queue, and so does this.
    /** @type {Runner} */ (/** @type {unknown} */ (this))[RUN](undefined, (memory) => cancel(memory, email));
    return { status: "cancelled" };
  }

  /** @type {Client["safeAuthenticate"]} */
  safeAuthenticate(email, options) {
    return call(this, SAFE, email, undefined, options);
  }

  /** @type {Client["authenticateWithRetry"]} */
  authenticateWithRetry(email, options) {
    return call(this, RETRY, email, undefined, options);
  }

  /** @type {Client["authenticateWithFallback"]} */
  authenticateWithFallback(email, options) {
    return call(this, FALLBACK, email, undefined, options);
  }
}
