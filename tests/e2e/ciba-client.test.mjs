// The CIBA client on a played network and clock: what it promises where AuthSec's published SDKs fall short, and more.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { causeOf } from "../../js/cause.js";

import { openStage, useStage } from "./support/ciba-stage.mjs";

const { play, browser } = useStage();

describe("where the published SDKs fall short", () => {
  test("a cancel between the initiation and the first poll is not lost", async () => {
    const { result, requests } = await play(async ({ client, finish, EMAIL }) => {
      const ciba = client();
      const { auth_req_id } = await ciba.initiateAppApproval(EMAIL);
      ciba.cancelApproval(EMAIL);
      return finish(ciba.pollForApproval(EMAIL, auth_req_id));
    });
    assert.deepEqual(result, { status: "cancelled" });
    assert.deepEqual(
      requests.map(({ path }) => path.split("/").at(-1)),
      ["initiate"],
    );
  });

  test("a cancel before the initiation is answered cancels its poll", async () => {
    const { result, requests } = await play(async ({ client, finish, EMAIL }) => {
      const ciba = client();
      const initiated = ciba.initiateAppApproval(EMAIL);
      ciba.cancelApproval(EMAIL);
      return finish(ciba.pollForApproval(EMAIL, (await initiated).auth_req_id));
    });
    assert.deepEqual(result, { status: "cancelled" });
    assert.equal(requests.length, 1);
  });

  test("slow_down adds 5 seconds to the interval, for good", async () => {
    const { result, requests } = await play(async ({ client, finish, network, pending, slowDown, approved, EMAIL }) => {
      network.token = [pending, slowDown, pending, slowDown, approved];
      return finish(client().pollForApproval(EMAIL, "ID", { interval: 2 }));
    });
    assert.deepEqual(result, { status: "approved", token: "SECRET-TOKEN" });
    assert.deepEqual(
      requests.map(({ at }) => at),
      [0, 2, 9, 16, 28],
    );
  });

  test("the server's own interval is kept, unless the page names one", async () => {
    const times = await play(async ({ client, finish, network, pending, approved, times, requests, EMAIL }) => {
      network.initiate = [{ json: { auth_req_id: "ID", interval: 8 } }];
      const seen = [];
      for (const options of [{}, { interval: 3 }]) {
        network.token = [pending, pending, approved];
        const ciba = client();
        const { auth_req_id } = await ciba.initiateAppApproval(EMAIL);
        requests.length = 0;
        await finish(ciba.pollForApproval(EMAIL, auth_req_id, options));
        seen.push(times().map((at) => at - times()[0]));
      }
      return seen;
    });
    assert.deepEqual(times, [
      [0, 8, 16],
      [0, 3, 6],
    ]);
  });

  test("an error that docs/contract.md, section B4, does not name ends the poll at once and is passed on", async () => {
    const { result, at } = await play(async ({ client, finish, network, EMAIL }) => {
      network.token = [{ status: 400, json: { error: "invalid_grant" } }];
      return finish(client().pollForApproval(EMAIL, "ID"));
    });
    assert.deepEqual(result, { status: "error", error: "invalid_grant" });
    assert.equal(at, 0);
  });

  test("the wait does not sleep past the timeout", async () => {
    const { result, at, timers } = await play(async ({ client, finish, network, pending, EMAIL }) => {
      network.token = [pending];
      return finish(client().pollForApproval(EMAIL, "ID", { interval: 60, timeout: 7 }));
    });
    assert.deepEqual(result, { status: "timeout" });
    assert.equal(at, 7);
    assert.equal(timers, 0, "no timer stays behind");
  });

  for (const [how, end] of [
    ["cancelApproval", "(ciba, controller, EMAIL) => ciba.cancelApproval(EMAIL)"],
    ["its signal", "(ciba, controller) => controller.abort()"],
    ["a new initiation", "(ciba, controller, EMAIL) => { ciba.initiateAppApproval(EMAIL); }"],
  ])
    for (const [when, answer] of [
      ["the wait", "pending"],
      ["a request", "never"],
    ])
      test(`${how} ends a poll in ${when} at once`, async () => {
        const { result, at, timers } = await play(
          async ({ client, pass, finish, network, pending, EMAIL }, [code, kind]) => {
            network.token = [kind === "pending" ? pending : kind];
            const ciba = client({ requestTimeout: 60_000 });
            const controller = new AbortController();
            const poll = ciba.pollForApproval(EMAIL, "ID", { interval: 60, signal: controller.signal });
            await pass(3);
            // biome-ignore lint/security/noGlobalEval: a piece of this file
            eval(code)(ciba, controller, EMAIL);
            return finish(poll);
          },
          [end, answer],
        );
        assert.deepEqual(result, { status: "cancelled" });
        assert.equal(at, 3);
        assert.equal(timers, 0);
      });

  test("a network fault only delays the poll", async () => {
    const { result, requests } = await play(async ({ client, finish, network, pending, approved, EMAIL }) => {
      network.token = ["cut", pending, { status: 503, json: { error: "unavailable" } }, { text: "<html>" }, approved];
      return finish(client().pollForApproval(EMAIL, "ID"));
    });
    assert.deepEqual(result, { status: "approved", token: "SECRET-TOKEN" });
    assert.equal(requests.length, 5);
  });

  test("a request that hangs takes its own time limit, not the poll's", async () => {
    const { result, requests } = await play(async ({ client, finish, network, approved, EMAIL }) => {
      network.token = ["never", approved];
      return finish(client({ requestTimeout: 4000 }).pollForApproval(EMAIL, "ID"));
    });
    assert.deepEqual(result, { status: "approved", token: "SECRET-TOKEN" });
    assert.deepEqual(
      requests.map(({ at }) => at),
      [0, 9],
    );
  });

  test("a server that never answers is its error, when the whole time has passed so", async () => {
    const outcomes = await play(async ({ client, finish, network, EMAIL }) => {
      const results = [];
      for (const answer of ["cut", { text: "<html>" }, "never"]) {
        network.token = [answer];
        results.push((await finish(client().pollForApproval(EMAIL, "ID", { timeout: 30 }))).result);
      }
      return results;
    });
    assert.deepEqual(outcomes, [
      { status: "error", error: "connection_failed" },
      { status: "error", error: "unexpected_response" },
      { status: "error", error: "network_timeout" },
    ]);
  });

  test("what is no JSON, or no object, throws nowhere", async () => {
    const results = await play(async ({ client, finish, network, EMAIL }) => {
      const seen = [];
      for (const text of ["<html>", "", '{"auth_req', "[]", "null", "5", '"token"']) {
        network.initiate = network.token = network.login = [{ text }];
        const ciba = client();
        for (const promise of [
          ciba.initiateAppApproval(EMAIL),
          ciba.pollForApproval(EMAIL, "ID", { timeout: 0 }),
          ciba.verifyTotp(EMAIL, "123456"),
          ciba.safeAuthenticate(EMAIL, { timeout: 0 }),
        ])
          seen.push((await finish(promise)).result);
      }
      return seen;
    });
    assert.equal(results.length, 28);
    for (const result of results) {
      assert.ok(["unexpected_response", undefined].includes(result.error), JSON.stringify(result));
    }
  });

  test("a TOTP code that nobody judged burns no attempt", async () => {
    const results = await play(async ({ client, finish, network, EMAIL }) => {
      const ciba = client();
      const seen = [];
      for (const answer of ["cut", "never", { text: "<html>" }, { status: 503, json: {} }, { status: 429, json: {} }]) {
        network.login = [answer];
        seen.push((await finish(ciba.verifyTotp(EMAIL, "123456"))).result);
      }
      return seen;
    });
    assert.deepEqual(
      results.map(({ success, remaining }) => [success, remaining]),
      results.map(() => [false, 3]),
    );
    assert.deepEqual(
      results.map(({ error }) => error),
      ["connection_failed", "network_timeout", "unexpected_response", "http_503", "http_429"],
    );
  });

  test("timeout 0 asks exactly once", async () => {
    const { result, requests, at } = await play(async ({ client, finish, network, pending, EMAIL }) => {
      network.token = [pending];
      return finish(client().pollForApproval(EMAIL, "ID", { timeout: 0 }));
    });
    assert.deepEqual(result, { status: "timeout" });
    assert.equal(requests.length, 1);
    assert.equal(at, 0);
  });

  test("two polls of one email have an end each", async () => {
    const results = await play(async ({ client, pass, finish, network, pending, approved, EMAIL }) => {
      network.token = [pending];
      const ciba = client();
      const controller = new AbortController();
      const first = ciba.pollForApproval(EMAIL, "FIRST", { signal: controller.signal });
      const second = ciba.pollForApproval(EMAIL, "SECOND");
      const other = ciba.pollForApproval("eve@example.com", "THIRD");
      await pass(1);
      controller.abort();
      const ended = (await finish(first)).result;
      network.token = [approved];
      const others = [(await finish(second)).result, (await finish(other)).result];
      return [ended, ...others];
    });
    assert.deepEqual(
      results.map(({ status }) => status),
      ["cancelled", "approved", "approved"],
    );
  });
});

describe("the wall clock", () => {
  test("a poll ends at once after a laptop's sleep", async () => {
    const { result, at } = await play(async ({ client, pass, sleep, finish, network, pending, EMAIL }) => {
      network.token = [pending];
      const poll = client().pollForApproval(EMAIL, "ID", { interval: 200 });
      await pass(10);
      sleep(3600);
      return finish(poll);
    });
    assert.deepEqual(result, { status: "timeout" });
    assert.ok(at <= 3611, `${at}`);
  });

  test("so does a request that hung meanwhile", async () => {
    const { result, at } = await play(async ({ client, pass, sleep, finish, network, EMAIL }) => {
      network.token = ["never"];
      const poll = client({ requestTimeout: 250_000 }).pollForApproval(EMAIL, "ID");
      await pass(10);
      sleep(3600);
      return finish(poll);
    });
    assert.deepEqual(result, { status: "error", error: "network_timeout" });
    assert.ok(at <= 3611, `${at}`);
  });

  test("in a hidden tab it waits with one long timer, and looks again when it is shown", async () => {
    const { result, at } = await play(async ({ client, pass, sleep, finish, network, pending, EMAIL }) => {
      network.token = [pending];
      const poll = client().pollForApproval(EMAIL, "ID", { interval: 200 });
      await pass(10);
      const show = (hidden) => {
        Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
        document.dispatchEvent(new Event("visibilitychange"));
      };
      show(true);
      await pass(5);
      sleep(3600);
      show(false);
      return finish(poll);
    });
    assert.deepEqual(result, { status: "timeout" });
    assert.equal(at, 3615);
  });

  test("a clock that is set back does not make a poll live longer than an hour", async () => {
    const { result, requests } = await play(async ({ client, pass, sleep, finish, network, pending, EMAIL }) => {
      network.token = [pending];
      const poll = client().pollForApproval(EMAIL, "ID", { timeout: 60 });
      await pass(10);
      sleep(-5);
      return finish(poll);
    });
    assert.deepEqual(result, { status: "timeout" });
    assert.ok(requests.length >= 11 && requests.length <= 14, `${requests.length}`);
  });
});

describe("the page", () => {
  test("is told of a poll's progress, second by second", async () => {
    const told = await play(async ({ client, finish, network, pending, approved, EMAIL }) => {
      network.token = [pending, approved];
      const seen = [];
      await finish(
        client().pollForApproval(EMAIL, "ID", { interval: 3, timeout: 10, onProgress: (it) => seen.push(it) }),
      );
      return seen;
    });
    const line = (attempt, secondsLeft, secondsToNextPoll) => ({ attempt, secondsLeft, secondsToNextPoll });
    assert.deepEqual(told, [line(1, 10, 0), line(1, 10, 3), line(1, 9, 2), line(1, 8, 1), line(2, 7, 0)]);
  });

  test("may cancel, or throw, wherever it is called", async () => {
    const results = await play(async ({ client, finish, network, pending, EMAIL }) => {
      network.token = [pending];
      const seen = [];
      for (const where of ["onProgress", "logger", "throws"]) {
        const fail = () => {
          throw new Error("the page's own mistake");
        };
        const end = () => ciba.cancelApproval(EMAIL);
        const logger = { debug: where === "logger" ? end : fail, info: fail, warn: fail, error: fail };
        const ciba = client({ logger });
        const onProgress = where === "onProgress" ? end : fail;
        seen.push((await finish(ciba.pollForApproval(EMAIL, "ID", { timeout: 6, onProgress }))).result.status);
      }
      return seen;
    });
    assert.deepEqual(results, ["cancelled", "cancelled", "timeout"]);
  });

  test("is told what happens, and never a token, a code or a request's id", async () => {
    const lines = await play(async ({ client, finish, network, pending, approved, EMAIL }) => {
      const lines = [];
      const logger = Object.fromEntries(
        ["debug", "info", "warn", "error"].map((level) => [level, (...words) => lines.push([level, ...words])]),
      );
      const ciba = client({ logger });
      network.token = [pending, approved, { status: 400, json: { error: "REQUEST-ID is not 654321" } }];
      await finish(ciba.safeAuthenticate(EMAIL));
      await finish(ciba.safeAuthenticate(EMAIL));
      network.login = [
        { status: 401, json: { success: false, message: "Invalid TOTP code 654321" } },
        { json: { success: true, token: "SECRET-TOKEN" } },
      ];
      await finish(ciba.verifyTotp(EMAIL, "654321"));
      await finish(ciba.verifyTotp(EMAIL, "654321"));
      return lines;
    });
    const told = lines.map((words) => words.join(" ")).join("\n");
    assert.doesNotMatch(told, /SECRET|654321|REQUEST-ID/);
    for (const words of [
      "info Asking for the approval of ada@example.com",
      "info Push sent to ada@example.com",
      "debug Poll 2 for ada@example.com",
      "info Approved by ada@example.com",
      "info Verifying a TOTP code of ada@example.com",
      "error Failed for ada@example.com: invalid_code",
    ])
      assert.ok(told.includes(words), `${words}\n\n${told}`);
  });
});

describe("onEnd", () => {
  test("is called once for each call, with the cause that its result has, and nothing that is secret", async () => {
    const calls = await play(async ({ client, finish, network, pending, approved, EMAIL }) => {
      const calls = [];
      const ends = [];
      const ciba = client({
        onEnd(event) {
          ends.push({ ...event });
          throw new Error("the page's own mistake");
        },
      });
      const end = async (title, promise) => {
        const { result } = await finish(promise);
        calls.push({ title, result, ends: ends.splice(0) });
      };
      const error = (status, error) => ({ status, json: { success: false, error } });
      await end("initiated", ciba.initiateAppApproval(EMAIL));
      network.token = [pending, approved];
      await end("approved", ciba.pollForApproval(EMAIL, "REQUEST-ID"));
      for (const code of ["access_denied", "expired_token", "my_own_code", "REQUEST-ID is not 654321", "approved"]) {
        network.token = [error(400, code)];
        await end(code, ciba.safeAuthenticate(EMAIL));
        await end(code, ciba.pollForApproval(EMAIL, "REQUEST-ID"));
      }
      network.token = [pending];
      await end("timeout", ciba.safeAuthenticate(EMAIL, { timeout: 6 }));
      for (const answer of [
        error(404, "user_not_found"),
        error(404, "unknown_user_id"),
        { status: 503, json: {} },
        "cut",
      ]) {
        network.initiate = [answer];
        await end("no push", ciba.safeAuthenticate(EMAIL));
      }
      await end("nobody", ciba.authenticateWithRetry("", {}));
      network.login = [error(401, "invalid_code")];
      for (const _ of [1, 2, 3, 4]) await end("a code", ciba.verifyTotp("eve@example.com", "654321"));
      const controller = new AbortController();
      controller.abort();
      await end("cancelled", ciba.safeAuthenticate(EMAIL, { signal: controller.signal }));
      return calls;
    });
    for (const { title, result, ends } of calls) {
      assert.equal(ends.length, 1, title);
      const [{ method, code, duration, requests, ...rest }] = ends;
      if (title === "initiated") assert.deepEqual({ code, ...rest }, { code, cause: null, silent: false });
      else if (result) {
        const { cause, silent } = causeOf(result);
        // A server that calls its error "approved" is not believed, whatever follows from the contradiction.
        const expected = title === "approved" && result.error ? rest.cause : cause;
        assert.deepEqual(rest, { cause: expected, silent }, `${title}: ${JSON.stringify(result)}`);
      } else assert.equal(rest.cause, "invalid_argument");
      assert.ok(method && Number.isInteger(duration) && duration >= 0 && Number.isInteger(requests), title);
      assert.doesNotMatch(JSON.stringify(ends), /SECRET|654321|REQUEST-ID|@example/);
    }
    const [, approved, denied] = calls;
    assert.deepEqual(approved.ends, [
      { method: "pollForApproval", code: "approved", cause: "approved", silent: false, duration: 5000, requests: 2 },
    ]);
    assert.deepEqual([denied.ends[0].code, denied.ends[0].requests], ["access_denied", 2]);
    const codes = calls.filter(({ title }) => title === "a code").map(({ ends }) => ends[0].cause);
    assert.deepEqual(codes, ["invalid_code", "invalid_code", "too_many_retries", "too_many_retries"]);
  });
});

describe("arguments", () => {
  test("that are invalid have a documented error and a message that names them, and nothing is sent", async () => {
    const { results, sent } = await play(async ({ client, finish, requests, EMAIL }) => {
      const ciba = client();
      const results = [];
      for (const [method, ...given] of [
        ["initiateAppApproval", ""],
        ["initiateAppApproval", undefined],
        ["initiateAppApproval", EMAIL, { bindingMessage: 5 }],
        ["initiateAppApproval", EMAIL, "a text"],
        ["pollForApproval", "", "ID"],
        ["pollForApproval", EMAIL, ""],
        ["pollForApproval", EMAIL, undefined],
        ["pollForApproval", EMAIL, "ID", { interval: 0 }],
        ["pollForApproval", EMAIL, "ID", { interval: -1 }],
        ["pollForApproval", EMAIL, "ID", { interval: Number.NaN }],
        ["pollForApproval", EMAIL, "ID", { interval: "5" }],
        ["pollForApproval", EMAIL, "ID", { timeout: -1 }],
        ["pollForApproval", EMAIL, "ID", { signal: {} }],
        ["pollForApproval", EMAIL, "ID", { onProgress: {} }],
        ["safeAuthenticate", ""],
        ["authenticateWithRetry", ""],
        ["authenticateWithRetry", EMAIL, { maxRetries: 0 }],
        ["authenticateWithFallback", "", { promptForCode: () => "123456" }],
        ["authenticateWithFallback", EMAIL],
        ["authenticateWithFallback", EMAIL, { promptForCode: "123456" }],
        ["verifyTotp", "", "123456"],
        ["verifyTotp", EMAIL, "12345"],
        ["verifyTotp", EMAIL, "1234567"],
        ["verifyTotp", EMAIL, "12345a"],
        ["verifyTotp", EMAIL, "123.456"],
        ["verifyTotp", EMAIL, "١٢٣٤٥٦"],
        ["verifyTotp", EMAIL, 123456],
        ["verifyTotp", EMAIL, undefined],
      ])
        results.push([method, (await finish(ciba[method](...given))).result]);
      return { results, sent: requests.length };
    });
    assert.equal(sent, 0);
    const invalid = { success: false, error: "invalid_argument" };
    const expected = {
      initiateAppApproval: [invalid],
      pollForApproval: [{ status: "error", error: "invalid_argument" }],
      safeAuthenticate: [invalid],
      authenticateWithRetry: [null],
      authenticateWithFallback: [null],
      verifyTotp: [
        { ...invalid, remaining: 3 },
        { success: false, error: "invalid_code", remaining: 3 },
      ],
    };
    for (const [method, result] of results) {
      const { message, ...rest } = result ?? {};
      assert.ok(
        expected[method].some((one) => JSON.stringify(one ?? {}) === JSON.stringify(rest)),
        `${method}: ${JSON.stringify(result)}`,
      );
      if (rest.error === "invalid_argument") assert.match(message, /^(email|authReqId|options(\.\w+)?) must be /);
    }
  });

  test("a signal that is aborted already sends nothing", async () => {
    const { results, sent } = await play(async ({ client, finish, requests, EMAIL }) => {
      const ciba = client();
      const signal = AbortSignal.abort();
      const results = [];
      for (const promise of [
        ciba.pollForApproval(EMAIL, "ID", { signal }),
        ciba.safeAuthenticate(EMAIL, { signal }),
        ciba.authenticateWithRetry(EMAIL, { signal }),
        ciba.authenticateWithFallback(EMAIL, { signal, promptForCode: () => "123456" }),
      ])
        results.push((await finish(promise)).result);
      return { results, sent: requests.length };
    });
    assert.deepEqual(results, [{ status: "cancelled" }, { success: false, error: "cancelled" }, null, null]);
    assert.equal(sent, 0);
  });

  test("methods work on a client that a proxy wraps, as frameworks do", async () => {
    const { result } = await play(async ({ client, finish, EMAIL }) => {
      // As Vue's reactive(): what is read is wrapped too, if it is an object.
      const wrap = (value) =>
        new Proxy(value, {
          get: (...read) => {
            const member = Reflect.get(...read);
            return typeof member === "object" && member ? wrap(member) : member;
          },
        });
      return finish(wrap(client()).initiateAppApproval(EMAIL));
    });
    assert.equal(result.auth_req_id, "REQUEST-ID");
  });
});

describe("the patterns", () => {
  test("authenticateWithRetry waits 2 and 4 seconds after faults, then gives up", async () => {
    const { result, requests } = await play(async ({ client, finish, network, EMAIL }) => {
      network.initiate = ["cut"];
      return finish(client().authenticateWithRetry(EMAIL));
    });
    assert.equal(result, null);
    assert.deepEqual(
      requests.map(({ at }) => at),
      [0, 2, 6],
    );
  });

  test("authenticateWithRetry ends at once where another request cannot help", async () => {
    const counts = await play(async ({ client, finish, network, requests, EMAIL }) => {
      const counts = {};
      for (const error of [
        "user_not_found",
        "no_device_registered",
        "invalid_client",
        "invalid_scope",
        "tenant_not_found",
        "server_error",
        "temporarily_unavailable",
      ]) {
        requests.length = 0;
        network.initiate = [{ status: 400, json: { error } }];
        await finish(client().authenticateWithRetry(EMAIL));
        counts[error] = requests.length;
      }
      return counts;
    });
    assert.deepEqual(counts, {
      user_not_found: 1,
      no_device_registered: 1,
      invalid_client: 1,
      invalid_scope: 1,
      tenant_not_found: 1,
      server_error: 3,
      temporarily_unavailable: 3,
    });
  });

  test("authenticateWithRetry never asks a person again who rejected", async () => {
    const { result, requests } = await play(async ({ client, finish, network, EMAIL }) => {
      network.token = [{ status: 403, json: { error: "access_denied" } }];
      return finish(client().authenticateWithRetry(EMAIL));
    });
    assert.equal(result, null);
    assert.equal(requests.length, 2);
  });

  test("a cancel ends authenticateWithRetry in its wait", async () => {
    const { result, at, requests } = await play(async ({ client, pass, finish, network, EMAIL }) => {
      network.initiate = ["cut"];
      const ciba = client();
      const token = ciba.authenticateWithRetry(EMAIL);
      await pass(1);
      ciba.cancelApproval(EMAIL);
      return finish(token);
    });
    assert.equal(result, null);
    assert.equal(at, 1);
    assert.equal(requests.length, 1);
  });

  test("authenticateWithFallback says why it asks for a code, after 30 seconds", async () => {
    const { result, at, why } = await play(async ({ client, finish, network, pending, seconds, EMAIL }) => {
      network.token = [pending];
      network.login = [{ json: { success: true, token: "T" } }];
      const why = [];
      const token = client().authenticateWithFallback(EMAIL, {
        promptForCode: async (code) => {
          why.push(code, seconds());
          return "123456";
        },
      });
      return { ...(await finish(token)), why };
    });
    assert.equal(result, "T");
    assert.deepEqual(why, ["timeout", 30]);
    assert.equal(at, 30);
  });

  test("a prompt that throws, gives nothing or is cancelled ends authenticateWithFallback with null", async () => {
    const results = await play(async ({ client, pass, finish, network, EMAIL }) => {
      network.initiate = [{ status: 400, json: { error: "no_device" } }];
      const results = [];
      for (const promptForCode of [
        () => {
          throw new Error("the page's own mistake");
        },
        () => Promise.reject(new Error("closed")),
        () => null,
        () => "",
        () => 123456,
      ])
        results.push((await finish(client().authenticateWithFallback(EMAIL, { promptForCode }))).result);
      const ciba = client();
      const token = ciba.authenticateWithFallback(EMAIL, { promptForCode: () => new Promise(() => {}) });
      await pass(1);
      ciba.cancelApproval(EMAIL);
      results.push((await finish(token)).result);
      return results;
    });
    assert.deepEqual(results, [null, null, null, null, null, null]);
  });
});

describe("without the module", () => {
  test("a policy that forbids WebAssembly is a documented error of each method", async (t) => {
    const forbidden = await openStage(browser(), { policy: "script-src 'self'" });
    t.after(() => forbidden.close());
    const results = await forbidden.play(async ({ client, finish, EMAIL }) => {
      const told = [];
      const ciba = client({ logger: { error: (text) => told.push(text) } });
      const results = [ciba.cancelApproval(EMAIL)];
      for (const promise of [
        ciba.initiateAppApproval(EMAIL),
        ciba.pollForApproval(EMAIL, "ID"),
        ciba.verifyTotp(EMAIL, "123456"),
        ciba.authenticateWithRetry(EMAIL),
      ])
        results.push((await finish(promise)).result);
      return { results, told };
    });
    assert.deepEqual(results.results, [
      { status: "cancelled" },
      { success: false, error: "module_not_loaded" },
      { status: "error", error: "module_not_loaded" },
      { success: false, error: "module_not_loaded", remaining: 3 },
      null,
    ]);
    assert.match(results.told[0], /wasm-unsafe-eval/);
  });

  test("under such a policy the fallback approves by push and by code, and is loaded once", async (t) => {
    const forbidden = await openStage(browser(), { policy: "script-src 'self'" });
    t.after(() => forbidden.close());
    const { loads, results } = await forbidden.play(async ({ client, finish, network, approved, EMAIL }) => {
      network.token = [approved];
      network.login = [{ json: { success: true, token: "CODE-TOKEN" } }];
      let loads = 0;
      // The time limit of loading is played, and the network is not.
      const loaded = await import("/ciba.fallback.js");
      const fallback = async () => {
        loads++;
        return loaded;
      };
      const ciba = client({ fallback });
      const results = [];
      for (const call of [() => ciba.safeAuthenticate(EMAIL), () => ciba.verifyTotp(EMAIL, "123456")])
        results.push((await finish(call())).result.success);
      return { loads, results };
    });
    assert.deepEqual(results, [true, true]);
    assert.equal(loads, 1);
  });

  test("a crash answers every call of its client, and the next call works", async (t) => {
    const crashing = await openStage(browser(), { version: "target/pkg-injection" });
    t.after(() => crashing.close());
    const results = await crashing.play(async ({ client, pass, finish, network, pending, EMAIL }) => {
      network.token = [pending];
      const ends = [];
      const ciba = client({ onEnd: ({ method, code, cause }) => ends.push([method, code, cause]) });
      const other = client();
      const bystander = other.pollForApproval(EMAIL, "ID", { timeout: 20 });
      const victim = ciba.pollForApproval(EMAIL, "ID");
      await pass(1);
      const results = [];
      // These make a module that was built with crashes on demand crash: in a later step, and at the beginning.
      network.initiate = [{ status: 599, json: {} }];
      results.push((await finish(ciba.initiateAppApproval("eve@example.com"))).result, (await finish(victim)).result);
      results.push((await finish(ciba.safeAuthenticate("eve@example.com", { maxRetries: -1 }))).result);
      network.initiate = [];
      results.push((await finish(ciba.initiateAppApproval(EMAIL))).result.auth_req_id);
      results.push((await finish(bystander)).result, ends);
      return results;
    });
    assert.deepEqual(results, [
      { success: false, error: "module_crashed" },
      { status: "error", error: "module_crashed" },
      { success: false, error: "module_crashed" },
      "REQUEST-ID",
      { status: "timeout" },
      [
        ["pollForApproval", "module_crashed", "crashed"],
        ["initiateAppApproval", "module_crashed", "crashed"],
        ["safeAuthenticate", "module_crashed", "crashed"],
        ["initiateAppApproval", "initiated", null],
      ],
    ]);
    assert.deepEqual(crashing.errors, []);
  });
});
