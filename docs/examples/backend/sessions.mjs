// Sessions of signed-in users: a random ID in a cookie, and who it is on the server.

import { randomBytes } from "node:crypto";
import { cookieName, cookieValues, setCookie } from "../ciba-relay/cookies.mjs";
import { ExpiringMap } from "./expiring-map.mjs";

/** @param {{ secure: boolean, lifetimeSeconds: number }} options `secure` is `false` for a page on http */
export function userSessions({ secure, lifetimeSeconds }) {
  const name = cookieName("session", secure);
  /** @type {ExpiringMap<{ userId: string, username: string }>} */
  const users = new ExpiringMap({ lifetimeSeconds });
  const idsOf = (request) => cookieValues(request, name);

  const send = (response, id) => setCookie(response, { name, value: id, secure, maxAgeSeconds: lifetimeSeconds });

  return {
    /** Who is signed in; `undefined` if nobody is. */
    userOf: (request) =>
      idsOf(request)
        .map((id) => users.get(id))
        .find(Boolean),

    /** Ends the sessions of the request, and starts one with a new ID, which it returns: nobody can have planted it. */
    signIn(request, response, user) {
      for (const id of idsOf(request)) users.delete(id);
      const id = randomBytes(24).toString("base64url");
      users.set(id, user);
      send(response, id);
      return id;
    },

    /** Sends the cookie of a session again: the response with it may have been lost. A session that has ended stays ended. */
    resume(response, id) {
      if (users.get(id)) send(response, id);
    },
  };
}
