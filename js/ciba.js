// The entry `webauthn-result/ciba`: approval by push and by TOTP code, in pages and, built with the code that authenticates a
// client, on servers. In a page the module is loaded when a client is created, on a server with the first call, since a
// page that is rendered there makes none.

import compile from "#module";
import { createAuthenticate, hasCacheOption } from "#server";
import { readOptions } from "./ciba-options.js";
import { failed } from "./ciba-results.js";
import { createLoader } from "./loader.js";
import { NOT_LOADED } from "./messages.js";

export { getUserFriendlyError } from "./ciba-words.js";

/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled;

const compileOnce = () =>
  (compiled ||= compile().catch((error) => {
    compiled = undefined;
    throw error;
  }));

/**
 * @import { CIBAClient as Client } from "./ciba.d.ts"
 * @import { ClientSettings } from "./ciba-options.js"
 * @import { Method } from "./ciba-results.js"
 */

/** @typedef {{ CIBAClient: new (options: ClientSettings) => Client }} CibaModule */

/**
 * Returns a function that calls a method in the client's own instance of the module: a crash takes no other client with it.
 *
 * @param {ClientSettings} settings
 */
const createRun = (settings) => {
  /** @type {import("./loader.js").Loader<CibaModule>} */
  const loader = createLoader(compileOnce, async () => settings.fallback?.());
  if (settings.isPage) loader.ready();
  /** @type {CibaModule | undefined} */
  let instance;
  /** @type {Client} */
  let client;
  /**
   * @template {Method | "cancelApproval"} M
   * @param {M} method
   * @param {Parameters<Client[M]>} values
   * @returns {Promise<Awaited<ReturnType<Client[M]>>>}
   */
  return (method, ...values) =>
    new Promise((resolve) => {
      const fail =
        (/** @type {string} */ code, /** @type {"notLoaded" | "crashed"} */ cause) => (/** @type {string} */ why) => {
          try {
            settings.logger?.error?.(why);
          } catch {}
          // Nobody waits for the result of `cancelApproval`.
          if (method == "cancelApproval") return;
          const name = /** @type {Method} */ (method);
          try {
            settings.onEnd?.({ method: name, code, cause, silent: false, duration: 0, requests: 0 });
          } catch {}
          resolve(/** @type {Awaited<ReturnType<Client[M]>>} */ (failed(name, code)));
        };
      const notLoaded = fail("module_not_loaded", "notLoaded");
      const call = {
        resolve,
        fail: (/** @type {unknown} */ error) => notLoaded(NOT_LOADED + error),
        crash: fail("module_crashed", "crashed"),
      };
      loader.enter(call, (module) => {
        if (module !== instance) {
          client = new module.CIBAClient(settings);
          instance = module;
        }
        return /** @type {(...values: unknown[]) => Promise<Awaited<ReturnType<Client[M]>>>} */ (client[method])(
          ...values,
        );
      });
    });
};

// Neither a private member, which a method cannot read where the page wraps the client in a proxy, nor an object, which
// such a proxy would wrap too: Vue does both.
const RUN = Symbol("run");

/** @typedef {{ [RUN]: ReturnType<typeof createRun> }} Runner */

/** @param {CIBAClient} client */
const run = (client) => /** @type {Runner} */ (/** @type {unknown} */ (client))[RUN];

/**
 * See ciba.d.ts.
 *
 * @implements {Client}
 */
export class CIBAClient {
  /** @param {ConstructorParameters<typeof import("./ciba.d.ts").CIBAClient>[0]} options */
  constructor(options) {
    const settings = readOptions(options);
    settings.authenticate = createAuthenticate?.(settings);
    settings.hasCacheOption = hasCacheOption;
    Object.defineProperty(this, RUN, { value: createRun(settings) });
  }

  /** @type {Client["initiateAppApproval"]} */
  initiateAppApproval(email, options) {
    return run(this)("initiateAppApproval", email, options);
  }

  /** @type {Client["pollForApproval"]} */
  pollForApproval(email, authReqId, options) {
    return run(this)("pollForApproval", email, authReqId, options);
  }

  /** @type {Client["verifyTotp"]} */
  verifyTotp(email, code) {
    return run(this)("verifyTotp", email, code);
  }

  /** @type {Client["cancelApproval"]} */
  cancelApproval(email) {
    // Before the module has loaded, calls wait for it in a queue, and so does this.
    run(this)("cancelApproval", email);
    return { status: "cancelled" };
  }

  /** @type {Client["safeAuthenticate"]} */
  safeAuthenticate(email, options) {
    return run(this)("safeAuthenticate", email, options);
  }

  /** @type {Client["authenticateWithRetry"]} */
  authenticateWithRetry(email, options) {
    return run(this)("authenticateWithRetry", email, options);
  }

  /** @type {Client["authenticateWithFallback"]} */
  authenticateWithFallback(email, options) {
    return run(this)("authenticateWithFallback", email, options);
  }
}
