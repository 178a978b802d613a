// The entry `webauthn-result/ciba`: approval by push and by TOTP code. The module travels inside, and is loaded once a
// client is made.

import compile from "#module";
import { carryOut, FALLBACK, INITIATE, POLL, RETRY, SAFE, VERIFY } from "./ciba-call.js";
import { readOptions } from "./ciba-options.js";
import { createLoader } from "./loader.js";

export { getUserFriendlyError } from "./ciba-errors.js";

const isBrowser = typeof document == "object";
let compiled;

// What a method resolves to where no instance of the module answers.
const refused = (error) => ({ success: false, error });
const ended = (error) => ({ status: "error", error });
// Wrong codes were counted by the instance that is gone, if by any.
const unjudged = (error) => ({ success: false, error, remaining: 3 });
const without = () => null;

/**
 * A function that uses a client's own instance of the module: it resolves to the JSON that `begin` returns, or to what
 * `failed` makes of the code for that there is no instance.
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
  let opened;
  return (failed, begin) =>
    new Promise((resolve) => {
      const fail = (code) => (why) => {
        try {
          options.logger?.error(why);
        } catch {}
        resolve(failed(code));
      };
      if (!isBrowser) return fail("no_browser")("There is no browser here, only a server.");
      const call = {
        resolve: (json) => json && resolve(JSON.parse(json)),
        fail: fail("module_not_loaded"),
        crash: fail("module_crashed"),
      };
      loader.enter(call, (module) => {
        if (module !== opened) {
          module.open(options.clientId, options.isTenant, options.requestTimeout);
          opened = module;
        }
        return begin(module, options);
      });
    });
};

// Neither a private member, which a method cannot read where the page wraps the client in a proxy, nor an object, which
// such a proxy would wrap too: Vue does both.
const RUN = Symbol("run");

const call = (client, failed, method, email, argument, options) =>
  client[RUN](failed, (module, settings) => carryOut(module, settings, method, email, argument, options));

/** See ciba.d.ts. */
export class CIBAClient {
  constructor(options) {
    Object.defineProperty(this, RUN, { value: createRun(readOptions(options)) });
  }

  initiateAppApproval(email, options) {
    return call(this, refused, INITIATE, email, undefined, options);
  }

  pollForApproval(email, authReqId, options) {
    return call(this, ended, POLL, email, authReqId, options);
  }

  verifyTotp(email, code) {
    return call(this, unjudged, VERIFY, email, code);
  }

  cancelApproval(email) {
    // Before the module has loaded, calls wait for it in a queue, and so does this.
    this[RUN](without, (module) => module.cancel(email));
    return { status: "cancelled" };
  }

  safeAuthenticate(email, options) {
    return call(this, refused, SAFE, email, undefined, options);
  }

  authenticateWithRetry(email, options) {
    return call(this, without, RETRY, email, undefined, options);
  }

  authenticateWithFallback(email, options) {
    return call(this, without, FALLBACK, email, undefined, options);
  }
}
