// The other entries: one with the same functions, one with words for people.

import * as inside from "webauthn-result";
import { type AutofillHandle, autofill } from "webauthn-result/autofill";
import type { Cause, causeOf } from "webauthn-result/cause";
import { createAutofill } from "webauthn-result/create-autofill";
import { type Explanation, explain } from "webauthn-result/explain";
import type * as beside from "webauthn-result/url";
import { type Equal, holds } from "./equal.js";

// Its types are a file of their own, so their functions are compared, not their identity.
holds<Equal<keyof typeof beside, keyof typeof inside>>();
export const same: typeof beside = inside;

// Who imports the package has no global of its classic script.
// @ts-expect-error
globalThis.webauthnResult;

export async function everyResultCanBeExplained(approval: inside.Approval) {
  const result = await inside.authenticate(approval);
  const explanations = [explain(result), explain(result.code), explain(result.code.statusCode, "de-CH"), explain(null)];
  for (const explanation of explanations) holds<Equal<typeof explanation, Explanation>>();
  const { title, advice, cause } = explain(result);
  holds<Equal<typeof cause, Cause>>();
  holds<Equal<Cause, ReturnType<typeof causeOf>["cause"]>>();
  holds<Equal<typeof title, string>>();
  holds<Equal<typeof advice, string>>();
  // @ts-expect-error a language is a text
  explain(result, 1);
}

export function autofillOfAnyEntryIsTheSame(approval: inside.Approval) {
  const created = createAutofill(inside);
  holds<Equal<typeof created, typeof autofill>>();
  const handle = autofill(async () => approval, { onResult: ({ code }) => code.statusCode }, { finalizeTimeout: 1 });
  holds<Equal<typeof handle, AutofillHandle>>();
  handle.stop();
  handle[Symbol.dispose]?.();
  // @ts-expect-error autofill sets it
  autofill(async () => approval, { onResult() {} }, { mediation: "optional" });
  // @ts-expect-error a page does something with results
  autofill(async () => approval, {});
}
