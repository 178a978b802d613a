// Passkeys in the browser's autofill: a request that waits behind a sign-in field, and is renewed before it expires.

import { authenticate, support } from "webauthn-result";

/**
 * Waits until the person picks a passkey in a field with `autocomplete="username webauthn"`.
 *
 * @param {() => Promise<object>} startApproval asks the backend for an approval without a username
 * @param {AbortSignal} signal ends the waiting: abort it before a button starts a ceremony of its own
 * @returns {Promise<object | undefined>} the result of a pick; undefined where the waiting has ended or cannot begin
 */
export async function autofill(startApproval, signal) {
  if (!(await support()).autofill) return undefined;
  while (!signal.aborted) {
    const approval = await startApproval();
    if (signal.aborted) return undefined;

    // The cloud waits for an answer as long as it lets the browser ask; the request is renewed well before that.
    const lifetime = (approval.credentialRequestOptions.timeout || 240_000) * 0.8;
    const expiresAt = Date.now() + lifetime;
    const round = new AbortController();
    const end = () => round.abort();
    const endIfExpired = () => Date.now() > expiresAt && end();
    const timer = setTimeout(end, lifetime);
    signal.addEventListener("abort", end);
    // Timers stand still while a computer sleeps.
    document.addEventListener("visibilitychange", endIfExpired);

    let picked = false;
    const result = await authenticate(approval, {
      mediation: "conditional",
      signal: round.signal,
      onProgress: (stage) => {
        picked ||= stage !== "prompting";
      },
    });
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    document.removeEventListener("visibilitychange", endIfExpired);

    if (picked) return result;
    // Not for renewal: another ceremony took over, or the browser refused.
    if (!round.signal.aborted) return undefined;
  }
  return undefined;
}
