"use client";

import { useEffect, useState } from "react";
import type { Approval, AuthenticationResult, Enrollment, RegistrationResult } from "webauthn-result";
import { authenticate, cancel, configure, register } from "webauthn-result";
import { explain } from "webauthn-result/explain";
import { confirm, problemOf, startApproval, startRegistration, type Words } from "./shop";

configure({
  baseUrl: "http://localhost:5190",
  statusUrl: "/api/status",
  usernameless: true, // an empty name is any passkey
});

export function Passkeys() {
  const [username, setUsername] = useState("");
  const [shown, setShown] = useState<Words>();
  const [busy, setBusy] = useState(false);

  // An open prompt ends with the component.
  useEffect(() => cancel, []);

  /** Runs a ceremony, has the backend verify its success, and shows how it ended, also if the backend fails. */
  async function settle<T extends Approval | Enrollment>(
    start: (username: string) => Promise<T>,
    ceremony: (transaction: T) => Promise<AuthenticationResult | RegistrationResult>,
  ) {
    // A second click would start a second transaction.
    if (busy) return;
    setBusy(true);
    try {
      const transaction = await start(username);
      const result = await ceremony(transaction);
      if (result.success) await confirm(result.token, transaction);
      else console.warn(result.code.statusCode, result.message);
      setShown(explain(result));
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
      <button type="button" aria-disabled={busy} onClick={() => settle(startRegistration, register)}>
        Create a passkey
      </button>
      <button type="button" aria-disabled={busy} onClick={() => settle(startApproval, authenticate)}>
        Approve
      </button>
      <output>{busy ? "One moment …" : shown && `${shown.title}. ${shown.advice}`}</output>
    </>
  );
}
