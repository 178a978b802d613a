/**
 * Keeps the passkeys that a user's devices offer in step with those that your server knows, by WebAuthn's Signal API. Where the
 * browser lacks it, nothing changes.
 *
 * @packageDocumentation
 */

/**
 * What the functions resolve to. A success says that the browser took it: it does not say what it changed. Nothing rejects.
 *
 * @example
 * import { renameUser, type SignalResult } from "webauthn-result/passkeys";
 *
 * const log = (result: SignalResult) => console.info(result.success ? "done" : result.message);
 * log(await renameUser({ rpId: "shop.example", userId: "AQID", name: "ada@shop.example", displayName: "Ada" }));
 */
export type SignalResult =
  | { success: true }
  | {
      success: false;
      /** For developers: the browser lacks the API, an argument is invalid, or what the browser threw. */
      message: string;
    };

/**
 * All passkeys that your server accepts for a user: devices stop offering the others (`signalAllAcceptedCredentials`). Call it
 * after a sign-in and after the user removed a passkey, with the list as your server has it then.
 *
 * An empty list says that the user has no passkeys any more.
 *
 * @example
 * import { syncPasskeys } from "webauthn-result/passkeys";
 *
 * const { userId, ids } = await fetch("/api/passkeys").then((response) => response.json());
 * await syncPasskeys({ rpId: "shop.example", userId, ids });
 */
export function syncPasskeys(passkeys: {
  /** That of the options, e.g. `shop.example`. */
  rpId: string;
  /** `user.id` of the creation options, as base64url. In the Authentication Cloud it is not the `userId` of a response. */
  userId: string;
  /** The credential IDs, as base64url: not the keys of your database. */
  ids: readonly string[];
}): Promise<SignalResult>;

/**
 * The current names of a user, which devices show beside the passkeys (`signalCurrentUserDetails`). Call it after the user
 * changed one.
 *
 * @example
 * import { renameUser } from "webauthn-result/passkeys";
 *
 * await renameUser({ rpId: "shop.example", userId: "AQID", name: "ada@shop.example", displayName: "Ada Lovelace" });
 */
export function renameUser(user: {
  /** That of the options, e.g. `shop.example`. */
  rpId: string;
  /** `user.id` of the creation options, as base64url. */
  userId: string;
  /** The name by which the user signs in. */
  name: string;
  /** The name for people; may be empty. */
  displayName: string;
}): Promise<SignalResult>;
