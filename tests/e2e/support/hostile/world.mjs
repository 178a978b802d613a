// Runs in the page: a simulated user, cloud and clock for a case, so that thousands of cases are fast.

import { nextTask } from "../in-page.mjs";
import { build } from "./build.mjs";

/** A thousand times as fast: five minutes take a third of a second. */
const FAST = 1000;
/** After the end of a world: the longest `finalizeTimeout`, 25 days, takes a few milliseconds. */
const RUSH = 1e9;

const { setTimeout: wait, clearTimeout: stop } = globalThis;

/** Resolves after so many milliseconds of the real clock. */
export const pass = (ms) => new Promise((resolve) => wait(resolve, ms));

const { now } = performance;
const timers = new Map();
let pace = 1;
let setAt = now.call(performance);
let timeThen = setAt;
let timerCount = 0;

const time = () => timeThen + (now.call(performance) - setAt) * pace;

const arm = (timer) => {
  timer.handle = wait(timer.ring, Math.max(0, timer.due - time()) / pace);
};

/** Changes the pace of the page's clock, also for the timers that are set. */
const setPace = (next) => {
  if (next === pace) return;
  timeThen = time();
  setAt = now.call(performance);
  pace = next;
  for (const timer of timers.values()) {
    stop(timer.handle);
    arm(timer);
  }
};

/** Replaces the page's clock by one of the world. */
export const hasten = () => {
  const today = Date.now();
  const start = time();
  globalThis.setTimeout = (act, ms = 0) => {
    const id = ++timerCount;
    const ring = () => {
      timers.delete(id);
      act();
    };
    const timer = { ring, due: time() + Math.max(ms, 0) };
    timers.set(id, timer);
    arm(timer);
    return id;
  };
  globalThis.clearTimeout = (id) => {
    stop(timers.get(id)?.handle);
    timers.delete(id);
  };
  performance.now = time;
  Date.now = () => Math.round(today + time() - start);
  setPace(FAST);
};

const TOKEN = "transaction-token";

const json = (body, status = 200) => new Response(JSON.stringify(body), { status });

/** Responses of a server, by a name that a failure can print. */
export const ANSWERS = {
  accepts: () => json({ status: "ok", errorMessage: "", token: TOKEN }),
  refuses: () => json({ status: "failed", errorMessage: "no", token: null }),
  "says succeeded": () => json({ status: "succeeded", token: TOKEN }),
  "says failed": () => json({ status: "failed", errorMessage: "no" }),
  "says pending": () => json({ status: "pending" }),
  "takes it up": () => json({ auth_req_id: "request-1", expires_in: 300, interval: 5 }),
  approves: () => json({ access_token: TOKEN, success: true }),
  "asks for patience": () => json({ error: "authorization_pending" }, 400),
  "asks for more patience": () => json({ error: "slow_down" }, 400),
  denies: () => json({ error: "access_denied" }, 403),
  expired: () => json({ error: "expired_token" }, 400),
  "wrong code": () => json({ success: false }, 401),
  "is too busy": () => new Response("", { status: 429 }),
  "is out of order": () => new Response("<!doctype html>", { status: 503 }),
  "says nothing": () => new Response("", { status: 200 }),
  "cuts the connection": () => Promise.reject(new TypeError("Failed to fetch")),
  "answers an opaque response": () => Response.error(),
};

/** Sets up a world; `person` and `cloud` may change with each case. */
export const createWorld = () => {
  const world = { person: "consents", cloud: ["accepts"], hasGivenToken: false };
  let open = [];

  /** A promise that settles when the world ends, or when its signal is aborted. */
  const never = (signal) =>
    new Promise((_, reject) => {
      const end = () => reject(signal?.reason ?? new DOMException("The world ends.", "AbortError"));
      open.push(end);
      if (signal?.aborted) end();
      else signal?.addEventListener("abort", end, { once: true });
    });

  world.never = never;
  world.end = () => {
    world.hasEnded = true;
    setPace(RUSH);
    for (const end of open) end();
    open = [];
  };
  world.begin = (given) => {
    Object.assign(world, { person: "consents", cloud: ["accepts"], hasGivenToken: false, hasEnded: false }, given);
    open = [];
    setPace(FAST);
  };

  const prompt = (options) => {
    const { person, hasEnded } = world;
    if (hasEnded) throw new DOMException("The world has ended.", "AbortError");
    if (person === "never answers") return never(options.signal);
    if (person === "knows no signal") return never();
    if (person.throws !== undefined) throw build(person.throws);
    if (person.returns !== undefined) return build(person.returns);
    if (person.rejects !== undefined) return nextTask().then(() => Promise.reject(build(person.rejects)));
    return nextTask().then(() => build(person.resolves ?? { valid: "credential" }));
  };

  const answer = (url, signal) => {
    const { cloud, hasEnded } = world;
    // Decided, so that a call that waits for a decision ends.
    if (hasEnded && `${url}`.endsWith("/api/v1/status")) return ANSWERS["says failed"]();
    if (hasEnded) throw new TypeError("The world has ended.");
    const one = cloud.length > 1 ? cloud.shift() : cloud[0];
    if (one === "never answers") return never(signal);
    if (one.throws !== undefined) throw build(one.throws);
    if (one.rejects !== undefined) return Promise.reject(build(one.rejects));
    if (one.resolves !== undefined) return build(one.resolves);
    if (one.body !== undefined) {
      world.hasGivenToken = true;
      return new Response(one.body, { status: one.status });
    }
    if (one.text !== undefined)
      return Object.defineProperty(new Response("{}"), "text", { value: () => build(one.text) });
    world.hasGivenToken ||= ["accepts", "says succeeded", "approves"].includes(one);
    return ANSWERS[one]();
  };

  /** With a virtual authenticator in the browser only the cloud is simulated. */
  world.install = (hasAuthenticator) => {
    globalThis.fetch = async (url, { signal } = {}) => answer(url, signal);
    if (hasAuthenticator) return;
    Object.defineProperty(navigator, "credentials", { configurable: true, value: { get: prompt, create: prompt } });
    for (const name of ["isConditionalMediationAvailable", "isUserVerifyingPlatformAuthenticatorAvailable"])
      PublicKeyCredential[name] = async () => true;
    PublicKeyCredential.getClientCapabilities = async () => ({ conditionalCreate: true });
  };
  return world;
};
