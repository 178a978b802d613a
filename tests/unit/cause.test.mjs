// causeOf() of copies: what the code and the message say. That it is what the module says, each end-to-end test checks.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";

import { causeOf } from "../../js/cause.js";
import { CAUSES, SILENT } from "../../js/cause-tables.js";
import { failure } from "../../js/failure.js";
import { UNKNOWN_ERROR } from "../../js/messages.js";

const failed = (statusCode, message) => ({ success: false, code: { statusCode, message: "the fixed text" }, message });
const prompt = (text) => failed("error-0001", `Error while trying to authenticate. ${text}`);
const creation = (text) => failed("error-1001", `Error while trying to create new credential. ${text}`);
const thrower = () => {
  throw new Error("no");
};
const UNKNOWN = " (outcome unknown: check the status from your backend before retrying)";

const ROWS = [
  [{ success: true, code: { statusCode: "success-authentication" }, token: "t" }, "approved", "none"],
  [{ success: true, code: { statusCode: "success-registration" }, token: "t" }, "registered", "none"],
  [failed("error-0000", "credentialRequestOptions must be an object"), "invalidOptions", "fixCode"],
  [failed("error-0003", "userId must be a non-empty string"), "invalidOptions", "fixCode"],
  [failed("error-1004", "statusToken must be a non-empty string"), "invalidOptions", "fixCode"],
  [prompt("NotAllowedError: The operation was not allowed."), "dismissed", "retry"],
  [creation("NotAllowedError: "), "dismissed", "retry"],
  [prompt("AbortError: by an extension"), "dismissed", "retry"],
  [prompt("AbortError: The page called cancel(). (the page aborted it)"), "aborted", "none"],
  [prompt("NotAllowedError: my own reason (the page aborted it)"), "aborted", "none"],
  [creation("AbortError: Another call opened its prompt. (another ceremony took over)"), "superseded", "none"],
  [prompt("TimeoutError: Timed out after 5 ms."), "tookTooLong", "retry"],
  [creation("InvalidStateError: There is one."), "alreadyRegistered", "otherWay"],
  [prompt("InvalidStateError: The frame is gone."), "unknown", "retry"],
  [prompt("SecurityError: shop.example"), "wrongDomain", "fixCode"],
  [prompt("NotSupportedError: "), "unsuitableDevice", "otherWay"],
  [prompt("ConstraintError: "), "unsuitableDevice", "otherWay"],
  [prompt("OperationError: A request is already pending."), "requestPending", "retry"],
  ...["TypeError", "RangeError", "SyntaxError", "EncodingError", "DataError"].map((name) => [
    prompt(`${name}: why`),
    "invalidOptions",
    "fixCode",
  ]),
  [
    prompt("DataError: credential.response.userHandle must be a non-empty buffer where the call has no userId"),
    "noCredential",
    "otherWay",
  ],
  [prompt("UnknownError: the security key is gone"), "unknown", "retry"],
  [prompt(""), "unknown", "retry"],
  [failed("error-0002", "Rejected by the server: HTTP 422: expired"), "refused", "newTransaction"],
  // A server's words do not count as ours.
  [failed("error-0002", `Rejected by the server: HTTP 400: ha${UNKNOWN}`), "refused", "newTransaction"],
  [
    failed("error-0002", `No response from the server: TypeError: x (status endpoint: failed: y${UNKNOWN})`),
    "refused",
    "newTransaction",
  ],
  [
    failed("error-0002", `Unusable response from the server: HTTP 503: x (status endpoint: failed)${UNKNOWN}`),
    "outcomeUnknown",
    "checkOutcome",
  ],
  [failed("error-0099", `The module crashed: x (status endpoint: failed)${UNKNOWN}`), "outcomeUnknown", "checkOutcome"],
  [
    failed("error-0099", "The module crashed: (status endpoint: failed (nothing was sent: call again)"),
    "crashed",
    "retry",
  ],
  [failed("error-1002", `Unusable response from the server: HTTP 200${UNKNOWN}`), "outcomeUnknown", "checkOutcome"],
  [
    failed("error-0002", "The transaction is still pending: ask again later, or with a longer wait"),
    "pending",
    "checkOutcome",
  ],
  [failed("error-1002", "The transaction is still pending: ask"), "pending", "checkOutcome"],
  [failed("error-1002", "Not yet. The transaction is still pending: ask"), "outcomeUnknown", "checkOutcome"],
  [failed("error-0005", "This page is not a secure context: serve it over HTTPS."), "insecureContext", "fixCode"],
  [failed("error-1005", "A Permissions Policy forbids WebAuthn here: allow …"), "policyForbids", "fixCode"],
  [failed("error-0005", "This browser does not support WebAuthn"), "noWebAuthn", "otherWay"],
  [failed("error-0099", "settings.baseUrl must be …"), "invalidSettings", "fixCode"],
  [failed("error-0099", "The module could not be loaded: TypeError"), "notLoaded", "retry"],
  [failed("error-0099", `The module could not be loaded: TypeError${UNKNOWN}`), "outcomeUnknown", "checkOutcome"],
  [failed("error-0099", "The module crashed: x (nothing was sent: call again)"), "crashed", "retry"],
  [failed("error-0099", "The module could not be called: x"), "crashed", "retry"],
  [failed("error-1099", `The module crashed: x${UNKNOWN}`), "outcomeUnknown", "checkOutcome"],
  [failed("error-1099", "The module crashed (status endpoint: failed)"), "refused", "newTransaction"],

  [{ status: "approved", token: "t" }, "approved", "none"],
  [{ success: true, token: "t", remaining: 3 }, "approved", "none"],
  ...["access_denied", "user_not_found", "no_device_registered", "temporarily_locked"].map((error) => [
    { success: false, error },
    error,
    "otherWay",
  ]),
  [{ status: "timeout" }, "timeout", "retry"],
  [{ status: "expired_token" }, "expired_token", "newTransaction"],
  [{ status: "cancelled" }, "cancelled", "newTransaction"],
  [{ success: false, error: "invalid_code", remaining: 2 }, "invalid_code", "retry"],
  [{ success: false, error: "invalid_code", remaining: 0 }, "too_many_retries", "otherWay"],
  [{ success: false, error: "too_many_retries", remaining: 0 }, "too_many_retries", "otherWay"],
  [{ success: false, error: "unknown_user_id" }, "unknown_user_id", "otherWay"],
  ...["connection_failed", "network_timeout", "http_500", "http_503", "http_408", "http_429", "slow_down"].map(
    (error) => [{ status: "error", error }, "unreachable", "retry"],
  ),
  ...["invalid_argument", "unexpected_response", "invalid_client", "invalid_scope", "tenant_not_found"].map((error) => [
    { success: false, error },
    error,
    "fixCode",
  ]),
  ...["http_404", "invalid_grant", "refused", "dismissed", "unknown", "constructor", "__proto__", "my_own_code"].map(
    (error) => [{ status: "error", error }, "serverError", "fixCode"],
  ),
  [{ success: false, error: "module_not_loaded" }, "notLoaded", "retry"],
  [{ success: false, error: "module_crashed" }, "crashed", "retry"],

  // A code alone, and what is no result.
  ["timeout", "timeout", "retry"],
  ["error-0003", "invalidOptions", "fixCode"],
  ...[undefined, null, {}, [], 5, "", { success: false }, { code: {} }].map((value) => [value, "unknown", "retry"]),
  // It contradicts itself.
  [{ success: false, code: { statusCode: "success-authentication" }, token: "t" }, "unknown", "retry"],
  [{ status: "approved", success: false }, "unknown", "retry"],
  [{ status: "error", error: "approved" }, "unknown", "retry"],
  [{ status: "approved", success: null }, "unknown", "retry"],
  [{ success: "true", code: { statusCode: "success-authentication" } }, "unknown", "retry"],
  [{ success: true, token: "" }, "unknown", "retry"],
  [{ success: true, token: {} }, "unknown", "retry"],
  [{ success: 1, token: "t" }, "unknown", "retry"],
];

describe("a copy of a result has a cause, and what follows from it", () => {
  for (const [result, cause, next] of ROWS)
    test(`${JSON.stringify(result)}: ${cause}`, () => {
      const silent = ["dismissed", "noCredential", "aborted", "superseded", "cancelled"].includes(cause);
      assert.deepEqual(causeOf(result), { cause, silent, next });
    });

  test("every cause is in these rows", () => {
    const all = Object.values(CAUSES).flatMap((names) => names.split(" "));
    const seen = new Set(ROWS.map(([, cause]) => cause));
    assert.deepEqual(
      all.filter((cause) => !seen.has(cause)),
      [],
    );
    for (const cause of SILENT.split(" ")) assert.ok(all.includes(cause), cause);
  });
});

test("the types have the same causes, and the documentation has each", async () => {
  const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");
  const types = [...(await read("js/cause.d.cts")).matchAll(/^ {2}(\w+): \{ silent: (\w+); next: "(\w+)" \};$/gm)];
  const declared = types.map(([, cause, silent, next]) => ({ cause, silent: silent === "true", next }));
  const all = Object.entries(CAUSES).flatMap(([next, names]) =>
    names.split(" ").map((cause) => ({ cause, silent: SILENT.split(" ").includes(cause), next })),
  );
  const byCause = (a, b) => (a.cause < b.cause ? -1 : 1);
  assert.deepEqual(declared.sort(byCause), all.sort(byCause));

  const [section] = /^#### A2\.4 .*?(?=^### )/ms.exec(await read("docs/contract.md"));
  for (const { cause } of all) assert.ok(section.includes(`\`${cause}\``), cause);
  for (const [, causes, silent, next] of section.matchAll(/^\| (`.*?) \| .* \| (yes|no) \| `(\w+)` \|$/gm))
    for (const [, cause] of causes.matchAll(/`(\w+)`/g))
      assert.deepEqual(
        all.find((row) => row.cause === cause),
        { cause, silent: silent === "yes", next },
      );
});

test("what the module has said of a result goes before its message", () => {
  const result = failure(false, UNKNOWN_ERROR, "The module could not be loaded: x", "crashed");
  assert.equal(causeOf(result).cause, "crashed");
  assert.equal(causeOf(structuredClone(result)).cause, "notLoaded");
});

test("nothing that a page can pass makes it throw", () => {
  const proxy = Proxy.revocable({}, {});
  proxy.revoke();
  for (const value of [
    proxy.proxy,
    {
      get code() {
        return thrower();
      },
    },
    {
      status: "approved",
      get success() {
        return thrower();
      },
    },
    { error: { toString: thrower } },
    Symbol("code"),
    () => {},
  ])
    assert.equal(causeOf(value).cause, "unknown");
});

test("nothing that a page can patch makes it throw", () => {
  const result = { status: "timeout" };
  for (const [holder, name] of [
    [Object, "keys"],
    [Array.prototype, "find"],
    [Array.prototype, "includes"],
    [Array.prototype, Symbol.iterator],
    [String.prototype, "split"],
    [String.prototype, "includes"],
    [RegExp.prototype, "exec"],
    [RegExp.prototype, "test"],
    [Symbol, "for"],
  ]) {
    const original = Object.getOwnPropertyDescriptor(holder, name);
    for (const value of [undefined, () => {}, () => thrower()]) {
      Object.defineProperty(holder, name, { configurable: true, value });
      let consequence;
      try {
        consequence = causeOf(result);
      } finally {
        Object.defineProperty(holder, name, original);
      }
      assert.deepEqual(Object.keys(consequence), ["cause", "silent", "next"]);
      assert.equal(typeof consequence.silent, "boolean");
      assert.ok(Object.hasOwn(CAUSES, consequence.next), `${String(name)}: ${consequence.next}`);
    }
  }
});
