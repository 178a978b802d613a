// An approval by passkey, to pay or to sign in: a journey for `perform`.

import { authenticate } from "/pkg/index.js";
import * as shop from "./demo-api.js";

/**
 * Creates the journey of `username`, or of any user's passkey if `undefined`.
 *
 * @param {string | undefined} username
 * @param {Pick<import("./journey.js").Journey, "source" | "waiting"> & Partial<import("./journey.js").Journey>} more
 * @returns {import("./journey.js").Journey}
 */
export function createApproval(username, { source, waiting, ...more }) {
  return {
    source,
    waiting,
    name: "authenticate",
    isResumable: true,
    user: username,
    begin: () => shop.approve({ username }),
    call: ({ credentialRequestOptions, userId, statusToken }, settings) =>
      authenticate(
        { credentialRequestOptions, userId, statusToken },
        { ...settings, usernameless: username === undefined },
      ),
    ...more,
  };
}
