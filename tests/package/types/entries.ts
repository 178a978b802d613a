// The other entries: one with the same functions, one with words for people.

import * as inside from "webauthn-result";
import { type AutofillHandle, autofill } from "webauthn-result/autofill";
import type { Cause, causeOf } from "webauthn-result/cause";
import { createAutofill } from "webauthn-result/create-autofill";
import {
  type ExplainOptions,
  type Explanation,
  type ExplanationKey,
  type ExplanationText,
  type ExplanationWords,
  explain,
} from "webauthn-result/explain";
import { type BindingState, useApproval, useAutofill, useRegistration } from "webauthn-result/react";
import { type PushClient, usePush } from "webauthn-result/react/push";
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

export function aPageHasItsOwnWords(text: ExplanationText, nl: ExplanationWords, language: string | undefined) {
  // Single texts, also of a cause that shares one; a whole language; tags of every kind.
  const words = { en: { timeout: text, notLoaded: text }, "de-CH": { generic: text }, nl, [`${language}`]: nl };
  const options: ExplainOptions = { language, words };
  holds<Equal<ReturnType<typeof explain>, Explanation>>();
  explain("timeout", options);
  explain("timeout", { words: { nl } });
  explain("timeout", {});
  // @ts-expect-error no such key
  explain("timeout", { words: { en: { timeOut: text } } });
  // @ts-expect-error a text has an advice
  explain("timeout", { words: { en: { timeout: { title: "Title" } } } });
  // @ts-expect-error words are by language
  explain("timeout", { words: { timeout: text } });

  // A set has every key, and may have the causes that share a text.
  const all = (key: ExplanationKey): ExplanationText => nl[key];
  const shared: ExplanationText | undefined = nl.notLoaded;
  holds<Equal<Exclude<keyof ExplanationWords, Cause | ExplanationKey>, never>>();
  holds<Equal<Extract<ExplanationKey, "generic" | "notLoaded" | "timeout">, "generic" | "timeout">>();
  const { pending, ...rest } = nl;
  // @ts-expect-error one is missing
  const incomplete: ExplanationWords = rest;
  return [all, shared, pending, incomplete];
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

export async function bindingsKeepTheArgumentsOfStart(approval: inside.Approval, client: PushClient) {
  const { run, state, outcome, cause } = useApproval(async (_signal, _name: string, _amount: number) => approval);
  holds<Equal<Parameters<typeof run>, [string, number]>>();
  holds<Equal<typeof state, BindingState>>();
  holds<Equal<typeof cause, Cause | undefined>>();
  if (outcome?.success) holds<Equal<typeof outcome.code.statusCode, "success-authentication">>();
  const end = await run("zoe", 5);
  holds<Equal<typeof end.outcome, inside.AuthenticationResult | undefined>>();
  holds<Equal<typeof end.transaction, inside.Approval | undefined>>();
  // @ts-expect-error the name is missing
  run();
  const alone = useAutofill(async () => approval, { finalizeTimeout: 1 });
  holds<Equal<Parameters<typeof alone.run>, []>>();
  // @ts-expect-error an approval is no enrollment
  useRegistration(async () => approval);
  // @ts-expect-error the binding has its own signal
  useApproval(async () => approval, { signal: null });
  const push = usePush(client);
  holds<Equal<typeof push.secondsLeft, number | undefined>>();
  const { outcome: pushed } = await push.run("user@example.com", { timeout: 5 });
  if (pushed?.success) holds<Equal<typeof pushed.token, string>>();
}
