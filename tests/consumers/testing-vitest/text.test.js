import { expect, test } from "vitest";
import { results } from "webauthn-result/testing";
import { textFor } from "./text.js";

test.each([
  [results.approved(), "Welcome"],
  [results.dismissed(), ""],
  [results.refused("The transaction has expired"), "Please start again."],
  [results.outcomeUnknown(), "One moment, we are checking."],
  [results.alreadyRegistered(), "Please sign in with a code."],
  [results.push.access_denied(), "Please sign in with a code."],
  [results.totp.invalid_code({ remaining: 1 }), "Please try again."],
])("%j shows %j", (result, text) => {
  expect(textFor(result)).toBe(text);
});
