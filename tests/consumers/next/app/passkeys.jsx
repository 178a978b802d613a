"use client";

import { useEffect, useState } from "react";
import { authenticate, cancel, configure, register } from "webauthn-result";
import { explain } from "webauthn-result/explain";
import { confirm, startApproval, startRegistration } from "./shop.js";

configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud" });

export function Passkeys() {
  const [username, setUsername] = useState("");
  const [outcome, setOutcome] = useState();

  // An open prompt ends with the component.
  useEffect(() => cancel, []);

  const show = async (result) => {
    if (result.success) await confirm(result.token);
    setOutcome(explain(result));
  };
  const create = async () => show(await register(await startRegistration(username)));
  const approve = async () => show(await authenticate(await startApproval(username)));

  return (
    <>
      <label>
        Name <input value={username} onChange={(event) => setUsername(event.target.value)} autoComplete="username" />
      </label>
      <button type="button" onClick={create}>
        Create a passkey
      </button>
      <button type="button" onClick={approve}>
        Approve
      </button>
      <output>{outcome && `${outcome.title}. ${outcome.advice}`}</output>
    </>
  );
}
