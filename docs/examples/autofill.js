// Passkeys in the browser's autofill: a request that waits for a pick in a sign-in field, renewed before it expires.

import { authenticate, support } from "webauthn-result";

/**
 * Waits until the user picks a passkey in a field with `autocomplete="username webauthn"`.
 *
 * @param {() => Promise<object>} startApproval starts an approval without a username at the backend
 * @param {AbortSignal} signal stops the waiting: abort it before a button starts a ceremony
 * @returns {Promise<object | undefined>} the result of a pick; undefined if the waiting was stopped or is not supported
 */
export async function autofill(startApproval, signal) {
  if (!(await support()).autofill) return undefined;
  while (!signal.aborted) {
    const approval = await startApproval();
    if (signal.aborted) return undefined;

    // The transaction lives as long as the prompt's timeout; the request is renewed well before that.
    const lifetime = (approval.credentialRequestOptions.timeout || 240_000) * 0.8;
    const expiresAt = Date.now() + lifetime;
    const round = new AbortController();
    const end = () => round.abort();
    const endIfExpired = () => Date.now() > expiresAt && end();
    const timer = setTimeout(end, lifetime);
    signal.addEventListener("abort", end);
    // Timers stop while a computer sleeps.
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
    // Not ended for renewal: another ceremony took over, or the browser refused.
    if (!round.signal.aborted) return undefined;
  }
  return undefined;
}
