// The entry `webauthn-result/passkeys`: signals to the browser what the server knows of a user's passkeys (WebAuthn's Signal API).

import { createQuestion } from "./host.js";
import { A_CREDENTIAL_ID, A_STRING, A_TEXT, AN_ARRAY, BASE64URL, NO_SIGNALS } from "./messages.js";

/** @import { SignalResult } from "./passkeys.d.ts" */

/** The characters of 16 bytes, which every credential ID has at least. A database's own keys have fewer. */
const SHORTEST_ID = 22;

/** @param {unknown} text */
const isText = (text) => typeof text == "string" && !!text;

/** @param {unknown} text */
const isBase64url = (text) => typeof text == "string" && /^[\w-]+={0,2}$/.test(text);

/**
 * Without padding, which Chromium rejects.
 *
 * @param {string} text
 */
const unpad = (text) => text.replace(/=+$/, "");

/**
 * @param {boolean} isValid
 * @param {string} message
 */
const assert = (isValid, message) => {
  if (!isValid) throw new TypeError(message);
};

/**
 * Calls a method of `PublicKeyCredential` with what `build` returns, and waits a second at most.
 *
 * @param {string} method
 * @param {() => object} build throws if an argument is invalid
 * @returns {Promise<SignalResult>}
 */
const signal = async (method, build) => {
  try {
    const options = build();
    const browser = /** @type {Record<string, Function> | undefined} */ (
      /** @type {unknown} */ (globalThis.PublicKeyCredential)
    );
    if (typeof browser?.[method] != "function") return { success: false, message: NO_SIGNALS };
    const question = createQuestion();
    try {
      await question.until(browser[method](options));
    } finally {
      question.close();
    }
    return { success: true };
  } catch (error) {
    let message = "Error";
    try {
      message = `${error}`;
    } catch {}
    return { success: false, message };
  }
};

/** @type {typeof import("./passkeys.d.ts").syncPasskeys} */
export const syncPasskeys = (passkeys) =>
  signal("signalAllAcceptedCredentials", () => {
    const { rpId, userId, ids } = passkeys;
    assert(isText(rpId), `rpId${A_TEXT}`);
    assert(isBase64url(userId), `userId${BASE64URL}`);
    // An empty array means that the user has no passkeys any more, so nothing else may count as one.
    assert(Array.isArray(ids), `ids${AN_ARRAY}`);
    /** @type {string[]} */
    const allAcceptedCredentialIds = [];
    // Not by a method of arrays: a page's own could make it an empty one.
    for (let index = 0; index < ids.length; index++) {
      const id = ids[index];
      assert(isBase64url(id) && unpad(id).length >= SHORTEST_ID, `ids[${index}]${A_CREDENTIAL_ID}`);
      allAcceptedCredentialIds[index] = unpad(id);
    }
    return { rpId, userId: unpad(userId), allAcceptedCredentialIds };
  });

/** @type {typeof import("./passkeys.d.ts").renameUser} */
export const renameUser = (user) =>
  signal("signalCurrentUserDetails", () => {
    const { rpId, userId, name, displayName } = user;
    assert(isText(rpId), `rpId${A_TEXT}`);
    assert(isBase64url(userId), `userId${BASE64URL}`);
    assert(isText(name), `name${A_TEXT}`);
    assert(typeof displayName == "string", `displayName${A_STRING}`);
    return { rpId, userId: unpad(userId), name, displayName };
  });
