// Runs one case of the panel: starts its transaction, and calls the module.

import * as shop from "./demo-api.js";
import { callInFrame } from "./frame-call.js";
import { callModule as call } from "./module-call.js";

/** Starts the transaction of a case with its faults, for `user` if the case needs an existing passkey. */
export function startTransaction({ ceremony, asks, again, faults }, user) {
  if (ceremony === "authenticate") return shop.approve({ username: asks ? user : undefined, faults });
  return shop.enroll({
    username: again ? user : createUsername(),
    displayName: "Result panel",
    faults,
    // So that autofill does not offer these passkeys, if the authenticator has a choice.
    options: { authenticatorSelection: { residentKey: "discouraged" } },
  });
}

/** Calls the module for a started transaction. Resolves to the result object. */
export function callModule(
  { ceremony, title, how, alter = identity, change = identity, settings, interrupt, inFrame },
  transaction,
  { onProgress, onCode, signal },
) {
  const options = change(
    ceremony === "authenticate"
      ? {
          credentialRequestOptions: alter(transaction.credentialRequestOptions),
          // A usernameless transaction has no user ID. These cases fail before the prompt.
          userId: transaction.userId ?? "nobody",
          statusToken: transaction.statusToken,
        }
      : {
          credentialCreationOptions: alter(transaction.enrollment.credentialCreationOptions),
          statusToken: transaction.enrollment.statusToken,
          authenticatorName: "Result panel",
        },
  );
  const context = { onCode, from: ceremony === "authenticate" ? "approval" : "enrollment", note: `${title}: ${how}` };
  if (inFrame) return call(ceremony, options, {}, { ...context, run: callInFrame });

  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  signal.addEventListener("abort", () => controller.abort());
  return call(
    ceremony,
    options,
    {
      ...settings,
      signal: controller.signal,
      onProgress(stage) {
        onProgress(stage);
        if (stage === "prompting") interrupt?.(controller);
      },
    },
    context,
  );
}

/** A new unique username. */
function createUsername() {
  return `panel-${[...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function identity(value) {
  return value;
}
