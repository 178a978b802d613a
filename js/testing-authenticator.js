// `virtualAuthenticator` of `webauthn-result/testing`: Chromium's virtual authenticator, by Playwright.

/** @import { ChromiumPage, VirtualAuthenticatorOptions, VirtualCredential } from "./testing.d.ts" */

/**
 * See testing.d.cts.
 *
 * @param {ChromiumPage} page
 * @param {VirtualAuthenticatorOptions} [options]
 */
export const virtualAuthenticator = async (page, options) => {
  const { presence = true, ...more } = options ?? {};
  const session = /** @type {{ send: Function, detach: () => Promise<unknown> }} */ (
    await page.context().newCDPSession(/** @type {never} */ (page))
  );
  const send = (/** @type {string} */ command, /** @type {object | undefined} */ parameters) =>
    session.send(`WebAuthn.${command}`, parameters);
  await send("enable", {});
  const { authenticatorId } = await send("addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      ...more,
      automaticPresenceSimulation: presence,
    },
  });
  const call = (/** @type {string} */ command, /** @type {object | undefined} */ parameters) =>
    send(command, { authenticatorId, ...parameters });
  return {
    authenticatorId: /** @type {string} */ (authenticatorId),
    setPresence: async (/** @type {boolean} */ enabled) => {
      await call("setAutomaticPresenceSimulation", { enabled });
    },
    setUserVerified: async (/** @type {boolean} */ isUserVerified) => {
      await call("setUserVerified", { isUserVerified });
    },
    credentials: async () => /** @type {VirtualCredential[]} */ ((await call("getCredentials", {})).credentials),
    addCredential: async (/** @type {VirtualCredential} */ credential) => {
      await call("addCredential", { credential });
    },
    removeCredential: async (/** @type {string} */ credentialId) => {
      await call("removeCredential", { credentialId });
    },
    clearCredentials: async () => {
      await call("clearCredentials", {});
    },
    remove: async () => {
      await call("removeVirtualAuthenticator", {});
      await session.detach();
    },
  };
};
