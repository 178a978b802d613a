// Runs in the page first: counts what the package retains, and runs thousands of calls with every outcome.

import { nextTask, untilAborted } from "../in-page.mjs";

const real = {
  setTimeout: setTimeout.bind(window),
  clearTimeout: clearTimeout.bind(window),
  AbortController,
};

/** The memories of modules, pending timers, listeners, and created controllers. */
const memories = [];
/** Those of JavaScript's values that the module holds, among others. */
const tables = [];
const timers = new Set();
const listeners = new Map();
let controllers = [];

WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(Instance, values) {
    const instance = new Instance(...values);
    for (const value of Object.values(instance.exports)) {
      if (value instanceof WebAssembly.Memory) memories.push(new WeakRef(value));
      if (value instanceof WebAssembly.Table) tables.push(new WeakRef(value));
    }
    return instance;
  },
});

// Both clocks are a hundred times as fast.
const FACTOR = 100;
const [now, today] = [performance.now.bind(performance), Date.now];
performance.now = () => now() * FACTOR;
Date.now = () => Math.round(today() * FACTOR);
globalThis.setTimeout = (act, ms = 0) => {
  const timer = real.setTimeout(() => {
    timers.delete(timer);
    act();
  }, ms / FACTOR);
  timers.add(timer);
  return timer;
};
globalThis.clearTimeout = (timer) => {
  timers.delete(timer);
  real.clearTimeout(timer);
};

// The package's own signals are collected with their controllers, which are counted. This counts listeners on the page's objects.
const owned = new Set([window, document]);
const { addEventListener, removeEventListener } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (type, listener, options) {
  const target = this ?? window;
  if (owned.has(target)) {
    if (!listeners.has(target)) listeners.set(target, new Set());
    listeners.get(target).add(listener);
  }
  return addEventListener.call(target, type, listener, options);
};
EventTarget.prototype.removeEventListener = function (type, listener, options) {
  const target = this ?? window;
  listeners.get(target)?.delete(listener);
  return removeEventListener.call(target, type, listener, options);
};
globalThis.AbortController = class extends real.AbortController {
  constructor() {
    super();
    controllers.push(new WeakRef(this));
  }
};

const errors = [];
addEventListener.call(window, "error", ({ message }) => errors.push(message));
addEventListener.call(window, "unhandledrejection", ({ reason }) => errors.push(String(reason)));

const bytes = (length) => crypto.getRandomValues(new Uint8Array(length)).buffer;
const text = (length) => Array.from(new Uint8Array(bytes(length)), (byte) => "AZaz09-_"[byte & 7]).join("");

let person, cloud;
let prompts = 0;
const ask = async ({ signal }) => {
  await nextTask();
  if (person === "declines") throw new DOMException("Not now.", "NotAllowedError");
  if (person === "waits") return untilAborted(signal);
  const response = { userHandle: bytes(16) };
  // Of many lengths, and the same ones in each run.
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature"])
    response[name] = bytes(50 + ((prompts++ * 97) % 400));
  return { rawId: bytes(32), response, getClientExtensionResults: () => ({}) };
};
Object.defineProperty(navigator, "credentials", { value: { get: ask, create: ask } });
PublicKeyCredential.isConditionalMediationAvailable = async () => true;
PublicKeyCredential.getClientCapabilities = async () => ({ conditionalCreate: true });

const json = (body, status = 200) => new Response(JSON.stringify(body), { status });
globalThis.fetch = async (url, { signal }) => {
  await nextTask();
  const path = url.split("/").at(-1);
  if (cloud === "cuts") throw new TypeError("Failed to fetch");
  if (cloud === "hangs") return untilAborted(signal);
  if (cloud === "breaks") return new Response("<html>", { status: 503 });
  if (path === "status") return json({ status: cloud === "recovers" ? "succeeded" : "failed", token: text(300) });
  if (path === "result")
    return cloud === "accepts"
      ? json({ status: "ok", token: text(300) })
      : json({ status: "failed", errorMessage: "no" });
  if (path === "initiate") return json({ auth_req_id: text(32), expires_in: 1, interval: 1 });
  if (path === "login") return cloud === "accepts" ? json({ token: text(300) }) : json({ success: false }, 401);
  return cloud === "accepts" ? json({ access_token: text(300) }) : json({ error: "authorization_pending" }, 400);
};

let module, client, signal;
const requests = (length) => ({
  credentialRequestOptions: {
    challenge: text(43),
    timeout: 60000,
    rpId: "localhost",
    allowCredentials: Array.from({ length }, () => ({ type: "public-key", id: text(43), transports: ["internal"] })),
    extensions: { prf: { eval: { first: text(43) } } },
  },
  userId: text(20),
  statusToken: text(600),
});
const creations = (length) => ({
  credentialCreationOptions: {
    rp: { name: "A shop" },
    user: { id: text(20), name: "zoe", displayName: "Zoë" },
    challenge: text(43),
    pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    excludeCredentials: Array.from({ length }, () => ({ type: "public-key", id: text(43) })),
  },
  statusToken: text(600),
});

const settings = (more) => ({
  baseUrl: "https://cloud.example",
  finalizeTimeout: 100,
  signal,
  onProgress() {},
  ...more,
});
/** Each kind alternates between both ceremonies. */
const isSecond = (at) => Math.floor(at / PASSKEY.length) % 2;

const ceremony = (more) => (at) =>
  isSecond(at)
    ? module.authenticate(requests(at % 7), settings(more))
    : module.register(creations(at % 7), settings(more));

const cancelled = (act) => (at) => {
  real.setTimeout(() => module.cancel(), 1);
  return act(at);
};

/** Each kind of call: the user, the cloud, and what is called. */
const PASSKEY = [
  ["consents", "accepts", ceremony()],
  ["consents", "recovers", ceremony()],
  ["consents", "refuses", ceremony()],
  ["consents", "cuts", ceremony()],
  ["consents", "hangs", ceremony()],
  ["consents", "breaks", ceremony()],
  ["declines", "accepts", ceremony()],
  ["waits", "accepts", cancelled(ceremony({ mediation: "conditional" }))],
  ["waits", "accepts", cancelled(ceremony())],
  ["consents", "accepts", ceremony({ baseUrl: "ftp://nowhere" })],
  ["consents", "accepts", (at) => (isSecond(at) ? module.authenticate({}) : module.register(null))],
  [
    "consents",
    "accepts",
    (at) => (isSecond(at) ? module.authenticate({ ...requests(1), userId: "" }) : ceremony()(at)),
  ],
];

const email = (at) => `person-${at % 50}@example.com`;
const CIBA = [
  ["", "accepts", (at) => client.safeAuthenticate(email(at), { signal })],
  ["", "accepts", (at) => client.verifyTotp(email(at), "123456")],
  ["", "refuses", (at) => client.verifyTotp(email(at), "123456")],
  [
    "",
    "refuses",
    (at) => client.pollForApproval(email(at), text(32), { timeout: 1, interval: 0.3, signal, onProgress() {} }),
  ],
  ["", "cuts", (at) => client.initiateAppApproval(email(at))],
  ["", "hangs", (at) => client.initiateAppApproval(email(at), { signal })],
  ["", "breaks", (at) => client.authenticateWithRetry(email(at), { maxRetries: 2, timeout: 0 })],
  ["", "refuses", (at) => client.authenticateWithFallback(email(at), { timeout: 0, promptForCode: () => "654321" })],
  [
    "",
    "refuses",
    (at) => {
      const poll = client.pollForApproval(email(at), text(32), { timeout: 300, signal });
      real.setTimeout(() => client.cancelApproval(email(at)), 1);
      return poll;
    },
  ],
];

const KINDS = { passkey: PASSKEY, ciba: CIBA };

globalThis.living = {
  async setUp({ fallback }) {
    module = await import("/pkg/index.js");
    if (fallback) module.configure({ fallback: () => import("/pkg/webauthn-result.fallback.js") });
    await module.ready();
    const { CIBAClient } = await import("/pkg/ciba.js");
    client = new CIBAClient({ baseUrl: "https://auth.example", requestTimeout: 200 });
    // One signal for all calls, from which their listeners must be removed.
    ({ signal } = new real.AbortController());
    owned.add(signal);
    listeners.clear();
  },

  /** Runs calls from one number to another. Returns the count of each outcome. */
  async play(entry, from, to) {
    const seen = {};
    for (let at = from; at < to; at++) {
      let call;
      [person, cloud, call] = KINDS[entry][at % KINDS[entry].length];
      const result = await call(at);
      const outcome = result?.code?.statusCode ?? result?.error ?? result?.status ?? (result ? "done" : "null");
      seen[outcome] = (seen[outcome] ?? 0) + 1;
    }
    await nextTask();
    return seen;
  },

  /** What is retained after garbage collection. */
  held() {
    controllers = controllers.filter((one) => one.deref());
    return {
      pages: memories.map((one) => (one.deref()?.buffer.byteLength ?? 0) / 65536),
      tables: tables.map((one) => one.deref()?.length ?? 0),
      timers: timers.size,
      listeners: [...listeners.values()].reduce((sum, { size }) => sum + size, 0),
      controllers: controllers.length,
      errors: errors.splice(0),
    };
  },
};
