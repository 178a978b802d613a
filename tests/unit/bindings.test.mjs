// The store behind the bindings for React, Vue and Svelte: what a component shows, and what `run` resolves to.

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";

import { autofilling, ceremony, createBinding, pushing } from "../../js/bindings.js";
import { causeOf } from "../../js/cause.js";
import { createAutofill } from "../../js/create-autofill.js";
import { results } from "../../js/testing.js";

const turn = () => new Promise(setImmediate);

/** A promise, and what settles it. */
const deferred = () => {
  const own = {};
  own.promise = new Promise((resolve, reject) => Object.assign(own, { resolve, reject }));
  return own;
};

/** What a component would show at each change. */
const watch = (binding) => {
  const seen = [];
  binding.subscribe(() => seen.push(binding.get()));
  return seen;
};

const states = (seen) => seen.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1]);

/** A call like `authenticate`, which the test ends: `settle` after consent, an abort before it. */
const fakeCall = () => {
  const calls = [];
  const call = (transaction, settings) => {
    const own = { transaction, settings, ...deferred() };
    calls.push(own);
    settings.onProgress?.("prompting");
    settings.signal?.addEventListener("abort", () => own.isConfirmed || own.resolve(results.aborted()));
    own.confirm = () => {
      own.isConfirmed = true;
      settings.onProgress?.("finalizing");
    };
    return own.promise;
  };
  return { call, calls };
};

const approval = { statusToken: "status" };
const startAtOnce = async () => approval;

/** A binding of the fake call. `latest` is what the component passes. */
const makeCeremony = (start = startAtOnce, settings) => {
  const { call, calls } = fakeCall();
  const latest = { values: [start, settings] };
  const binding = createBinding(
    ceremony(call, () => latest.values),
    causeOf,
  );
  return { binding, calls, latest, seen: watch(binding) };
};

test("an untouched binding is idle, and so is what a server renders", () => {
  const { binding, seen } = makeCeremony();
  const { run, cancel, ...values } = binding.get();
  assert.deepEqual(values, {
    state: "idle",
    outcome: undefined,
    cause: undefined,
    problem: undefined,
    secondsLeft: undefined,
  });
  cancel();
  assert.deepEqual(seen, []);
  assert.equal(binding.get(), binding.get(), "React compares snapshots by identity");
});

describe("a ceremony", () => {
  test("shows each stage, and ends with the result, its cause and the transaction", async () => {
    const stages = [];
    const given = [];
    const start = async (...values) => {
      given.push(...values);
      return approval;
    };
    const { binding, calls, seen } = makeCeremony(start, { finalizeTimeout: 5, onProgress: (s) => stages.push(s) });
    const end = binding.run("zoe", 2);
    assert.equal(binding.get().state, "starting", "at once");
    assert.ok(given[0] instanceof AbortSignal);
    assert.deepEqual(given.slice(1), ["zoe", 2]);
    await turn();
    const [call] = calls;
    assert.equal(call.transaction, approval);
    assert.equal(call.settings.finalizeTimeout, 5);
    assert.equal(call.settings.signal, given[0]);
    call.confirm();
    call.settings.onProgress("recovering");
    const outcome = results.approved();
    call.resolve(outcome);
    assert.deepEqual(await end, { outcome, cause: "approved", problem: undefined, transaction: approval });
    assert.deepEqual(states(seen), ["starting", "prompting", "finalizing", "recovering", "done"]);
    assert.deepEqual(stages, ["prompting", "finalizing", "recovering"]);
    assert.equal(seen.at(-1).outcome, outcome);
    assert.equal(seen.at(-1).cause, "approved");
  });

  test("opens the prompt within the microtasks of `start`: no timer is in between", async () => {
    const { binding, calls } = makeCeremony();
    binding.run();
    for (let at = 0; at < 10; at++) await undefined;
    assert.equal(calls.length, 1);
  });

  test("has a problem if `start` throws, at once or later, and rejects nothing", async () => {
    for (const start of [
      () => {
        throw new RangeError("mine");
      },
      () => Promise.reject(new RangeError("mine")),
    ]) {
      const { binding, calls, seen } = makeCeremony(start);
      const { problem, ...others } = await binding.run();
      assert.ok(problem instanceof RangeError);
      assert.deepEqual(others, { outcome: undefined, cause: undefined, transaction: undefined });
      assert.deepEqual(states(seen), ["starting", "done"]);
      assert.equal(binding.get().problem, problem);
      assert.equal(calls.length, 0);
    }
  });

  test("is done, too, if `start` throws undefined", async () => {
    const { binding } = makeCeremony(() => Promise.reject());
    await binding.run();
    assert.equal(binding.get().state, "done");
  });

  test("uses what the component passed last", async () => {
    const { binding, calls, latest } = makeCeremony();
    const newer = { statusToken: "newer" };
    latest.values = [async () => newer, { finalizeTimeout: 7 }];
    binding.run();
    await turn();
    assert.equal(calls[0].transaction, newer);
    assert.equal(calls[0].settings.finalizeTimeout, 7);
  });

  test("cancelled while it starts, it is idle again, and no prompt opens later", async () => {
    const started = deferred();
    const { binding, calls, seen } = makeCeremony((signal) => {
      started.signal = signal;
      return started.promise;
    });
    const end = binding.run();
    binding.cancel();
    assert.ok(started.signal.aborted);
    assert.deepEqual(await end, { outcome: undefined, cause: undefined, problem: undefined, transaction: undefined });
    assert.deepEqual(states(seen), ["starting", "idle"]);
    started.resolve(approval);
    await turn();
    assert.equal(calls.length, 0);
    assert.equal(binding.get().state, "idle");
  });

  test("what a cancelled `start` throws is no problem, and is not unhandled", async (t) => {
    const unhandled = [];
    const listener = (reason) => unhandled.push(reason);
    process.on("unhandledRejection", listener);
    t.after(() => process.off("unhandledRejection", listener));
    const started = deferred();
    const { binding } = makeCeremony(() => started.promise);
    const end = binding.run();
    binding.cancel();
    started.reject(new DOMException("", "AbortError"));
    assert.equal((await end).problem, undefined);
    await turn();
    assert.equal(binding.get().state, "idle");
    assert.deepEqual(unhandled, []);
  });

  test("cancelled while it prompts, it ends with the cause aborted", async () => {
    const { binding } = makeCeremony();
    const end = binding.run();
    await turn();
    binding.cancel();
    assert.equal((await end).cause, "aborted");
    assert.equal(binding.get().state, "done");
    assert.equal(binding.get().cause, "aborted");
  });

  test("cancelled after consent, it goes on to its success", async () => {
    const { binding, calls } = makeCeremony();
    const end = binding.run();
    await turn();
    calls[0].confirm();
    binding.cancel();
    calls[0].resolve(results.approved());
    assert.equal((await end).outcome.success, true);
    assert.equal(binding.get().cause, "approved");
  });
});

describe("a new run", () => {
  test("clears what the one before has shown", async () => {
    const { binding, calls } = makeCeremony();
    const first = binding.run();
    await turn();
    calls[0].resolve(results.refused());
    await first;
    assert.equal(binding.get().cause, "refused");
    binding.run();
    assert.equal(binding.get().state, "starting");
    assert.equal(binding.get().outcome, undefined);
    assert.equal(binding.get().cause, undefined);
  });

  test("ends the prompt of the one before, whose result is not shown", async () => {
    const { binding, calls, seen } = makeCeremony();
    const first = binding.run();
    await turn();
    const second = binding.run();
    assert.equal((await first).cause, "aborted");
    await turn();
    assert.equal(binding.get().state, "prompting");
    calls[1].resolve(results.approved());
    await second;
    assert.ok(seen.every(({ cause }) => cause !== "aborted"));
  });

  test("does not lose a success of the one before: its promise has it, with its transaction", async () => {
    let count = 0;
    const { binding, calls } = makeCeremony(async () => ({ statusToken: `status-${++count}` }));
    const first = binding.run();
    await turn();
    calls[0].confirm();
    binding.run();
    await turn();
    const stage = binding.get();
    calls[0].settings.onProgress("recovering");
    calls[0].resolve(results.approved());
    const { outcome, transaction } = await first;
    assert.equal(outcome.success, true);
    assert.equal(transaction.statusToken, "status-1");
    assert.equal(binding.get(), stage, "nothing of it is shown");
  });
});

test("`run` and `cancel` stay the same, and a listener that was removed hears nothing", async () => {
  const { binding, calls } = makeCeremony();
  const heard = [];
  const remove = binding.subscribe(() => heard.push(0));
  const { run, cancel } = binding.get();
  const end = run();
  await turn();
  const before = heard.length;
  assert.ok(before > 0);
  remove();
  calls[0].resolve(results.approved());
  await end;
  assert.equal(heard.length, before);
  assert.equal(binding.get().run, run);
  assert.equal(binding.get().cancel, cancel);
});

test("without the component, `run` begins nothing, and resolves as after a `start` that was cancelled", async () => {
  const { binding, calls, seen } = makeCeremony(() => assert.fail("`start` is called"));
  binding.setGone(true);
  const end = await binding.run("zoe");
  assert.deepEqual(end, { outcome: undefined, cause: undefined, problem: undefined, transaction: undefined });
  assert.deepEqual(calls, []);
  assert.deepEqual(seen, []);
});

test("a component that comes back runs again", async () => {
  const { binding, calls } = makeCeremony();
  binding.setGone(true);
  binding.setGone(false);
  binding.run();
  await turn();
  assert.equal(calls.length, 1);
  binding.cancel();
});

describe("autofill", () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  beforeEach(() => {
    globalThis.document = Object.assign(new EventTarget(), { hidden: false });
    Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
    globalThis.addEventListener = () => {};
    globalThis.removeEventListener = () => {};
  });
  afterEach(async () => {
    await turn();
    delete globalThis.document;
    if (own) Object.defineProperty(globalThis, "navigator", own);
    else delete globalThis.navigator;
    delete globalThis.addEventListener;
    delete globalThis.removeEventListener;
  });

  const make = (t, start = startAtOnce, isSupported = true) => {
    const { call, calls } = fakeCall();
    const functions = { authenticate: call, support: async () => ({ autofill: isSupported }) };
    const binding = createBinding(
      autofilling(createAutofill, functions, causeOf, () => [start, undefined]),
      causeOf,
    );
    t.after(binding.cancel);
    return { binding, calls, seen: watch(binding) };
  };
  /** Until the store is so, by the real clock: autofill looks at it each second. */
  const until = async (isSo) => {
    const limit = Date.now() + 10_000;
    while (!isSo()) {
      assert.ok(Date.now() < limit, "in vain");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  test("waits for a pick, and ends with the result and the approval that it is of", async (t) => {
    const given = [];
    const { binding, calls, seen } = make(t, async (...values) => {
      given.push(values);
      return approval;
    });
    const end = binding.run("shop");
    await until(() => calls.length === 1);
    assert.ok(given[0][0] instanceof AbortSignal);
    assert.equal(given[0][1], "shop");
    assert.equal(calls[0].settings.mediation, "conditional");
    calls[0].confirm();
    calls[0].resolve(results.approved());
    const { outcome, transaction } = await end;
    assert.equal(outcome.success, true);
    assert.equal(transaction, approval);
    assert.equal(binding.get().state, "done");
    assert.deepEqual(states(seen).slice(-4), ["prompting", "finalizing", "idle", "done"]);
  });

  test("shows a refusal while it goes on, until the next pick", async (t) => {
    const { binding, calls } = make(t);
    const end = binding.run();
    await until(() => calls.length === 1);
    calls[0].confirm();
    calls[0].resolve(results.refused());
    await until(() => binding.get().cause === "refused");
    await until(() => calls.length === 2);
    assert.equal(binding.get().state, "prompting");
    assert.equal(binding.get().cause, "refused");
    calls[1].confirm();
    assert.equal(binding.get().cause, undefined);
    calls[1].resolve(results.approved());
    assert.equal((await end).cause, "approved");
  });

  test("shows a problem of `start` until the next try", async (t) => {
    let count = 0;
    const { binding, calls } = make(t, async () => {
      if (!count++) throw new RangeError("mine");
      return approval;
    });
    binding.run();
    await until(() => binding.get().problem instanceof RangeError);
    await until(() => calls.length === 1);
    assert.equal(binding.get().problem, undefined);
  });

  test("cancelled before a pick, it ends, and starts no other", async (t) => {
    const { binding, calls } = make(t);
    const end = binding.run();
    await until(() => calls.length === 1);
    binding.cancel();
    assert.equal((await end).outcome.success, false);
    assert.equal(binding.get().cause, "aborted");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(calls.length, 1);
  });

  for (const [name, result] of [
    ["a success", results.approved()],
    ["a failure", results.outcomeUnknown()],
  ])
    test(`cancelled after a pick, it resolves to its result: ${name}`, async (t) => {
      const { binding, calls } = make(t);
      const end = binding.run();
      await until(() => calls.length === 1);
      calls[0].confirm();
      binding.cancel();
      await turn();
      calls[0].resolve(result);
      assert.equal((await end).outcome, result);
      assert.equal((await end).transaction, approval);
    });

  test("begins, is cancelled and begins again, as StrictMode has it", async (t) => {
    const { binding, calls } = make(t);
    const first = binding.run();
    binding.cancel();
    const second = binding.run();
    assert.equal((await first).outcome, undefined);
    await until(() => calls.length === 1);
    calls[0].confirm();
    calls[0].resolve(results.approved());
    assert.equal((await second).cause, "approved");
  });

  test("is idle in a browser without it", async (t) => {
    const { binding } = make(t, startAtOnce, false);
    binding.run();
    await turn();
    assert.equal(binding.get().state, "idle");
  });
});

describe("a push", () => {
  const failure = (error) => ({ success: false, error });
  const make = () => {
    const calls = [];
    const client = {
      safeAuthenticate: (email, options) => {
        const call = { email, options, ...deferred() };
        options.signal.addEventListener("abort", () => call.resolve(failure("cancelled")));
        calls.push(call);
        return call.promise;
      },
    };
    const binding = createBinding(
      pushing(() => [client]),
      causeOf,
    );
    return { binding, calls, seen: watch(binding) };
  };

  test("counts down while it waits, and ends with the result and its cause", async () => {
    const { binding, calls, seen } = make();
    const counts = [];
    const end = binding.run("user@example.com", {
      timeout: 120,
      onProgress: ({ secondsLeft }) => counts.push(secondsLeft),
    });
    const [{ email, options, resolve }] = calls;
    assert.equal(email, "user@example.com");
    assert.equal(options.timeout, 120);
    for (const secondsLeft of [120, 119]) {
      options.onProgress({ attempt: 1, secondsLeft, secondsToNextPoll: 1 });
      assert.equal(binding.get().secondsLeft, secondsLeft);
    }
    resolve(failure("access_denied"));
    assert.equal((await end).cause, "access_denied");
    assert.deepEqual(states(seen), ["starting", "prompting", "done"]);
    assert.equal(binding.get().secondsLeft, undefined);
    assert.deepEqual(counts, [120, 119]);
  });

  test("ends when it is cancelled", async () => {
    const { binding } = make();
    const end = binding.run("user@example.com");
    binding.cancel();
    assert.equal((await end).outcome.error, "cancelled");
    assert.equal(binding.get().state, "done");
  });
});
