// Passkeys in the browser's autofill, on a sign-in page.

import { autofill } from "webauthn-result/autofill";
import { explain } from "webauthn-result/explain";

/** Offers passkeys until the user has signed in, and returns a function that ends it. */
export function offerPasskeys({ finish, show }) {
  const { stop } = autofill(startApproval, {
    onResult: (result, approval) => (result.success ? finish(result.token, approval) : show(explain(result))),
    onError: (error) => console.warn("Autofill tries again later.", error),
  });
  return stop;
}

/** Starts an approval at your backend, for any user. */
async function startApproval(signal) {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch("/api/approve", { method: "POST", headers, body: "{}", signal });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}
