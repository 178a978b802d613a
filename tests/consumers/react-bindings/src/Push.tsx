import { useState } from "react";
import { CIBAClient } from "webauthn-result/ciba";
import { explain } from "webauthn-result/explain";
import { usePush } from "webauthn-result/react/push";

const client = new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" });

export function Push() {
  const [email, setEmail] = useState("");
  const { run, cancel, state, outcome, secondsLeft } = usePush(client);

  return (
    <>
      <label>
        Email <input value={email} onChange={(event) => setEmail(event.target.value)} />
      </label>
      <button type="button" onClick={() => run(email, { bindingMessage: "Sign in to the shop", interval: 1 })}>
        Send a push
      </button>
      <button type="button" onClick={cancel}>
        Cancel
      </button>
      <output>
        {state === "prompting"
          ? `Please look at your phone: ${Math.ceil(secondsLeft ?? 0)} seconds left`
          : outcome && explain(outcome).title}
      </output>
    </>
  );
}
