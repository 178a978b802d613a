// What a backend with its own WebAuthn server does for its page. A transaction is decided once, however often the page sends it.

import { randomBytes } from "node:crypto";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { nameTaken } from "../backend/cloud.mjs";
import { textOf, usernameOf } from "../backend/routes.mjs";
import { createTransactions } from "../backend/transactions.mjs";
import { RequestError } from "../ciba-relay/json-requests.mjs";
import { createUsers } from "./users.mjs";

const randomText = () => randomBytes(24).toString("base64url");

// #region routes
/**
 * What a transaction is about, and once it is decided, how and for which session.
 *
 * @typedef {{ user?: import("./users.mjs").User, token?: string, errorMessage?: string }} Decision
 * @typedef {object} About
 * @property {string} challenge
 * @property {import("./users.mjs").User} [newUser] who registers
 * @property {string} [userId] whose passkey it has to be
 * @property {Promise<Decision>} [decision]
 * @property {string} [session]
 *
 * @param {{ origin: string }} settings
 */
export function createOwnRoutes({ origin }) {
  const rpID = new URL(origin).hostname;
  const users = createUsers();
  /** @type {ReturnType<typeof createTransactions<About>>} */
  const transactions = createTransactions();

  /** Starts a transaction. What it returns goes to the page. */
  const start = (visit, name, options, about) => {
    const statusToken = randomText();
    transactions.add(visit, statusToken, { ...about, challenge: options.challenge });
    return { [name]: options, statusToken };
  };

  /**
   * Verifies what the user signed.
   *
   * @param {About} about
   * @param {any} credential as the page sent it
   * @returns {Promise<Decision>}
   */
  const decide = async ({ challenge, newUser, userId }, credential) => {
    const expected = { response: credential, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpID };
    try {
      if (newUser) {
        const { verified, registrationInfo } = await verifyRegistrationResponse(expected);
        if (!verified) return { errorMessage: "The passkey could not be verified." };
        return { user: users.addPasskey(newUser, registrationInfo.credential), token: randomText() };
      }
      const { user, passkey } = users.findPasskey(credential?.id) ?? {};
      if (!user || (userId && user.userId !== userId)) return { errorMessage: "This passkey is not known here." };
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({ ...expected, credential: passkey });
      if (!verified) return { errorMessage: "The passkey could not be verified." };
      passkey.counter = authenticationInfo.newCounter;
      return { user, token: randomText() };
    } catch (error) {
      // Only the name: a message could quote what a client sent.
      console.error(`backend: the verification failed with ${error?.name ?? "an unknown error"}`);
      return { errorMessage: "The passkey could not be verified." };
    }
  };

  return {
    // Creates a user, or a further passkey of the user who is signed in.
    async "/api/enroll"(body, { visit, user }) {
      const username = user && body.username === undefined ? user.username : usernameOf(body);
      const known = users.find(username);
      // Whoever adds a passkey can sign in with it, so nobody else may.
      if (known && known.userId !== user?.userId) throw nameTaken();
      const newUser = known ?? { userId: randomText(), username };
      const options = await generateRegistrationOptions({
        rpName: "Shop",
        rpID,
        userName: username,
        userID: Buffer.from(newUser.userId, "base64url"),
        excludeCredentials: users.passkeysOf(newUser),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      });
      return start(visit, "credentialCreationOptions", options, { newUser });
    },

    // Starts an approval: to sign in, or of a payment. Without a username, by any passkey.
    async "/api/approve"(body, { visit }) {
      const user = body.username === undefined ? undefined : users.find(usernameOf(body));
      if (body.username !== undefined && !user)
        throw new RequestError(404, "unknown_user", "Nobody has a passkey under this name.");
      const options = await generateAuthenticationOptions({
        rpID,
        allowCredentials: user ? users.passkeysOf(user) : [],
        userVerification: "required",
      });
      return start(visit, "credentialRequestOptions", options, { userId: user?.userId });
    },

    // For the setting `finalize`. Two copies that come at the same time get the same decision.
    async "/api/finalize"(body, { visit, signIn, resume }) {
      const transaction = transactions.find(visit, textOf(body, "statusToken"));
      transaction.decision ??= decide(transaction, body.credential);
      const { user, token, errorMessage } = await transaction.decision;
      if (!user) return { errorMessage };
      if (transaction.session) resume(transaction.session);
      else transaction.session = signIn(user); // or make the payment now
      return { token };
    },

    // For the setting `status`.
    async "/api/status"(body, { visit, resume }) {
      const transaction = transactions.find(visit, textOf(body, "statusToken"));
      if (!transaction.decision) return { status: "pending" };
      const { token, errorMessage } = await transaction.decision;
      if (!token) return { status: "failed", errorMessage };
      if (transaction.session) resume(transaction.session);
      return { status: "succeeded", token };
    },
  };
}
// #endregion routes
