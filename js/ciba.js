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
let compiled;

/**
 * A function that uses a client's own instance of the module: it resolves to what `begin` does, or to what the method
 * resolves to where there is no instance.
 */
const createRun = (options) => {
  const loader = createLoader(
    () =>
      (compiled ||= compile().catch((error) => {
        compiled = undefined;
        throw error;
      })),
  );
  if (isBrowser) loader.ready();
  let memory;
  return (method, begin) =>
    new Promise((resolve) => {
      const fail = (code) => (why) => {
        tell(() => options.logger?.error(why));
        // Wrong codes were counted by the instance that is gone, if by any.
        resolve(failed(method, code));
      };
      if (!isBrowser) return fail("no_browser")("There is no browser here, only a server.");
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

const call = (client, method, email, argument, options) =>
  client[RUN](method, (memory, settings) => carryOut(memory, settings, method, email, argument, options));

/** See ciba.d.ts. */
export class CIBAClient {
  constructor(options) {
    Object.defineProperty(this, RUN, { value: createRun(readOptions(options)) });
  }

  initiateAppApproval(email, options) {
    return call(this, INITIATE, email, undefined, options);
  }

  pollForApproval(email, authReqId, options) {
    return call(this, POLL, email, authReqId, options);
  }

  verifyTotp(email, code) {
    return call(this, VERIFY, email, code);
  }

  cancelApproval(email) {
    // Before the module has loaded, calls wait for it in a queue, and so does this.
    this[RUN](undefined, (memory) => cancel(memory, email));
    return { status: "cancelled" };
  }

  safeAuthenticate(email, options) {
    return call(this, SAFE, email, undefined, options);
  }

  authenticateWithRetry(email, options) {
    return call(this, RETRY, email, undefined, options);
  }

  authenticateWithFallback(email, options) {
    return call(this, FALLBACK, email, undefined, options);
  }
}
