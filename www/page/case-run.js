// Carries one case of the table out: which transaction it starts, and how it calls the module.

import { authenticate, register } from "/pkg/index.js";
import * as shop from "./demo-api.js";
import { callInFrame } from "./frame-call.js";

/** Starts the transaction of a case, for `user` where a passkey is asked for, with the faults that the case wants. */
export function begin({ ceremony, asks, again, faults }, user) {
  if (ceremony === "authenticate") return shop.approve({ username: asks ? user : undefined, faults });
  return shop.enrol({
    username: again ? user : newUser(),
    displayName: "Result panel",
    faults,
    // So that autofill offers a person none of these, where the authenticator has a choice.
    options: { authenticatorSelection: { residentKey: "discouraged" } },
  });
}

/** Calls the module for a transaction that `begin` started; the result object. */
export function call(
  { ceremony, alter = same, change = same, settings, interrupt, inFrame },
  transaction,
  { onProgress },
) {
  const options = change(
    ceremony === "authenticate"
      ? {
          credentialRequestOptions: alter(transaction.credentialRequestOptions),
          // A transaction for whoever has the passkey names no user; in those cases nobody comes to be asked.
          userId: transaction.userId ?? "nobody",
          statusToken: transaction.statusToken,
        }
      : {
          credentialCreationOptions: alter(transaction.enrollment.credentialCreationOptions),
          statusToken: transaction.enrollment.statusToken,
          authenticatorName: "Result panel",
        },
  );
  if (inFrame) return callInFrame(ceremony, options);

  const controller = new AbortController();
  return (ceremony === "authenticate" ? authenticate : register)(options, {
    ...settings,
    signal: controller.signal,
    onProgress(stage) {
      onProgress(stage);
      if (stage === "prompting") interrupt?.(controller);
    },
  });
}

/** The name of a user of the panel that nobody else has. */
function newUser() {
  return `panel-${[...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function same(value) {
  return value;
}
