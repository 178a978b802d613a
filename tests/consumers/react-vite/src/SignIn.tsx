import { useEffect, useEffectEvent, useState } from "react";
import { cancel } from "webauthn-result";
import { checkOutcome, createPasskey, type Page, signIn } from "./reacting";
import { confirm, problemOf, startApproval, startRegistration, type Words } from "./shop";

export function SignIn() {
  const [username, setUsername] = useState("");
  const [shown, setShown] = useState<Words>();
  const [busy, setBusy] = useState(true); // until the first check
  const [offer, setOffer] = useState<"button" | "otherWays" | "check" | "checkOrRestart">("button");

  const page: Page = {
    async finish(token, transaction) {
      await confirm(token, transaction);
      setOffer("button");
      setShown({ title: "Done", advice: "Our shop has confirmed it." });
    },
    show: (title, advice) => setShown({ title, advice }),
    showButton: () => setOffer("button"),
    showOtherWays: () => setOffer("otherWays"),
    showCheck: ({ canRestart }) => setOffer(canRestart ? "checkOrRestart" : "check"),
    report: console.error,
  };

  async function settle(run: () => Promise<void>) {
    if (busy) return;
    setBusy(true);
    setShown(undefined);
    await attempt(run);
  }

  async function attempt(run: () => Promise<void>) {
    try {
      await run();
    } catch (error) {
      console.error(error);
      setShown(problemOf(error));
    } finally {
      setBusy(false);
    }
  }

  // The outcome of a transaction that began before the page was reloaded.
  const start = useEffectEvent(() => attempt(() => checkOutcome(page)));
  useEffect(() => {
    start();
    // An open prompt ends with the component.
    return cancel;
  }, []);

  const create = async () => {
    setOffer("button");
    await createPasskey(await startRegistration(username), page);
  };
  const approve = async () => {
    setOffer("button");
    await signIn(await startApproval(username), page);
  };
  return (
    <>
      <label>
        Name <input value={username} onChange={(event) => setUsername(event.target.value)} autoComplete="username" />
      </label>
      {offer !== "check" && (
        <>
          <button type="button" aria-disabled={busy} onClick={() => settle(create)}>
            Create a passkey
          </button>
          <button type="button" aria-disabled={busy} onClick={() => settle(approve)}>
            Approve
          </button>
        </>
      )}
      {offer.startsWith("check") && (
        <button type="button" aria-disabled={busy} onClick={() => settle(() => checkOutcome(page))}>
          Check whether it worked
        </button>
      )}
      {offer === "otherWays" && <a href="/code">Use a code instead</a>}
      <output>{busy ? "One moment …" : shown && `${shown.title}. ${shown.advice}`}</output>
    </>
  );
}
