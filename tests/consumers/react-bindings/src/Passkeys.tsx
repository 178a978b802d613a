import { useState } from "react";
import type { Approval, AuthenticationResult, Enrollment, RegistrationResult } from "webauthn-result";
import { explain } from "webauthn-result/explain";
import { type BindingEnd, useApproval, useRegistration } from "webauthn-result/react";
import { confirm, problemOf, startApproval, startRegistration, type Words } from "./shop";

export function Passkeys() {
  const [username, setUsername] = useState("");
  const [words, setWords] = useState<Words>();
  const registration = useRegistration((_signal, username: string) => startRegistration(username));
  const approval = useApproval((_signal, username: string) => startApproval(username));

  /** Has the backend verify a success, and shows how it ended, also if the backend fails. */
  async function settle(run: Promise<BindingEnd<AuthenticationResult | RegistrationResult, Approval | Enrollment>>) {
    setWords(undefined);
    try {
      const { outcome, problem, transaction } = await run;
      if (problem) throw problem;
      if (outcome?.success && transaction) await confirm(outcome.token, transaction);
      setWords(outcome && explain(outcome));
    } catch (error) {
      setWords(problemOf(error));
    }
  }

  return (
    <>
      <label>
        Name <input value={username} onChange={(event) => setUsername(event.target.value)} autoComplete="username" />
      </label>
      <button type="button" onClick={() => settle(registration.run(username))}>
        Create a passkey
      </button>
      <button type="button" onClick={() => settle(approval.run(username))}>
        Approve
      </button>
      <output>
        {approval.state === "prompting" ? "Confirm with your passkey." : words && `${words.title}. ${words.advice}`}
      </output>
    </>
  );
}
