// One call of the CIBA client on a played module: the results, the logger's lines and what has a number.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { cancel, carryOut, createMemory } from "../../js/ciba-call.js";
import { CODES } from "../../js/ciba-codes.js";

const METHODS = ["INITIATE", "VERIFY", "POLL", "SAFE", "RETRY", "FALLBACK"];
const EMAIL = "ada@example.com";

/** Runs a call whose one step asks for this. What it resolves to, what the logger was told, and what the module was given. */
const play = async (method, act, { email = EMAIL, argument, options, memory } = {}) => {
  const given = [];
  const told = [];
  const logger = Object.fromEntries(
    ["debug", "info", "warn", "error"].map((level) => [level, (...words) => told.push([level, ...words])]),
  );
  const module = {
    spare: (used) => used,
    begin: (...values) => given.push(values),
    step: act,
  };
  const settings = { prefix: "https://auth.example/", requestTimeout: 10_000, logger };
  const inMemory = memory ? Object.assign(memory, { module }) : createMemory(module);
  const result = await carryOut(inMemory, settings, METHODS.indexOf(method), email, argument, options);
  return { result, told, given: given[0] };
};

const numbered = [...CODES, "theirs", "http"].map((code, number) => [code, number]).slice(1);

describe("results", () => {
  const failure = (code, isStatus) => {
    const refused = { success: false, error: code };
    return {
      INITIATE: refused,
      VERIFY: { ...refused, remaining: 2 },
      POLL: isStatus ? { status: code } : { status: "error", error: code },
      SAFE: refused,
      RETRY: null,
      FALLBACK: null,
    };
  };
  const STATUSES = ["access_denied", "timeout", "expired_token", "cancelled"];

  for (const method of METHODS)
    test(`${method}: each end without success is the documented value`, async () => {
      for (const [code, number] of numbered.slice(0, 9)) {
        const { result } = await play(method, (call) => call.done(number, 2));
        assert.deepEqual(result, failure(code, STATUSES.includes(code))[method]);
      }
    });

  test("success without a token is null, or says so", async () => {
    const done = (call) => call.done(0, 3);
    assert.deepEqual((await play("VERIFY", done)).result, { success: true, token: null, remaining: 3 });
    assert.equal((await play("FALLBACK", done)).result, null);
  });

  test("a module that crashed, and so asks for nothing, leaves the call to whoever answers for it", async () => {
    assert.equal((await play("POLL", () => [])).result, undefined);
  });
});

describe("the logger", () => {
  const line = async (act) => (await play("POLL", act)).told;

  test("is told how it ended, each end at its level", async () => {
    const expected = { 0: ["info", `Approved by ${EMAIL}`] };
    for (const [code, number] of numbered.slice(0, 4)) expected[number] = ["warn", `Not approved by ${EMAIL}: ${code}`];
    for (const [code, number] of numbered.slice(4, 9)) expected[number] = ["error", `Failed for ${EMAIL}: ${code}`];
    for (const [number, words] of Object.entries(expected))
      assert.deepEqual(await line((call) => call.ended(Number(number))), [words]);
  });

  test("is told what is sent", async () => {
    globalThis.document ??= Object.assign(new EventTarget(), { hidden: false });
    globalThis.fetch = async () => new Response("{}");
    for (const [request, words] of [
      [0, ["info", `Asking for the approval of ${EMAIL}`]],
      [1, ["debug", `Poll 12 for ${EMAIL}`]],
      [2, ["info", `Verifying a TOTP code of ${EMAIL}`]],
    ]) {
      const steps = [
        (call) => {
          call.report(12, 1000, 0);
          call.send(request, 1000);
        },
        (call) => call.done(4, 3),
      ];
      assert.deepEqual(await line((call) => steps.shift()(call)), [words]);
    }
  });

  test("is told a code of the server's, and none of its words, which may quote a secret", async () => {
    globalThis.document ??= Object.assign(new EventTarget(), { hidden: false });
    for (const [error, isTold] of [
      ["invalid_grant", true],
      ["e404", true],
      ["1c266114-a1be-4252-8ad1-04986c5b9ac1", false],
      ["unknown auth_req_id 7f9c2ba4e88f827d616045507605853ed73b8093", false],
      ["code 123456 was used before", false],
      ["123456", false],
      ["a1b2c3d4", false],
      ["eyJhbGciOiJIUzUxMiJ9.e30.c2ln", false],
      ["invalid_grant\n", false],
    ]) {
      globalThis.fetch = async () => new Response(JSON.stringify({ error }), { status: 400 });
      const steps = [
        (call) => call.send(1, 1000),
        (call) => {
          call.ended(10);
          call.ended(11);
          call.done(10, 3);
        },
      ];
      const { told, result } = await play("POLL", (call) => steps.shift()(call));
      const words = isTold ? error : "the server's own words, which only the result repeats";
      assert.deepEqual(told.slice(1), [
        ["error", `Failed for ${EMAIL}: ${words}`],
        ["error", `Failed for ${EMAIL}: http_400`],
      ]);
      assert.deepEqual(result, { status: "error", error });
    }
  });
});

describe("what the module is given", () => {
  const done = (call) => call.done(4, 3);

  test("options cross as they are, absent ones as undefined", async () => {
    const options = { interval: 0.5, timeout: Number.NaN, maxRetries: 2 };
    const [, , , , ...times] = (await play("RETRY", done, { options })).given;
    assert.deepEqual(times, [0.5, Number.NaN, 2, 10_000]);
    const [, , , , ...none] = (await play("RETRY", done, { options: { interval: null } })).given;
    assert.deepEqual(none, [undefined, undefined, undefined, 10_000]);
  });

  test("an email that is none is -1", async () => {
    for (const email of ["", null, 5, {}, Symbol("email")])
      assert.equal((await play("POLL", done, { email })).given[1], -1);
  });

  test("a code is six ASCII digits, and an auth_req_id any text that is not empty", async () => {
    for (const [argument, isCode, isId] of [
      ["000000", true, true],
      ["999999", true, true],
      ["", false, false],
      ["12345", false, true],
      ["1234567", false, true],
      ["12345a", false, true],
      ["123 456", false, true],
      [" 123456", false, true],
      ["123456\n", false, true],
      ["１２３４５６", false, true],
      ["٠١٢٣٤٥", false, true],
      ["-12345", false, true],
      ["12.456", false, true],
      [123456, false, false],
      [["123456"], false, false],
      [undefined, false, false],
    ]) {
      assert.equal((await play("VERIFY", done, { argument })).given[2], isCode, `${argument}`);
      assert.equal((await play("POLL", done, { argument })).given[2], isId, `${argument}`);
    }
  });

  test("an email keeps its number until the module gives that to another one", async () => {
    const memory = createMemory();
    const numberOf = async (email) => (await play("POLL", done, { email, memory })).given[1];
    assert.deepEqual([await numberOf("a@x"), await numberOf("A@x"), await numberOf("a@x")], [0, 1, 0]);
    const ended = [];
    memory.module = { spare: () => 0, cancel: (_, number) => ended.push(number) };
    cancel(memory, "A@x");
    cancel(memory, "b@x");
    assert.deepEqual(ended, [1, -1], "nobody's");
    memory.emails[memory.module.spare(2)] = "b@x";
    assert.deepEqual([await numberOf("b@x"), await numberOf("a@x")], [0, 2]);
  });

  test("a request that was started here has its number", async () => {
    globalThis.document ??= Object.assign(new EventTarget(), { hidden: false });
    globalThis.fetch = async () => new Response(JSON.stringify({ auth_req_id: "R" }));
    const memory = createMemory();
    const steps = [
      (call) => call.send(0, 1000),
      (call) => {
        call.initiated(3, 300, 5);
        call.done(0, 3);
      },
    ];
    const { result } = await play("INITIATE", (call) => steps.shift()(call), { memory });
    assert.deepEqual(result, { auth_req_id: "R", expires_in: 300, interval: 5 });
    for (const [argument, number] of [
      ["R", 3],
      ["elsewhere", -1],
      [undefined, -1],
    ])
      assert.equal((await play("POLL", done, { argument, memory })).given[3], number);
  });

  test("a call that is over is not held on to", async () => {
    const memory = createMemory();
    await play("POLL", done, { memory });
    assert.equal(memory.flights.size, 0);
  });
});
