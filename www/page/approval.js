// An approval by passkey as the shop takes it, to pay or to sign in: a journey for `perform`.

import { authenticate } from "/pkg/index.js";
import * as shop from "./demo-api.js";

/**
 * The journey of `username`, or of whoever the passkey belongs to where there is none.
 *
 * @param {string | undefined} username
 * @param {Pick<import("./journey.js").Journey, "source" | "waiting"> & Partial<import("./journey.js").Journey>} more
 * @returns {import("./journey.js").Journey}
 */
export function approvalOf(username, { source, waiting, ...more }) {
  return {
    source,
    waiting,
    name: "authenticate",
    begin: () => shop.approve({ username }),
    call: ({ credentialRequestOptions, userId, statusToken }, settings) =>
      authenticate(
        { credentialRequestOptions, userId, statusToken },
        { ...settings, usernameless: username === undefined },
      ),
    ...more,
  };
}
