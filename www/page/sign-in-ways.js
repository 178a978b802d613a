// The three ways to approve, to sign in or to pay. Each calls the package, has the shop introspect the token, and determines the signed-in user.

import { CIBAClient } from "/pkg/ciba.js";
import { createApproval } from "./approval.js";
import * as shop from "./demo-api.js";
import { recall } from "./remembered.js";
import { formatCiba } from "./snippets.js";

const CLIENT = { baseUrl: "/auth/ciba", routes: /** @type {const} */ ("relay") };
/** Without 0, O, 1 and I, which are easily confused. */
const CODE_CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/**
 * Each way resolves to its journey, with `user` if a user is verifiably signed in, or to `undefined` if another journey is
 * running.
 */
export function createWays({ perform, check }) {
  // The shop's server authenticates to AuthSec: see docs/examples/ciba-relay.mjs.
  const client = new CIBAClient(CLIENT);

  /** Performs a journey with the CIBA service. Its token must belong to `email`. */
  async function performCiba(email, options) {
    const journey = await perform({
      end: () => client.cancelApproval(email),
      confirm: shop.introspectApproval,
      ...options,
    });
    const { active, email: owner } = journey?.claims ?? {};
    return journey && { ...journey, user: active === true && owner === email.toLowerCase() ? owner : undefined };
  }

  return {
    /** By a passkey of `name`, or by any passkey if `undefined`. */
    async passkey(name, { source = "sign-in", waiting = "Sign in with your passkey.", ...more }) {
      const journey = await perform(createApproval(name, { source, waiting, ...more }));
      return journey && { ...journey, user: ownerOf(journey, name) };
    },

    /** By a passkey whose outcome the page does not know yet. Waits `wait` milliseconds for it. */
    async passkeyAgain(wait, more) {
      const journey = await check({ wait, ...more });
      return journey && { ...journey, user: ownerOf(journey, journey.unfinished.name) };
    },

    /**
     * By approval on the phone of `email`, which shows `purpose` and a code. Calls `onRequest(bindingMessage, lifetime)` when
     * the phone shows the request, and `onSecondsLeft` during the poll.
     */
    push: (email, { purpose = "Sign in to Harbour & Pine", source = "sign-in-push", control, ...on }) =>
      performCiba(email, {
        source,
        control,
        waiting: "Approve on your phone.",
        name: "initiateAppApproval",
        async call(_, { onProgress, onCall, onCode }) {
          const bindingMessage = `${purpose}, code ${createRequestCode()}`;
          onCode(formatCiba(CLIENT, email, { bindingMessage }));
          const request = await client.initiateAppApproval(email, { bindingMessage });
          if ("error" in request) return request;
          on.onRequest(bindingMessage, request.expires_in);
          onCall("pollForApproval");
          onProgress("polling");
          // Poll past the expiry of the request, so that the service reports it instead of this page's clock.
          const margin = 2 * request.interval + 1;
          const timeout = request.expires_in + margin;
          onCode(formatCiba(CLIENT, email, { bindingMessage, timeout }));
          return client.pollForApproval(email, request.auth_req_id, {
            timeout,
            onProgress: ({ secondsLeft }) => on.onSecondsLeft(Math.max(0, secondsLeft - margin)),
          });
        },
      }),

    /** By a code from the authenticator app of `email`. */
    code: (email, digits, { control }) =>
      performCiba(email, {
        source: "sign-in-code",
        control,
        waiting: "The code is being checked.",
        name: "verifyTotp",
        call(_, { onCode }) {
          onCode(formatCiba(CLIENT, email, { digits }));
          return client.verifyTotp(email, digits);
        },
      }),

    /** Resets the number of attempts. */
    resetAttempts(email) {
      client.cancelApproval(email);
    },
  };
}

/** Who owns a passkey whose account this browser has not seen. */
export const UNKNOWN_OWNER = "the owner of this passkey";

/** The owner of the passkey. With a name, only if the passkey is that user's; without one, the name that the page remembers. */
export function ownerOf({ transaction, claims }, name) {
  if (claims?.active !== true) return undefined;
  if (name === undefined) return recall(nameKeyOf(claims.sub)) || UNKNOWN_OWNER;
  return claims.sub === transaction.userId ? name : undefined;
}

/** The key under which the page remembers a user's name. */
export function nameKeyOf(userId) {
  return `name-of-${userId}`;
}

/** Four characters that distinguish one request from another. */
function createRequestCode() {
  return [...crypto.getRandomValues(new Uint8Array(4))]
    .map((byte) => CODE_CHARACTERS[byte % CODE_CHARACTERS.length])
    .join("");
}
