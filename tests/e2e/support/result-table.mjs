// The result tables, and what holds for every result object: docs/contract.md, section A2.

import assert from "node:assert/strict";

import { causeOf } from "../../../js/cause.js";

/** `code.message` by `code.statusCode`. */
export const TEXTS = {
  "success-authentication": "Successfully authenticated with WebAuthn credential.",
  "error-0000": "Invalid credentialRequestOptions. ServerPublicKeyCredentialGetOptionsResponse has to be valid.",
  "error-0001": "Failed to authenticate with WebAuthn credential.",
  "error-0002": "Error while finalizing the authentication on the server.",
  "error-0003": "Invalid userId. Cannot be null or undefined.",
  "error-0004": "Missing statusToken. Cannot be null or undefined.",
  "error-0005": "WebAuthn is not supported by this browser.",
  "error-0099": "Unknown error while authentication.",
  "success-registration": "Successfully registered WebAuthn credential.",
  "error-1000": "Invalid credentialCreationOptions. ServerPublicKeyCredentialCreationOptionsResponse has to be valid.",
  "error-1001": "Failed to create WebAuthn credential.",
  "error-1002": "Error while finalizing the registration on the server.",
  "error-1004": "Missing statusToken. Cannot be null or undefined.",
  "error-1005": "WebAuthn is not supported by this browser.",
  "error-1099": "Unknown error while registration.",
};

/** Matches the message of an unknown outcome. */
export const UNKNOWN = /\(outcome unknown: /;

/** Matches the message of a rejection by the cloud. */
export const REJECTED = /^Rejected by the server\b/;

/** The two ceremonies: the codes, the prefix of the message, the options and the path of the finalization. */
export const CEREMONIES = {
  authenticate: {
    success: "success-authentication",
    prefix: "error-00",
    refusal: "Error while trying to authenticate. ",
    options: "credentialRequestOptions",
    path: "/_app/assertion/result",
  },
  register: {
    success: "success-registration",
    prefix: "error-10",
    refusal: "Error while trying to create new credential. ",
    options: "credentialCreationOptions",
    path: "/_app/attestation/result",
  },
};

/** Both functions. */
export const names = Object.keys(CEREMONIES);

/** Asserts that an outcome is this success, with exactly the documented properties. */
export const assertSuccess = (outcome, name) => {
  const { token } = outcome.result;
  const statusCode = CEREMONIES[name].success;
  assertObject(outcome, {
    success: true,
    code: { statusCode, message: TEXTS[statusCode] },
    token,
  });
  assert.equal(typeof token, "string");
  assert.notEqual(token, "");
};

/** Likewise for a failure; `number` is the code's last two digits, `message` a string or a pattern. */
export const assertFailure = (outcome, name, number, message = /\S/) => {
  const statusCode = CEREMONIES[name].prefix + number;
  const { message: given } = outcome.result;
  assertObject(outcome, {
    success: false,
    code: { statusCode, message: TEXTS[statusCode] },
    message: typeof message === "string" ? message : given,
  });
  assert.equal(typeof given, "string");
  if (typeof message !== "string") assert.match(given, message);
  return given;
};

const assertObject = (outcome, expected) => {
  // As JSON, because the order of the properties is documented too.
  const json = JSON.stringify(expected);
  assert.equal(outcome.json, json);
  assert.equal(outcome.cloned, json);
  assert.equal(outcome.posted, json);
  assert.deepEqual(outcome.members, {
    result: Object.keys(expected),
    code: Object.keys(expected.code),
  });
  assert.ok(outcome.isPlain, "the result is no plain object");
  // What the module says, and what the code and the message say of a copy.
  const { cause, silent } = causeOf(outcome.result);
  if (outcome.cause !== null) assert.equal(outcome.cause, cause, outcome.json);
  if (outcome.ends) assertEnd(outcome, { cause, silent });
};

/** The end of a call is reported once, with what the page learns of the result, and numbers. */
const assertEnd = ({ result, stages, ends }, { cause, silent }) => {
  assert.equal(ends.length, 1, "onEnd is called once");
  const [{ call, ceremony, prompt, finalization, recovery, sends, queries, recovered, ...rest }] = ends;
  assert.deepEqual(rest, { code: result.code.statusCode, cause, silent });
  assert.ok(["authenticate", "register", "outcome"].includes(call), call);
  assert.equal(ceremony, /-1|registration/.test(rest.code) ? "registration" : "authentication");
  for (const number of [prompt, finalization, recovery, sends, queries])
    assert.ok(Number.isInteger(number) && number >= 0, JSON.stringify(ends));
  if (sends) assert.ok(stages.includes("finalizing"));
  assert.equal(queries > 0, stages.includes("recovering"));
  assert.equal(recovered, result.success && queries > 0);
};
