// The transactions that visitors have started, by their status tokens.

import { RequestError } from "../ciba-relay/json-requests.mjs";
import { ExpiringMap } from "./expiring-map.mjs";

/** Longer than the cloud's own transactions and transaction tokens live. */
const LIFETIME_SECONDS = 15 * 60;

/**
 * A visitor can have several at once: in two tabs, or autofill beside a button. Each stays until it expires, so that a page can ask
 * again after a failure.
 *
 * @template {object} [T=object]
 * @param {{ now?: () => number }} [options]
 */
export function createTransactions(options) {
  /** @type {ExpiringMap<T & { visit: string, verified?: { token: string, session?: string } }>} */
  const transactions = new ExpiringMap({ lifetimeSeconds: LIFETIME_SECONDS, ...options });
  return {
    /** Stores what a transaction is about. A real shop also stores the amount and the recipient of a payment here. */
    add(visit, statusToken, about = /** @type {T} */ ({})) {
      transactions.set(statusToken, { ...about, visit: visit.id, verified: undefined });
    },

    /**
     * A transaction of this visitor.
     *
     * @param {{ id: string } | undefined} visit
     * @throws {RequestError}
     */
    find(visit, statusToken) {
      const transaction = transactions.get(statusToken);
      if (!visit || transaction?.visit !== visit.id)
        throw new RequestError(404, "unknown_transaction", "This visitor has no such transaction, or it has expired.");
      return transaction;
    },
  };
}
