// Passkeys in the browser's autofill, on a sign-in page.

import { autofill } from "webauthn-result/autofill";
import { explain } from "webauthn-result/explain";
import { confirm, problemOf, startApproval, type Words } from "./shop";

/** Offers passkeys until the user has signed in, and shows how each attempt ended. Returns a function that ends it. */
export function offerPasskeys(show: (words: Words) => void): () => void {
  // Without a username, for any user. Autofill would pass a signal.
  const { stop } = autofill(() => startApproval(), {
    onResult: async (result, approval) => {
      try {
        if (result.success) await confirm(result.token, approval);
        show(explain(result));
      } catch (error) {
        // The backend could not verify it.
        show(problemOf(error));
      }
    },
    onError: (error) => console.warn("Autofill tries again later.", error),
  });
  return stop;
}
