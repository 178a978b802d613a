// What the backend does for its page: registers a passkey, starts an approval, verifies how it ended, and passes on its status.

import { RequestError } from "../ciba-relay/json-requests.mjs";
import { nameTaken } from "./cloud.mjs";
import { ExpiringMap } from "./expiring-map.mjs";
import { createTransactions } from "./transactions.mjs";

/** How long a name is kept for who has started to register it: longer than the cloud's transactions live. */
const RESERVATION_SECONDS = 15 * 60;

/** As in the cloud, but shorter: the username is also the display name, which has up to 64 bytes. */
const USERNAME = /^[a-z0-9_.@-]{1,64}$/;

// #region routes
/**
 * A route gets the body of the request and the visitor. It returns the body of the response.
 *
 * @typedef {object} Visitor
 * @property {{ id: string }} visit the visitor's cookie, from the first request on
 * @property {{ userId: string, username: string }} [user] who is signed in
 * @property {(user: { userId: string, username: string }) => string} signIn starts a session, and returns its new ID
 * @property {(session: string) => void} resume sends the cookie of a session again, unless the session has ended
 *
 * @param {ReturnType<typeof import("./cloud.mjs").authenticationCloud>} cloud
 */
export function createRoutes(cloud) {
  /** @type {ReturnType<typeof createTransactions<{ username?: string }>>} */
  const transactions = createTransactions();
  /** Names that are being registered, and by which visitors. */
  const reservations = new ExpiringMap({ lifetimeSeconds: RESERVATION_SECONDS });

  return {
    // Creates a user, or a further passkey of the user who is signed in. Responds as the cloud does.
    async "/api/enroll"(body, { visit, user }) {
      const username = user && body.username === undefined ? user.username : usernameOf(body);
      const isOwn = user?.username === username;
      if (!isOwn) {
        // Whoever finishes first would have the account, and the other one a passkey for it.
        if ((reservations.get(username) ?? visit.id) !== visit.id) throw nameTaken();
        reservations.set(username, visit.id);
      }
      const response = await cloud.startRegistration(username);
      // The user exists. Whoever adds a passkey can sign in with it, so nobody else may.
      if (!isOwn && response.authenticators?.length !== 0) throw nameTaken();
      transactions.add(visit, response.enrollment.statusToken, { username });
      return response;
    },

    // Starts an approval: to sign in, or of a payment. Responds as the cloud does.
    async "/api/approve"(body, { visit }) {
      const username = body.username === undefined ? undefined : usernameOf(body);
      const approval = await cloud.startApproval(username);
      transactions.add(visit, approval.statusToken, { username });
      return approval;
    },

    // Verifies a transaction, and does what it is for, once. Responds with `{ active, status, username? }`, again if the page asks
    // again: it may have lost the response.
    async "/api/introspect"(body, { visit, signIn, resume }) {
      const [statusToken, token] = [textOf(body, "statusToken"), textOf(body, "token")];
      const transaction = transactions.find(visit, statusToken);
      // If this fails, the transaction stays, and the page can ask again.
      const { status, user } = await cloud.verify(statusToken, token);
      if (!user) return { active: false, status };
      if (!transaction.verified) {
        transaction.verified = { token };
        transaction.verified.session = signIn(user); // or make the payment now
      } else if (transaction.verified.token === token) resume(transaction.verified.session);
      else throw new RequestError(409, "already_verified", "This transaction was verified with another token.");
      return { active: true, status, username: user.username };
    },

    // For the package's setting `statusUrl`: the status of one of this visitor's own transactions, as the cloud says it.
    async "/api/status"(body, { visit }) {
      const statusToken = textOf(body, "statusToken");
      transactions.find(visit, statusToken);
      return cloud.status(statusToken);
    },
  };
}
// #endregion routes

/** One spelling for each name: the cloud does not distinguish case. */
export function usernameOf(body) {
  const { username } = body;
  if (typeof username !== "string" || !USERNAME.test(username.toLowerCase()))
    throw new RequestError(
      400,
      "invalid_username",
      "username must be a string of 1 to 64 characters of a-z A-Z 0-9 _ - . @",
    );
  return username.toLowerCase();
}

export function textOf(body, name) {
  const text = body[name];
  if (typeof text !== "string" || text === "")
    throw new RequestError(400, "invalid_request", `${name} must be a string, and not empty`);
  return text;
}
