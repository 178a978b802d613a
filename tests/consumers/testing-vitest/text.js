import { causeOf } from "webauthn-result/cause";

const TEXTS = {
  none: "",
  retry: "Please try again.",
  otherWay: "Please sign in with a code.",
  newTransaction: "Please start again.",
  checkOutcome: "One moment, we are checking.",
  fixCode: "Something is wrong on our side.",
};

/** What the page shows. */
export function textFor(result) {
  if (result.success) return "Welcome";
  const { silent, next } = causeOf(result);
  return silent ? "" : TEXTS[next];
}
