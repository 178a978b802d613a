// Autofill: when it starts a request, renews it, gives way, pauses and ends. With a fake clock; the prompts are those of
// js/host.js, and the browser's part is played.

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";

import { consequenceOf, LONGEST_PAUSE, pauseAfter, renewalTime } from "../../js/autofill-plan.js";
import { CAUSES } from "../../js/cause-tables.js";

// ---- The page ----

/** What listens on the global object, which is no EventTarget in Node. */
const globals = new EventTarget();
const { addEventListener, removeEventListener } = EventTarget.prototype;
/** The types of the listeners on the document and the global object. */
const listening = new Set();
EventTarget.prototype.addEventListener = function (...values) {
  if (!(this instanceof AbortSignal)) listening.add(values[0]);
  return Reflect.apply(addEventListener, this === globalThis ? globals : this, values);
};
EventTarget.prototype.removeEventListener = function (...values) {
  listening.delete(values[0]);
  return Reflect.apply(removeEventListener, this === globalThis ? globals : this, values);
};
const [{ cancel, claimPrompt }, { getShared, withCause }, { createAutofill }] = await Promise.all(
  ["host", "shared", "create-autofill"].map((name) => import(`../../js/${name}.js`)),
);
Object.assign(EventTarget.prototype, { addEventListener, removeEventListener });

/** The time, in milliseconds. */
let now;
/** The open request: `settle(cause)` ends it. */
let open;
/** All calls of `authenticate`, by their approvals. */
let calls;
let handles;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  now = 1_750_000_000_000;
  mock.method(Date, "now", () => now);
  mock.method(Math, "random", () => 0);
  globalThis.document = Object.assign(new EventTarget(), { hidden: false });
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true, writable: true });
  open = undefined;
  calls = [];
  handles = [];
});

afterEach(async () => {
  for (const { stop } of handles) stop();
  cancel();
  await turn();
  mock.restoreAll();
  mock.timers.reset();
  delete globalThis.document;
});

const turn = () => new Promise(setImmediate);

/** Lets time pass, in steps that are shorter than any timer. */
const pass = async (ms) => {
  await turn();
  for (let left = ms; left > 0; left -= 250) {
    now += Math.min(left, 250);
    mock.timers.tick(Math.min(left, 250));
    await turn();
  }
};

/** The computer sleeps: the clock goes on, timers do not. */
const sleep = (ms) => {
  now += ms;
};

const setHidden = async (hidden) => {
  document.hidden = hidden;
  document.dispatchEvent(new Event("visibilitychange"));
  await turn();
};

const setOnline = async (isOnline) => {
  navigator.onLine = isOnline;
  globals.dispatchEvent(new Event(isOnline ? "online" : "offline"));
  await turn();
};

const CODES = {
  approved: "success-authentication",
  refused: "error-0002",
  outcomeUnknown: "error-0002",
  invalidOptions: "error-0000",
  invalidSettings: "error-0099",
  notLoaded: "error-0099",
  noWebAuthn: "error-0005",
};

const resultOf = (cause) =>
  withCause(
    {
      success: cause === "approved",
      code: { statusCode: CODES[cause] ?? "error-0001", message: "" },
      ...(cause === "approved" ? { token: "token" } : { message: cause }),
    },
    cause,
  );

/** As the module does it: one prompt at a time, which a signal or a newer prompt ends. */
const authenticate = async (approval, { signal, mediation } = {}) => {
  calls.push({ approval, mediation });
  let deadline;
  try {
    deadline = claimPrompt(0, signal);
  } catch {
    return resultOf("aborted");
  }
  const prompt = {};
  const settled = new Promise((resolve) => {
    prompt.settle = async (cause) => {
      resolve(cause);
      await turn();
      await turn();
    };
  });
  assert.equal(open && mediation && open.mediation, undefined, "two requests of autofill at once");
  open = { ...prompt, mediation };
  const mine = open;
  try {
    const { value } = await deadline.until(settled);
    deadline.close();
    if (open === mine) open = undefined;
    if (value !== "finalizing") return resultOf(value);
    return resultOf(
      await new Promise((resolve) => {
        open = { settle: (cause) => resolve(cause) };
      }),
    );
  } catch {
    if (open === mine) open = undefined;
    deadline.close();
    return resultOf(deadline.ended);
  }
};

const toPart = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const tokenOf = (claims) => `${toPart({ alg: "ES256" })}.${toPart(claims)}.c2lnbmF0dXJl`;

/** Of a transaction that lives for 100 seconds. */
const approvalOf = (id = 1) => ({ id, statusToken: tokenOf({ iat: 1_000_000, exp: 1_000_100 }) });

/** Starts it, and records what it calls. */
const begin = async ({ startApproval, support = async () => ({ autofill: true }), ...more } = {}) => {
  const seen = { approvals: [], results: [], errors: [] };
  const start = (signal) => {
    seen.approvals.push(signal);
    return startApproval ? startApproval(seen.approvals.length, signal) : Promise.resolve(approvalOf());
  };
  const handle = createAutofill({ authenticate, support })(
    start,
    {
      onResult: (result) => seen.results.push(result.message ?? result.token),
      onError: (error) => seen.errors.push(error),
      ...more,
    },
    { baseUrl: "https://cloud.example" },
  );
  handles.push(handle);
  await turn();
  return { ...seen, handle };
};

// ---- The tests ----

describe("the time of renewal", () => {
  const of = (claims) => renewalTime({ statusToken: tokenOf(claims) });
  beforeEach(() => {
    now = 2_000_000_000;
  });

  test("is after 80 % of the lifetime that the statusToken says, whatever this computer's clock says", () => {
    assert.equal(of({ iat: 50, exp: 350 }), 240_000);
    assert.equal(of({ iat: 9_000_000_000, exp: 9_000_000_100 }), 80_000);
  });

  test("is by the clock, if the token does not say when it was issued", () => {
    assert.equal(of({ exp: 2_000_000 + 100 }), 80_000);
  });

  test("is after 80 % of the timeout of the options, if that is shorter", () => {
    const statusToken = tokenOf({ iat: 50, exp: 350 });
    const of = (timeout) => renewalTime({ statusToken, credentialRequestOptions: { timeout } });
    assert.equal(of(60_000), 48_000);
    assert.equal(of(600_000), 240_000);
    for (const timeout of [0, -1, null, undefined, "soon", {}]) assert.equal(of(timeout), 240_000);
    assert.equal(renewalTime({ statusToken: "opaque", credentialRequestOptions: { timeout: 60_000 } }), 48_000);
  });

  test("is after 192 seconds, if neither can be read or the token has expired already", () => {
    for (const approval of [
      undefined,
      null,
      {},
      { statusToken: 7 },
      { statusToken: "opaque" },
      { statusToken: "a.b.c" },
      { statusToken: tokenOf({}) },
      { statusToken: tokenOf(null) },
      { statusToken: tokenOf({ exp: "soon" }) },
      { statusToken: tokenOf({ exp: 1 }) },
      { statusToken: tokenOf({ iat: 20, exp: 10 }) },
      {
        get statusToken() {
          throw new Error("unreadable");
        },
      },
    ])
      assert.equal(renewalTime(approval), 192_000);
  });

  test("is between 10 seconds and a day", () => {
    assert.equal(of({ iat: 1, exp: 2 }), 10_000);
    assert.equal(of({ iat: 1, exp: 1e9 }), 86_400_000);
  });

  test("reads claims that are not ASCII, and any base64url", () => {
    for (const name of ["Zoë", "?>?>", "~~~", "日本"]) assert.equal(of({ name, iat: 1, exp: 101 }), 80_000);
  });
});

test("a pause doubles with each failure, up to five minutes, and half of it more at random", () => {
  assert.deepEqual([0, 1, 2, 8, 9, 60, 2000].map(pauseAfter), [1e3, 2e3, 4e3, 256e3, 3e5, 3e5, LONGEST_PAUSE]);
  mock.method(Math, "random", () => 0.5);
  assert.equal(pauseAfter(0), 1250);
  // Without a random number it is long, and not none at all.
  mock.method(Math, "random", () => undefined);
  assert.equal(pauseAfter(0), LONGEST_PAUSE);
});

describe("the consequence of a result", () => {
  const of = (statusCode, cause) => consequenceOf({ success: false, code: { statusCode } }, cause);

  test("follows from the code and the cause", () => {
    assert.equal(consequenceOf({ success: true, code: { statusCode: "success-authentication" } }), "succeeded");
    for (const cause of ["refused", "unreachable", "outcomeUnknown", "pending"])
      assert.equal(of("error-0002", cause), "rejected");
    // The module crashed after the user had consented.
    for (const cause of ["refused", "outcomeUnknown"]) assert.equal(of("error-0099", cause), "rejected");
    for (const [code, cause] of [
      ["error-0000", "invalidOptions"],
      ["error-0001", "invalidOptions"],
      ["error-0001", "wrongDomain"],
      ["error-0001", "unsuitableDevice"],
      ["error-0003", "invalidOptions"],
      ["error-0004", "invalidOptions"],
      ["error-0005", "noWebAuthn"],
      ["error-0005", "policyForbids"],
      ["error-0005", "insecureContext"],
      ["error-0099", "invalidSettings"],
    ])
      assert.equal(of(code, cause), "failed", cause);
    for (const cause of ["dismissed", "tookTooLong", "requestPending", "noCredential", "unknown", undefined])
      assert.equal(of("error-0001", cause), "retry");
    for (const cause of ["crashed", "notLoaded"]) assert.equal(of("error-0099", cause), "retry");
    for (const cause of ["superseded", "aborted"]) assert.equal(of("error-0001", cause), cause);
  });

  test("of a failure is final for no cause after which the same call can succeed, except for another device", () => {
    const final = Object.entries(CAUSES).flatMap(([next, names]) =>
      names
        .split(" ")
        .filter((cause) => of("error-0001", cause) === "failed")
        .map((cause) => [cause, next]),
    );
    for (const [cause, next] of final)
      assert.ok(next === "fixCode" || cause === "unsuitableDevice" || next === "retry", `${cause}: ${next}`);
    assert.deepEqual(
      final.filter(([, next]) => next === "retry").map(([cause]) => cause),
      ["invalid_code"],
      "which authenticate does not have",
    );
  });
});

describe("autofill", () => {
  test("keeps one request open, and ends with the success that the page gets", async () => {
    const { approvals, results, errors } = await begin();
    await pass(5_000);
    assert.deepEqual(
      calls.map(({ mediation }) => mediation),
      ["conditional"],
    );
    await open.settle("approved");
    assert.deepEqual(results, ["token"]);
    await pass(600_000);
    assert.equal(approvals.length, 1);
    assert.deepEqual([results.length, errors], [1, []]);
  });

  test("tells the page of its result, whatever the page has put in the place that copies share", async () => {
    const name = Symbol.for("webauthn-result.v1");
    const { [name]: own } = globalThis;
    try {
      for (const other of ["text", Object.freeze({ prompt: null }), { causes: {} }, { autofill: 1 }]) {
        globalThis[name] = other;
        const { results, handle } = await begin();
        await open.settle("approved");
        assert.deepEqual(results, ["token"], JSON.stringify(other));
        handle.stop();
      }
    } finally {
      globalThis[name] = own;
    }
  });

  test("renews the request after 80 % of the transaction's lifetime, as often as needed", async () => {
    const { approvals, results } = await begin();
    await pass(79_000);
    assert.equal(calls.length, 1);
    await pass(2_000);
    assert.equal(calls.length, 2);
    await pass(81_000);
    assert.equal(calls.length, 3);
    assert.equal(approvals.length, 3);
    await open.settle("approved");
    assert.deepEqual(results, ["token"]);
  });

  test("renews within two seconds of waking up, and at once where the browser says that the page has the focus", async () => {
    await begin();
    await pass(1_000);
    sleep(8 * 3600_000);
    await pass(2_000);
    assert.equal(calls.length, 2);
    sleep(8 * 3600_000);
    globals.dispatchEvent(new Event("focus"));
    await turn();
    assert.equal(calls.length, 3);
  });

  test("renews in time although the clock is set back", async () => {
    await begin();
    sleep(-3600_000);
    await pass(78_000);
    assert.equal(calls.length, 1);
    await pass(4_000);
    assert.equal(calls.length, 2);
  });

  for (const [title, clock] of [
    ["returns NaN", () => Number.NaN],
    ["returns text", () => "today"],
    ["stands still", () => 1e12],
    ["goes back", () => (now -= 1e6)],
  ])
    test(`renews in time, and pauses after a failure, although Date.now ${title}`, async () => {
      mock.method(Date, "now", clock);
      await begin();
      await pass(78_000);
      assert.equal(calls.length, 1);
      await pass(4_000);
      assert.equal(calls.length, 2);
      for (const { stop } of handles) stop();

      let approvals = 0;
      await begin({
        startApproval: () => {
          approvals++;
          throw new Error("no approval");
        },
      });
      await pass(500);
      assert.equal(approvals, 1);
      // After a second, and after two more.
      await pass(3_500);
      assert.equal(approvals, 3);
    });

  test("starts nothing in a hidden page, and renews as soon as it is visible again", async () => {
    document.hidden = true;
    await begin();
    await pass(120_000);
    assert.equal(calls.length, 0);
    await setHidden(false);
    assert.equal(calls.length, 1);
    await setHidden(true);
    await pass(3600_000);
    assert.equal(calls.length, 1);
    await setHidden(false);
    await turn();
    assert.equal(calls.length, 2);
    await setHidden(true);
    await setHidden(false);
    await turn();
    assert.equal(calls.length, 2, "not before it is time");
  });

  describe("gives way to another call", () => {
    for (const cause of ["dismissed", "tookTooLong", "aborted", "refused", "unknown"])
      test(`and goes on after ${cause}`, async () => {
        const { results } = await begin();
        authenticate({}, {});
        await pass(300_000);
        assert.equal(calls.length, 2, "nothing while that one is prompting");
        await open.settle(cause);
        await pass(1_000);
        assert.equal(calls.length, 3);
        await open.settle("approved");
        assert.deepEqual(results, ["token"]);
      });

    test("and ends if that one succeeds, also where it takes long after consent", async () => {
      const { approvals, results } = await begin();
      authenticate({}, {});
      await open.settle("finalizing");
      await pass(20_000);
      assert.equal(calls.length, 2);
      await open.settle("approved");
      await pass(600_000);
      assert.equal(approvals.length, 1);
      assert.deepEqual(results, []);
    });

    test("and goes on if that one is replaced by a third, which is dismissed", async () => {
      await begin();
      authenticate({}, {});
      await turn();
      authenticate({}, {});
      await pass(10_000);
      assert.equal(calls.length, 3);
      await open.settle("dismissed");
      await pass(1_000);
      assert.equal(calls.length, 4);
    });

    test("and goes on if that one ends at once", async () => {
      await begin();
      claimPrompt(0).close();
      resultOf("dismissed");
      await pass(1_000);
      assert.equal(calls.length, 2);
    });

    test("and goes on after a minute if the copy that made that one does not say how it ended", async () => {
      await begin();
      const deadline = claimPrompt(0);
      await pass(90_000);
      assert.equal(calls.length, 1);
      deadline.close();
      await pass(50_000);
      assert.equal(calls.length, 1);
      await pass(12_000);
      assert.equal(calls.length, 2);
    });

    test("that is verifying when its approval could be started", async () => {
      const { approvals } = await begin({
        startApproval: async (count) => {
          if (count === 1) throw new Error("down");
          return approvalOf();
        },
      });
      authenticate({}, {});
      await pass(5_000);
      await open.settle("finalizing");
      await pass(20_000);
      assert.equal(approvals.length, 1);
      await open.settle("unreachable");
      await pass(1_000);
      assert.equal(approvals.length, 2);
    });

    test("that is prompting when its approval arrives", async () => {
      let arrive;
      const { approvals } = await begin({
        startApproval: (count) =>
          count > 1
            ? Promise.resolve(approvalOf())
            : new Promise((resolve) => {
                arrive = () => resolve(approvalOf());
              }),
      });
      authenticate({}, {});
      arrive();
      await pass(5_000);
      assert.deepEqual([approvals.length, calls.length], [1, 1]);
      await open.settle("dismissed");
      await pass(1_000);
      assert.deepEqual([approvals.length, calls.length], [2, 2]);
    });
  });

  describe("if startApproval fails", () => {
    test("reports each failure once and pauses twice as long each time", async () => {
      const times = [];
      const { errors, results } = await begin({
        async startApproval(count) {
          times.push(now);
          if (count < 4) throw new Error(`failure ${count}`);
          return approvalOf();
        },
      });
      await pass(20_000);
      const pauses = times.slice(1).map((time, at) => time - times[at]);
      assert.equal(pauses.length, 3);
      // It looks at the clock once a second.
      for (const [at, ms] of [1_000, 2_000, 4_000].entries())
        assert.ok(pauses[at] >= ms && pauses[at] < ms + 1_500, `${pauses}`);
      assert.deepEqual(
        errors.map(({ message }) => message),
        ["failure 1", "failure 2", "failure 3"],
      );
      await open.settle("approved");
      assert.deepEqual(results, ["token"]);
    });

    test("asks at most every five minutes in the end", async () => {
      const { approvals } = await begin({ startApproval: () => Promise.reject(new Error("down")) });
      await pass(3_600_000);
      const [hour] = [approvals.length];
      await pass(3_600_000);
      assert.ok(approvals.length - hour <= 12, `${approvals.length - hour} in the second hour`);
      assert.ok(approvals.length - hour >= 11);
    });

    test("goes on at once when the browser is online again", async () => {
      const { approvals } = await begin({ startApproval: () => Promise.reject(new Error("down")) });
      await pass(60_000);
      const before = approvals.length;
      await setOnline(true);
      assert.equal(approvals.length, before + 1);
    });

    test("because it throws or returns no promise, nothing breaks", async () => {
      const { errors } = await begin({
        startApproval() {
          throw "a string";
        },
      });
      assert.deepEqual(errors, ["a string"]);
    });

    test("because it never settles, it counts as failed after 30 seconds, and its signal is aborted", async () => {
      const { approvals, errors } = await begin({ startApproval: () => new Promise(() => {}) });
      await pass(29_000);
      assert.equal(errors.length, 0);
      await pass(2_000);
      assert.equal(errors[0].name, "TimeoutError");
      assert.equal(approvals[0].aborted, true);
      await pass(2_000);
      assert.equal(approvals.length, 2);
    });
  });

  test("uses an approval that arrives as the computer wakes up", async () => {
    let arrive;
    const { approvals } = await begin({
      startApproval: () =>
        new Promise((resolve) => {
          arrive = () => resolve(approvalOf());
        }),
    });
    await pass(1_000);
    sleep(3600_000);
    arrive();
    await turn();
    assert.deepEqual([approvals.length, approvals[0].aborted, calls.length], [1, false, 1]);
  });

  test("asks for nothing while the browser is offline", async () => {
    await setOnline(false);
    const { approvals } = await begin();
    await pass(60_000);
    assert.equal(approvals.length, 0);
    await setOnline(true);
    assert.equal(approvals.length, 1);
  });

  test("tells the page of a passkey that was refused, and goes on after a pause", async () => {
    const { approvals, results } = await begin();
    await open.settle("refused");
    assert.deepEqual(results, ["refused"]);
    assert.equal(approvals.length, 1);
    await pass(2_000);
    await open.settle("outcomeUnknown");
    assert.deepEqual(results, ["refused", "outcomeUnknown"]);
    await pass(3_000);
    await open.settle("approved");
    assert.deepEqual(results, ["refused", "outcomeUnknown", "token"]);
  });

  test("goes on silently after a prompt that was dismissed, with longer and longer pauses if that is at once", async () => {
    const { approvals, results } = await begin();
    for (let count = 0; count < 600; count++) {
      await open?.settle("dismissed");
      await pass(500);
    }
    assert.ok(approvals.length > 5 && approvals.length < 12, `${approvals.length} in five minutes`);
    assert.deepEqual(results, []);
  });

  test("pauses for a second after a prompt that was dismissed late, whatever happened before", async () => {
    const { approvals } = await begin();
    for (let count = 1; count < 9; count++) {
      await pass(20_000);
      await open.settle("dismissed");
      await pass(1_500);
      assert.equal(approvals.length, count + 1);
    }
  });

  for (const cause of ["invalidOptions", "invalidSettings", "noWebAuthn"])
    test(`ends with ${cause}, which the page gets`, async () => {
      const { approvals, results } = await begin();
      await open.settle(cause);
      await pass(600_000);
      assert.deepEqual(results, [cause]);
      assert.equal(approvals.length, 1);
    });

  test("goes on if the module could not be loaded", async () => {
    const { results } = await begin();
    await open.settle("notLoaded");
    await pass(2_000);
    await open.settle("approved");
    assert.deepEqual(results, ["token"]);
  });

  test("ends silently by cancel(), and where another call of the page succeeds", async () => {
    for (const end of [() => cancel(), () => resultOf("approved"), () => resultOf("registered")]) {
      const { approvals, results } = await begin();
      end();
      await pass(600_000);
      assert.deepEqual([approvals.length, results], [1, []]);
    }
  });

  test("does nothing where the browser does not support it, or does not say it", async () => {
    for (const support of [async () => ({ autofill: false }), () => Promise.reject(new Error("no"))]) {
      const { approvals, results, errors } = await begin({ support });
      await pass(60_000);
      assert.deepEqual([approvals, results, errors], [[], [], []]);
    }
  });
});

describe("stop()", () => {
  test("ends the request, and leaves no timer and no listener behind", async () => {
    const pending = new Set();
    const { setTimeout, clearTimeout } = globalThis;
    mock.method(globalThis, "setTimeout", (listener, ms) => {
      const timer = setTimeout(() => {
        pending.delete(timer);
        listener();
      }, ms);
      pending.add(timer);
      return timer;
    });
    mock.method(globalThis, "clearTimeout", (timer) => {
      pending.delete(timer);
      clearTimeout(timer);
    });
    const { handle, approvals, results } = await begin();
    assert.deepEqual([listening.size, pending.size], [3, 1]);
    handle.stop();
    handle.stop();
    await turn();
    assert.deepEqual([listening.size, pending.size], [0, 0]);
    assert.equal(getShared().autofill, undefined);
    assert.equal(open, undefined);
    assert.equal(approvals[0].aborted, true);
    await pass(600_000);
    assert.equal(approvals.length, 1);
    assert.deepEqual(results, []);
  });

  test("is heeded at every moment", async () => {
    for (const moment of ["at once", "while the approval is started", "in a pause"]) {
      const { handle, approvals, errors } = await begin({
        startApproval: (_, signal) =>
          moment === "in a pause"
            ? Promise.reject(new Error("down"))
            : new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
        support: async () => {
          if (moment === "at once") await pass(250);
          return { autofill: true };
        },
      });
      handle.stop();
      await pass(60_000);
      assert.equal(approvals.length, moment === "at once" ? 0 : 1, moment);
      assert.equal(errors.length, moment === "in a pause" ? 1 : 0, moment);
      assert.equal(calls.length, 0);
    }
  });

  test("and a start right after it, as of StrictMode in React, leave one request", async () => {
    const first = begin();
    handles[0].stop();
    const second = begin();
    const { approvals } = await second;
    await pass(10_000);
    assert.equal((await first).approvals.length, 0);
    assert.deepEqual([approvals.length, calls.length], [1, 1]);
  });

  test("does not keep the result of a passkey that was picked already from the page", async () => {
    const { handle, results } = await begin();
    await open.settle("finalizing");
    handle.stop();
    await open.settle("approved");
    await turn();
    assert.deepEqual(results, ["token"]);
  });

  test("is what `using` calls", { skip: !Symbol.dispose && "not in this version of Node" }, async () => {
    const { handle } = await begin();
    handle[Symbol.dispose]();
    await turn();
    assert.equal(open, undefined);
  });

  test("is what a second autofill of the page does to the first", async () => {
    const first = await begin();
    const second = await begin();
    await pass(200_000);
    assert.equal(first.approvals.length, 1);
    assert.ok(second.approvals.length > 2);
    first.handle.stop();
    assert.equal(typeof getShared().autofill, "function", "that of the second");
    await open.settle("approved");
    assert.deepEqual([first.results, second.results], [[], ["token"]]);
  });
});

test("what a handler throws is reported, and autofill goes on", async () => {
  const reported = [];
  globalThis.reportError = (error) => reported.push(error.message);
  const { approvals } = await begin({
    onResult() {
      throw new Error("the page's own mistake");
    },
  });
  await open.settle("refused");
  await pass(2_000);
  assert.deepEqual(reported, ["the page's own mistake"]);
  assert.equal(approvals.length, 2);
  delete globalThis.reportError;
});
