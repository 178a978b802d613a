// js/trace.js: what `onProgress`, `onEnd` and `debug` are told of a call.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { createCall, finish } from "../../js/call.js";
import { createTrace } from "../../js/trace.js";

const { now } = performance;
const { log } = console;
let clock, lines;

beforeEach(() => {
  clock = 1000;
  lines = [];
  performance.now = () => clock;
  console.log = (line) => lines.push(line);
});
afterEach(() => {
  performance.now = now;
  console.log = log;
});

const FAILED = { success: false, code: { statusCode: "error-0002" }, message: "why" };
const SUCCEEDED = { success: true, code: { statusCode: "success-registration" }, token: "SECRET" };

/** The events of a call that takes these steps, 10 ms each. */
const play = (steps, [result, cause] = [FAILED, "outcomeUnknown"], settings = {}) => {
  const events = [];
  const stages = [];
  const trace = createTrace("authenticate", result === SUCCEEDED, {
    onEnd: (event) => events.push(event),
    onProgress: (stage) => stages.push(stage),
    ...settings,
  });
  for (const [name, detail] of steps) {
    trace.step(name, detail);
    clock += 10;
  }
  trace.end(result, cause);
  return { events, stages };
};

const RECOVERED = [
  ["prompting"],
  ["finalizing"],
  ["sending", "https://cloud.example/_app/assertion/result"],
  ["received", "HTTP 503"],
  ["querying", "https://cloud.example/api/v1/status"],
  ["received", "pending"],
  ["waiting", "250"],
  ["sending", "https://cloud.example/_app/assertion/result"],
  ["received", "HTTP 503"],
  ["querying", "https://cloud.example/api/v1/status"],
];

test("the event has how long each stage took, and what was sent", () => {
  const { events, stages } = play(RECOVERED, [SUCCEEDED, "registered"]);
  assert.deepEqual(stages, ["prompting", "finalizing", "recovering"]);
  assert.deepEqual(events, [
    {
      call: "authenticate",
      ceremony: "registration",
      code: "success-registration",
      cause: "registered",
      silent: false,
      prompt: 10,
      finalization: 30,
      recovery: 60,
      sends: 2,
      queries: 2,
      recovered: true,
    },
  ]);
});

test("a call without a step has an event, too", () => {
  const [event] = play([], [{ success: false, code: { statusCode: "error-0001" } }, "dismissed"]).events;
  assert.deepEqual([event.prompt, event.sends, event.silent, event.recovered], [0, 0, true, false]);
});

test("only debug: true writes to the console: the steps with their times, and no token", () => {
  play(RECOVERED, [SUCCEEDED, "registered"]);
  for (const debug of [false, undefined, 1, "true"]) play(RECOVERED, [SUCCEEDED, "registered"], { debug });
  assert.deepEqual(lines, []);
  play(RECOVERED, [SUCCEEDED, "registered"], { debug: true });
  const texts = lines.map((line) => line.replace(/^\[webauthn-result\] authenticate \d+, /, ""));
  assert.deepEqual(texts, [
    "0 ms: prompting",
    "10 ms: finalizing",
    "20 ms: sending https://cloud.example/_app/assertion/result",
    "30 ms: received HTTP 503",
    "40 ms: recovering",
    "40 ms: querying https://cloud.example/api/v1/status",
    "50 ms: received pending",
    "60 ms: waiting 250",
    "70 ms: sending https://cloud.example/_app/assertion/result",
    "80 ms: received HTTP 503",
    "90 ms: querying https://cloud.example/api/v1/status",
    "100 ms: ended with success-registration, registered",
  ]);
  lines = [];
  play([], [FAILED, "outcomeUnknown"], { debug: true });
  assert.match(lines[0], /: ended with error-0002, outcomeUnknown: why$/);
});

test("whatever the page passes or broke, a call goes on", () => {
  const thrower = () => {
    throw new Error("page");
  };
  for (const settings of [undefined, null, "text", { onEnd: 1 }, { onEnd: thrower, onProgress: thrower }])
    play(RECOVERED, undefined, settings);
  createTrace("outcome", false, {
    get onEnd() {
      return thrower();
    },
  }).end(FAILED, "refused");
  for (const broken of [thrower, () => NaN, () => undefined, () => "now", () => Infinity, () => 10n, () => ({})]) {
    performance.now = broken;
    const [event] = play(RECOVERED).events;
    assert.deepEqual([event.prompt, event.finalization, event.recovery], [0, 0, 0]);
  }
  const { round } = Math;
  const { includes } = String.prototype;
  Math.round = String.prototype.includes = thrower;
  try {
    assert.equal(play(RECOVERED).events.length, 1);
  } finally {
    Math.round = round;
    String.prototype.includes = includes;
  }
  console.log = thrower;
  play(RECOVERED, undefined, { debug: true });
  const { console: own } = globalThis;
  for (const broken of [undefined, null]) {
    globalThis.console = broken;
    try {
      play(RECOVERED, undefined, { debug: true });
    } finally {
      globalThis.console = own;
    }
  }
});

test("what the page added to Object.prototype is no step, and is not read", () => {
  for (const name of ["waiting", "received", "querying", "sending", "prompting", "message"])
    for (const descriptor of [{ get: () => assert.fail(name) }, { value: "sends", writable: true }]) {
      Object.defineProperty(Object.prototype, name, { configurable: true, ...descriptor });
      try {
        const steps = [...RECOVERED, ["waiting", "250"]];
        const { events, stages } = play(steps, [SUCCEEDED, "registered"], { debug: true });
        assert.deepEqual(stages, ["prompting", "finalizing", "recovering"], name);
        const [{ sends, queries, ...event }] = events;
        assert.deepEqual([events.length, sends, queries, Object.keys(event).length], [1, 2, 2, 9], name);
      } finally {
        delete Object.prototype[name];
      }
    }
});

test("a call ends once", async () => {
  const ends = [];
  const call = createCall("authenticate", false, { onEnd: ({ code }) => ends.push(code) });
  finish(call, [false, "error-0002", "text", "why", "refused"]);
  finish(call, [false, "error-0099", "text", "why", "crashed"]);
  assert.deepEqual(ends, ["error-0002"]);
  assert.equal((await call.promise).code.statusCode, "error-0002");
});
