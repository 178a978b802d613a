// `fakePasskeys` of `webauthn-result/testing`: WebAuthn in jsdom and happy-dom, or in place of the browser's.

import { createCredential, findClasses } from "./testing-credential.js";
import { createReplacements, createSequence, disposable, reasonOf } from "./testing-steps.js";
import { FAILURES } from "./testing-tables.js";

/** @import { FakePrompt, PasskeyStep } from "./testing.d.ts" */

/** What browsers support, in the words of `PublicKeyCredential.getClientCapabilities`. */
const CAPABILITIES = {
  conditionalCreate: true,
  conditionalGet: true,
  hybridTransport: true,
  immediateGet: true,
  passkeyPlatformAuthenticator: true,
  signalAllAcceptedCredentials: true,
  signalCurrentUserDetails: true,
  signalUnknownCredential: true,
  userVerifyingPlatformAuthenticator: true,
};

/** The methods of the Signal API. */
const SIGNALS = /** @type {const} */ ([
  "signalAllAcceptedCredentials",
  "signalCurrentUserDetails",
  "signalUnknownCredential",
]);

/** Exceptions of the language. All others are a `DOMException`. */
const ERRORS = { RangeError, SyntaxError, TypeError };

/** @param {string} name */
const exceptionOf = (name) => {
  const reason = FAILURES.find((row) => row[5] == name)?.[3] ?? "The fake threw it.";
  const Class = /** @type {Record<string, ErrorConstructor>} */ (ERRORS)[name];
  return Class ? new Class(reason) : new DOMException(reason, name);
};

/**
 * A mistake in a test must not look like a result of the page.
 *
 * @param {unknown} step
 */
const check = (step) => {
  if (typeof step == "string" && step != "ok" && step != "never" && !/Error$/.test(step))
    throw new TypeError(
      `fakePasskeys: a step is "ok", "never" or the name of an exception, not ${JSON.stringify(step)}`,
    );
};

/**
 * The prompts of a page, of which one is open.
 *
 * @param {ReturnType<typeof findClasses>} classes
 */
const createPrompts = (classes) => {
  /** @type {FakePrompt[]} */
  const prompts = [];
  /**
   * Ends the one that is open.
   *
   * @type {((step: PasskeyStep) => Promise<void>) | undefined}
   */
  let open;

  /**
   * @param {"get" | "create"} method
   * @param {CredentialRequestOptions | CredentialCreationOptions | undefined} request
   * @param {() => PasskeyStep} next
   */
  const prompt = (method, request, next) =>
    new Promise((resolve, reject) => {
      const { signal, publicKey } = request ?? {};
      const { mediation = "optional", uiMode } = /** @type {{ mediation?: string, uiMode?: string }} */ (request ?? {});
      /** @type {FakePrompt} */
      const shown = { method, mediation, uiMode, publicKey, signal, isOpen: true };
      prompts.push(shown);
      const close = () => {
        shown.isOpen = false;
        signal?.removeEventListener("abort", abort);
        if (open == end) open = undefined;
      };
      const fail = (/** @type {unknown} */ error) => {
        close();
        reject(error);
      };
      const abort = () => fail(reasonOf(/** @type {AbortSignal} */ (signal)));
      const end = async (/** @type {PasskeyStep} */ step) => {
        try {
          const value = typeof step == "function" ? await step(publicKey) : step;
          check(value);
          if (!shown.isOpen || value == "never") return;
          if (typeof value == "string" && value != "ok") throw exceptionOf(value);
          close();
          const parts = value && typeof value == "object" ? value : {};
          resolve("response" in parts ? parts : createCredential(classes, method, publicKey ?? {}, parts));
        } catch (error) {
          fail(error);
        }
      };
      if (signal?.aborted) return abort();
      if (!publicKey) return fail(exceptionOf("NotSupportedError"));
      // Browsers open one at a time.
      if (open) return fail(exceptionOf("OperationError"));
      open = end;
      signal?.addEventListener("abort", abort);
      end(next());
    });

  return { prompts, prompt, settle: (/** @type {PasskeyStep} */ step) => open?.(step), isOpen: () => !!open };
};

/**
 * See testing.d.cts.
 *
 * @type {typeof import("./testing.d.ts").fakePasskeys}
 */
export const fakePasskeys = (options) => {
  const { get = "ok", create = "ok", conditional = "never", secureContext = true, capabilities } = options ?? {};
  if (typeof navigator != "object")
    throw new TypeError("fakePasskeys needs a page: run the test in jsdom, in happy-dom or in a browser");
  for (const steps of [get, create, conditional]) for (const step of [steps].flat()) check(step);
  const supported = { ...CAPABILITIES, ...capabilities };
  const classes = findClasses();
  const { prompts, prompt, settle, isOpen } = createPrompts(classes);
  const { replace, restore } = createReplacements();
  const [nextGet, nextCreate, nextAutofill] = [
    createSequence(get, "ok"),
    createSequence(create, "ok"),
    createSequence(conditional, "never"),
  ];

  for (const [name, Class] of Object.entries(classes)) if (!(name in globalThis)) replace(globalThis, name, Class);
  const { PublicKeyCredential } = classes;
  replace(PublicKeyCredential, "isConditionalMediationAvailable", async () => supported.conditionalGet);
  replace(
    PublicKeyCredential,
    "isUserVerifyingPlatformAuthenticatorAvailable",
    async () => supported.userVerifyingPlatformAuthenticator,
  );
  replace(PublicKeyCredential, "getClientCapabilities", async () => ({ ...supported }));
  /** @type {import("./testing.d.ts").FakeSignal[]} */
  const signals = [];
  for (const method of SIGNALS)
    replace(PublicKeyCredential, method, async (/** @type {object} */ options) => {
      signals.push({ method, options });
    });
  replace(navigator, "credentials", {
    get: (/** @type {CredentialRequestOptions | undefined} */ request) =>
      prompt("get", request, request?.mediation == "conditional" ? nextAutofill : nextGet),
    create: (/** @type {CredentialCreationOptions | undefined} */ request) => prompt("create", request, nextCreate),
    store: async (/** @type {unknown} */ credential) => credential,
    preventSilentAccess: async () => {},
  });
  // jsdom has none.
  if (globalThis.isSecureContext !== secureContext) replace(globalThis, "isSecureContext", secureContext);

  return /** @type {ReturnType<typeof import("./testing.d.ts").fakePasskeys>} */ (
    disposable({
      prompts,
      signals,
      settle(/** @type {PasskeyStep} */ step = "ok") {
        check(step);
        if (!isOpen()) throw new TypeError("fakePasskeys: no prompt is open");
        settle(step);
      },
      restore() {
        settle("AbortError");
        restore();
      },
    })
  );
};
