"use client";

import { useEffect, useState } from "react";
import type { Approval, AuthenticationResult, Enrollment, RegistrationResult } from "webauthn-result";
import { authenticate, cancel, configure, register } from "webauthn-result";
import { explain } from "webauthn-result/explain";
import { confirm, problemOf, startApproval, startRegistration, type Words } from "./shop";

configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud", statusUrl: "/api/status" });

export function Passkeys() {
  const [username, setUsername] = useState("");
  const [outcome, setOutcome] = useState<Words>();

  // An open prompt ends with the component.
  useEffect(() => cancel, []);

  /** Runs a ceremony, has the backend verify its success, and shows how it ended, also if the backend fails. */
  async function settle<T extends Approval | Enrollment>(
    start: (username: string) => Promise<T>,
    ceremony: (transaction: T) => Promise<AuthenticationResult | RegistrationResult>,
  ) {
    setOutcome(undefined);
    try {
      const transaction = await start(username);
      const result = await ceremony(transaction);
      if (result.success) await confirm(result.token, transaction);
      setOutcome(explain(result));
    } catch (error) {
      setOutcome(problemOf(error));
    }
  }

  return (
    <>
      <label>
        Name <input value={username} onChange={(event) => setUsername(event.target.value)} autoComplete="username" />
      </label>
      <button type="button" onClick={() => settle(startRegistration, register)}>
        Create a passkey
      </button>
      <button type="button" onClick={() => settle(startApproval, authenticate)}>
        Approve
      </button>
      <output>{outcome && `${outcome.title}. ${outcome.advice}`}</output>
    </>
  );
}
