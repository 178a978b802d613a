// The three ways to sign in: each makes its calls, has the shop confirm the token, and tells who it is that signed in.

import { CIBAClient } from "/pkg/ciba.js";
import { approvalOf } from "./approval.js";
import * as shop from "./demo-api.js";
import { recall } from "./remembered.js";

/** No 0, O, 1 or I, which are taken for each other. */
const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/**
 * Each way resolves to its journey with `who`, if that person is signed in for sure; or to `undefined` where another
 * journey is under way. `ciba` is of the shop's settings.
 */
export function createWays({ perform, ciba }) {
  const client = new CIBAClient({ baseUrl: ciba.baseUrl, clientId: ciba.clientId });

  /** A journey to the CIBA service. Its token has to be of the very person who was asked. */
  async function ask(email, journey) {
    const taken = await perform({
      end: () => client.cancelApproval(email),
      confirm: shop.introspectApproval,
      announce: false,
      ...journey,
    });
    const { active, email: owner } = taken?.claims ?? {};
    return taken && { ...taken, who: active === true && owner === email.toLowerCase() ? owner : undefined };
  }

  return {
    /** By the passkey of `name`, or by any where there is none. */
    async passkey(name, { onStage }) {
      const { call, ...approval } = approvalOf(name, {
        source: "sign-in",
        waiting: "Sign in with your passkey.",
        announce: false,
      });
      const taken = await perform({
        ...approval,
        call: (transaction, { onProgress }) =>
          call(transaction, {
            onProgress(stage) {
              onProgress(stage);
              onStage(stage);
            },
          }),
      });
      return taken && { ...taken, who: ownerOf(taken, name) };
    },

    /**
     * By approval on the phone of `email`. `onRequest(bindingMessage, secondsToDecide)` is told what the phone shows, and
     * `onSecondsLeft` how long for.
     */
    push: (email, { onRequest, onSecondsLeft }) =>
      ask(email, {
        source: "sign-in-push",
        waiting: "Approve on your phone.",
        name: "initiateAppApproval",
        async call(_, { onProgress, onCall }) {
          const bindingMessage = `Sign in to Harbour & Pine, code ${newCode()}`;
          const request = await client.initiateAppApproval(email, { bindingMessage });
          if ("error" in request) return request;
          onRequest(bindingMessage, request.expires_in);
          onCall("pollForApproval");
          onProgress("polling");
          // Beyond the end of the request, so that it is the service that says how it ended, not this page's clock.
          const beyond = 2 * request.interval + 1;
          return client.pollForApproval(email, request.auth_req_id, {
            timeout: request.expires_in + beyond,
            onProgress: ({ secondsLeft }) => onSecondsLeft(Math.max(0, secondsLeft - beyond)),
          });
        },
      }),

    /** By the code of the authenticator app of `email`. */
    code: (email, digits) =>
      ask(email, {
        source: "sign-in-code",
        waiting: "The code is being checked.",
        name: "verifyTotp",
        call: () => client.verifyTotp(email, digits),
      }),

    /** Forgets what was wrong before. */
    forget(email) {
      client.cancelApproval(email);
    },
  };
}

/** Whose passkey it was: that of `name`, if it was that user's; without a name, what this page calls that user. */
export function ownerOf({ transaction, claims }, name) {
  if (claims?.active !== true) return undefined;
  if (name === undefined) return recall(nameKey(claims.sub)) || "the owner of this passkey";
  return claims.sub === transaction.userId ? name : undefined;
}

/** Under which the page remembers what it calls a user. */
export function nameKey(userId) {
  return `name-of-${userId}`;
}

/** Four letters that tell one request from another. */
function newCode() {
  return [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => LETTERS[byte % LETTERS.length]).join("");
}
