// An approval by passkey, to pay or to sign in: a journey for `perform`.

import * as shop from "./demo-api.js";
import { callModule } from "./module-call.js";

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
    begin: () => start(username),
    call: ({ credentialRequestOptions, userId, statusToken }, { onCode, onProgress, onCredential, signal }) =>
      callModule(
        "authenticate",
        { credentialRequestOptions, userId, statusToken },
        { onProgress, onCredential, signal, ...(username === undefined && { usernameless: true }) },
        { onCode },
      ),
    ...more,
  };
}

/** Starts the transaction. The cloud's words for a user without a passkey are for its own console. */
async function start(username) {
  try {
    return await shop.approve({ username });
  } catch (problem) {
    if (problem.status !== 404 && problem.status !== 422) throw problem;
    throw new shop.ShopError(problem.status, `${username} has no passkey at this shop.`);
  }
}
