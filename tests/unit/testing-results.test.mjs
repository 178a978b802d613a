// `results` of webauthn-result/testing: each is what the module returns, and its cause is the name that made it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";

import { causeOf } from "../../js/cause.js";
import { CAUSES } from "../../js/cause-tables.js";
import { failed } from "../../js/ciba-results.js";
import { results } from "../../js/testing.js";
import { CODES, FAILURES, SUCCESSES } from "../../js/testing-tables.js";
import { TEXTS } from "../e2e/support/result-table.mjs";

const { push, totp, ...passkeys } = results;
const copy = (result) => structuredClone(result);

describe("passkeys", () => {
  for (const [cause, make] of Object.entries(passkeys))
    test(`results.${cause}() is of its cause, and so is a copy`, () => {
      const result = make();
      assert.equal(causeOf(result).cause, cause);
      assert.equal(causeOf(copy(result)).cause, cause);
      assert.equal(result.code.message, TEXTS[result.code.statusCode]);
      assert.deepEqual(Object.keys(result), ["success", "code", result.success ? "token" : "message"]);
    });

  test("each row of the module's tables can be made, and is of its cause as a copy", () => {
    for (const [cause, statusCode, start, reason, end, exception] of FAILURES) {
      const result = results[cause]({ statusCode, ...(exception && { exception }) });
      assert.equal(result.code.statusCode, statusCode);
      assert.equal(causeOf(copy(result)).cause, cause, JSON.stringify(result));
      if (exception) assert.equal(result.message, start + reason + end);
    }
    assert.ok(FAILURES.length > 40);
  });

  test("each code of both ceremonies is among them", () => {
    const made = new Set([...SUCCESSES, ...FAILURES].map(([, code]) => code));
    assert.deepEqual([...made].sort(), Object.keys(TEXTS).sort());
  });

  test("each cause is a result of passkeys, push or TOTP", () => {
    const all = Object.values(CAUSES).flatMap((words) => words.split(" "));
    assert.deepEqual(
      all.filter((cause) => !(cause in passkeys || cause in push || cause in totp)),
      [],
    );
  });

  test("the ceremony is an option where both have the cause", () => {
    assert.equal(results.dismissed().code.statusCode, "error-0001");
    assert.equal(results.dismissed({ ceremony: "registration" }).code.statusCode, "error-1001");
    assert.equal(results.alreadyRegistered().code.statusCode, "error-1001");
  });

  test("a reason is the part of the message that differs", () => {
    assert.equal(results.refused("Too late").message, "Rejected by the server: Too late");
    const aborted = results.aborted({ reason: "The user left.", ceremony: "registration" });
    assert.equal(
      aborted.message,
      "Error while trying to create new credential. AbortError: The user left. (the page aborted it)",
    );
  });

  test("what the module never returns throws", () => {
    assert.throws(() => results.alreadyRegistered({ ceremony: "authentication" }), /results\.alreadyRegistered/);
    assert.throws(() => results.refused({ statusCode: "error-0001" }), TypeError);
    assert.throws(() => results.dismissed({ exception: "TimeoutError" }), TypeError);
    assert.throws(() => results.insecureContext("because"), /always the same/);
  });

  test("a token is the one that was asked for", () => {
    assert.equal(results.approved({ token: "a.b.c" }).token, "a.b.c");
    assert.ok(results.registered().token);
  });
});

describe("push and TOTP", () => {
  for (const [name, makers] of Object.entries({ push, totp }))
    for (const [cause, make] of Object.entries(makers).filter(([cause]) => cause !== "initiated"))
      test(`results.${name}.${cause}() is of its cause`, () => assert.equal(causeOf(make()).cause, cause));

  test("each code of the tables can be made", () => {
    for (const [cause, codes] of CODES)
      for (const code of codes.split(" ")) {
        const make = push[cause] ?? totp[cause];
        const { status, error } = make({ code });
        assert.ok([status, error].includes(code), code);
      }
  });

  test("each method has its own shape", () => {
    assert.deepEqual(push.access_denied(), { status: "access_denied" });
    assert.deepEqual(push.access_denied({ method: "safeAuthenticate" }), failed("safeAuthenticate", "access_denied"));
    assert.deepEqual(push.user_not_found({ method: "initiateAppApproval" }), {
      success: false,
      error: "user_not_found",
    });
    assert.deepEqual(push.unreachable({ message: "Bad gateway", code: "server_error" }), {
      status: "error",
      error: "server_error",
      message: "Bad gateway",
    });
    assert.deepEqual(push.approved({ token: "t" }), { status: "approved", token: "t" });
    assert.deepEqual(push.approved({ token: "t", method: "safeAuthenticate" }), { success: true, token: "t" });
    assert.deepEqual(totp.invalid_code({ remaining: 1 }), { success: false, error: "invalid_code", remaining: 1 });
    assert.deepEqual(totp.approved({ token: "t" }), { success: true, token: "t", remaining: 3 });
    assert.deepEqual(Object.keys(push.initiated({ interval: 2 })), ["auth_req_id", "expires_in", "interval"]);
  });

  test("the third wrong code has a cause of its own", () => {
    const third = totp.too_many_retries({ code: "invalid_code" });
    assert.deepEqual(third, { success: false, error: "invalid_code", remaining: 0 });
    assert.throws(() => totp.invalid_code({ remaining: 0 }), /too_many_retries/);
  });

  test("what no method returns throws", () => {
    assert.throws(() => push.timeout({ method: "initiateAppApproval" }), TypeError);
    assert.throws(() => push.unreachable({ code: "access_denied" }), TypeError);
  });
});

test("the statuses of a poll are those of its type", async () => {
  const types = await readFile(new URL("../../js/ciba-results.d.cts", import.meta.url), "utf8");
  const [, union] = /export type PollResult =[\s\S]*?status: ("access_denied"[^;]*);/.exec(types);
  for (const [, status] of union.matchAll(/"(\w+)"/g)) assert.deepEqual(push[status](), { status });
});
