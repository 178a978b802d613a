import { useState } from "react";
import type { Approval, AuthenticationResult, Enrollment, RegistrationResult } from "webauthn-result";
import { explain } from "webauthn-result/explain";
import { type BindingEnd, useApproval, useRegistration } from "webauthn-result/react";
import { confirm, problemOf, startApproval, startRegistration, type Words } from "./shop";

export function Passkeys() {
  const [username, setUsername] = useState("");
  const [shown, setShown] = useState<Words>();
  const [busy, setBusy] = useState(false);
  const registration = useRegistration((_signal, username: string) => startRegistration(username));
  const approval = useApproval((_signal, username: string) => startApproval(username));

  /** Runs it, has the backend verify a success, and shows how it ended, also if the backend fails. */
  async function settle(
    run: () => Promise<BindingEnd<AuthenticationResult | RegistrationResult, Approval | Enrollment>>,
  ) {
    // A second click would end the first and start a second transaction.
    if (busy) return;
    setBusy(true);
    try {
      const { outcome, problem, transaction } = await run();
      if (problem) throw problem;
      if (outcome?.success && transaction) await confirm(outcome.token, transaction);
      else if (outcome && !outcome.success) console.warn(outcome.code.statusCode, outcome.message);
      setShown(outcome && explain(outcome));
    } catch (error) {
      console.error(error);
      setShown(problemOf(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <label>
        Name <input value={username} onChange={(event) => setUsername(event.target.value)} autoComplete="username" />
      </label>
      <button type="button" aria-disabled={busy} onClick={() => settle(() => registration.run(username))}>
        Create a passkey
      </button>
      <button type="button" aria-disabled={busy} onClick={() => settle(() => approval.run(username))}>
        Approve
      </button>
      <output>{busy ? "One moment …" : shown && `${shown.title}. ${shown.advice}`}</output>
    </>
  );
}
