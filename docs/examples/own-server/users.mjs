// The users and their passkeys. In memory: a real shop has them in its database.

/** @typedef {{ userId: string, username: string }} User */
/** @typedef {import("@simplewebauthn/server").WebAuthnCredential} Passkey */

export function createUsers() {
  /** By username. @type {Map<string, { user: User, passkeys: Passkey[] }>} */
  const users = new Map();
  /** By the ID of a passkey. @type {Map<string, { user: User, passkey: Passkey }>} */
  const owners = new Map();

  return {
    /** @returns {User | undefined} */
    find: (username) => users.get(username)?.user,

    /** @param {User} user */
    passkeysOf: ({ username }) => users.get(username)?.passkeys ?? [],

    findPasskey: (id) => owners.get(id),

    /**
     * Stores a passkey, and its user with the first one.
     *
     * @param {User} user
     * @param {Passkey} passkey
     * @throws if somebody else registered the name in the meantime
     */
    addPasskey(user, passkey) {
      const known = users.get(user.username) ?? { user, passkeys: [] };
      if (known.user.userId !== user.userId) throw new Error("The name was taken in the meantime.");
      users.set(user.username, known);
      known.passkeys.push(passkey);
      owners.set(passkey.id, { user: known.user, passkey });
      return known.user;
    },
  };
}
