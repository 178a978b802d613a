// Runs in the page: makes the module trap at a chosen entry, and checks that a crashed instance is not entered again.

import { nextTask } from "../in-page.mjs";
import { judgeMethod, judgeResult } from "./judge.mjs";
import { nestedArrays, nestedObjects } from "./kinds.mjs";
import { valid } from "./valid.mjs";
import { pass } from "./world.mjs";

const HANG = 10_000;

const errors = [];
addEventListener("error", ({ message }) => errors.push(`uncaught: ${message}`));
addEventListener("unhandledrejection", ({ reason }) => errors.push(`unhandled: ${reason?.stack ?? reason}`));

/** Each instance: whether it trapped, and how often it was entered after that. */
let instances = [];
/** The number of entries into any instance, and the one that traps next. */
let count = 0;
let trapAt = Number.POSITIVE_INFINITY;

/** Exports that count entries, and trap at the chosen one. */
const watch = (exports) => {
  const record = { isDead: false, touched: 0 };
  instances.push(record);
  const watched = {};
  for (const name of Object.keys(exports)) {
    const entry = exports[name];
    watched[name] =
      typeof entry != "function"
        ? entry
        : (...values) => {
            if (record.isDead) record.touched++;
            try {
              if (++count === trapAt) throw new WebAssembly.RuntimeError("unreachable");
              return entry(...values);
            } catch (error) {
              record.isDead = true;
              throw error;
            }
          };
  }
  return watched;
};

/** Limits a module's memory to so many pages more than it starts with. */
const withMaximum = (bytes, more) => {
  let at;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  };
  const encode = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...encode(value >>> 7)]);
  for (let start = 8; start < bytes.length; ) {
    at = start + 1;
    const size = number();
    const body = at;
    if (bytes[start] === 5) {
      at = body + 2;
      const pages = number();
      const section = [1, 1, ...encode(pages), ...encode(pages + more)];
      return Uint8Array.from([
        ...bytes.subarray(0, start),
        5,
        ...encode(section.length),
        ...section,
        ...bytes.subarray(body + size),
      ]);
    }
    start = body + size;
  }
  throw new Error("the module has no memory");
};

let maximum;
WebAssembly.Module = new Proxy(WebAssembly.Module, {
  construct: (Module, [bytes]) => new Module(maximum === undefined ? bytes : withMaximum(bytes, maximum)),
});
WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
  construct(Instance, [module, imports]) {
    const { exports } = new Instance(module, imports);
    // The decoder of the module has no imports.
    return { exports: imports ? watch(exports) : exports };
  },
});

// The user consents and the cloud accepts as soon as the test lets them.
let gate = Promise.resolve();
const prompt = async ({ signal }) => {
  await new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    nextTask().then(resolve, reject);
  });
  return valid.credential();
};
Object.defineProperty(navigator, "credentials", { configurable: true, value: { get: prompt, create: prompt } });
PublicKeyCredential.isConditionalMediationAvailable = async () => true;
const ANSWERS = {
  result: { status: "ok", errorMessage: "", token: "transaction-token" },
  status: { status: "succeeded", token: "transaction-token" },
  initiate: { auth_req_id: "request-1", expires_in: 300, interval: 5 },
  token: { access_token: "access-token" },
  login: { success: true },
};
globalThis.fetch = async (url) => {
  await gate;
  await nextTask();
  return new Response(JSON.stringify(ANSWERS[url.split("/").at(-1)]));
};

let texts, module, client;

const judges = {
  passkey: (name, result) => judgeResult(name, result, texts, { isCrashPossible: true }),
  ciba: (name, result) => judgeMethod(name, result, { isCrashPossible: true }),
};

/** The outcome of a call as one word, after checking it; also for a promise that hangs or rejects. */
const answered = async (judge, name, promise) => {
  try {
    const hang = {};
    const result = await Promise.race([promise, pass(HANG).then(() => hang)]);
    if (result === hang) return `${name} hangs`;
    judge(name, result);
    return result?.code?.statusCode ?? result?.error ?? result?.status ?? "done";
  } catch (error) {
    return `${name} ${error?.message ?? error}`;
  }
};

const SETTINGS = { baseUrl: "https://cloud.example", finalizeTimeout: 300 };
const EMAIL = "ada@example.com";

/** Two concurrent calls, then calls that must work again. */
const SCENES = {
  passkey: {
    begin: () => [
      ["authenticate", module.authenticate(valid.authenticate(), SETTINGS)],
      ["register", module.register(valid.register(), SETTINGS)],
    ],
    next: () => [
      ["authenticate", () => module.authenticate(valid.authenticate(), SETTINGS)],
      ["register", () => module.register(valid.register(), SETTINGS)],
    ],
    works: ["success-authentication", "success-registration"],
  },
  /** The first one is after consent when the second begins. */
  consented: {
    async begin() {
      const first = module.authenticate(valid.authenticate(), SETTINGS);
      for (let count = 0; count < 4; count++) await nextTask();
      return [
        ["authenticate", first],
        ["register", module.register(valid.register(), SETTINGS)],
      ];
    },
  },
  ciba: {
    begin: () => [
      ["safeAuthenticate", client.safeAuthenticate(EMAIL)],
      ["pollForApproval", client.pollForApproval("bob@example.com", "request-2")],
      ["cancelApproval", client.cancelApproval("eve@example.com")],
    ],
    next: () => [
      ["verifyTotp", () => client.verifyTotp(EMAIL, "123456")],
      ["pollForApproval", () => client.pollForApproval(EMAIL, "request-1")],
    ],
    works: ["done", "approved"],
  },
};
Object.assign(SCENES.consented, { next: SCENES.passkey.next, works: SCENES.passkey.works });

const playScene = async (scene) => {
  const { begin, next, works } = SCENES[scene];
  const judge = judges[scene === "ciba" ? "ciba" : "passkey"];
  const outcomes = await Promise.all((await begin()).map(([name, promise]) => answered(judge, name, promise)));
  trapAt = Number.POSITIVE_INFINITY;
  const after = [];
  for (const [name, act] of next()) after.push(await answered(judge, name, act()));
  await nextTask();
  return {
    outcomes,
    worksAgain: after.join() === works.join() || after,
    touched: instances.filter(({ isDead }) => isDead).reduce((sum, { touched }) => sum + touched, 0),
    deaths: instances.filter(({ isDead }) => isDead).length,
    errors: errors.splice(0),
  };
};

globalThis.trapping = {
  async setUp(given) {
    texts = given.texts;
    maximum = given.maximum;
    module = await import("/pkg/index.js");
    if (given.fallback)
      module.configure({
        fallback: async () => {
          const script = await import("/pkg/webauthn-result.fallback.js");
          return {
            instantiate: (guard) => script.instantiate((exports) => guard(watch(exports))),
            cancel: script.cancel,
          };
        },
      });
    await module.ready();
    if (!given.fallback) {
      const { CIBAClient } = await import("/pkg/ciba.js");
      client = new CIBAClient({ baseUrl: "https://auth.example", requestTimeout: 1000 });
    }
  },

  /** The number of entries of the scene without a trap. */
  async measure(scene) {
    instances = [];
    await playScene(scene);
    const from = count;
    await Promise.all((await SCENES[scene].begin()).map(([, promise]) => promise));
    return count - from;
  },

  /** Runs the scene with a trap at this entry. */
  playWithTrapAt(scene, number) {
    instances = instances.filter(({ isDead }) => !isDead);
    trapAt = count + number;
    return playScene(scene);
  },

  /** A call whose input needs more memory than available, with another pending call. */
  async exhaust({ ceremony, limit }) {
    const { ArrayBuffer: Real } = globalThis;
    if (limit)
      globalThis.ArrayBuffer = class extends Real {
        constructor(length, ...rest) {
          if (length > limit) throw new RangeError("Array buffer allocation failed");
          super(length, ...rest);
        }
      };
    let open;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const other = module.authenticate(valid.authenticate(), SETTINGS);
    await nextTask();
    await nextTask();
    const huge = valid[ceremony]();
    for (const options of [huge.credentialRequestOptions, huge.credentialCreationOptions])
      if (options) options.errorMessage = "A".repeat(5_000_000);
    const calls = [
      ["authenticate", other],
      [ceremony, module[ceremony](huge, SETTINGS)],
    ];
    open();
    const outcomes = await Promise.all(calls.map(([name, call]) => answered(judges.passkey, name, call)));
    globalThis.ArrayBuffer = Real;
    const after = [];
    for (const [name, act] of SCENES.passkey.next()) after.push(await answered(judges.passkey, name, act()));
    await nextTask();
    return {
      outcomes,
      worksAgain: after.join() === SCENES.passkey.works.join() || after,
      touched: instances.filter(({ isDead }) => isDead).reduce((sum, { touched }) => sum + touched, 0),
      errors: errors.splice(0),
    };
  },

  /** Makes calls from the end of the stack upwards. Returns their outcomes. */
  async callAtTheBrink(entry, step) {
    const begun = [];
    let thrown = 0;
    const options = { authenticate: valid.authenticate(), register: valid.register() };
    // The other call is after consent, and waits for its response.
    let open = () => {};
    if (entry === "consented")
      gate = new Promise((resolve) => {
        open = resolve;
      });
    const mediation = entry === "consented" ? "optional" : "conditional";
    const [begin, name, other, judge] =
      entry === "ciba"
        ? [
            () => client.initiateAppApproval(EMAIL),
            "initiateAppApproval",
            ["pollForApproval", client.pollForApproval("bob@example.com", "request-2")],
            judges.ciba,
          ]
        : [
            () => module.register(options.register, SETTINGS),
            "register",
            ["authenticate", module.authenticate(options.authenticate, { ...SETTINGS, mediation })],
            judges.passkey,
          ];
    if (entry === "consented") for (let count = 0; count < 4; count++) await nextTask();
    let level = 0;
    const dive = () => {
      try {
        dive();
      } catch {
        // No stack is left here.
      }
      // A frame here is small, and a call has many.
      if (level++ % step === 0 && level < 400 * step)
        try {
          begun.push([name, begin()]);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          thrown++;
        }
    };
    dive();
    open();
    const outcomes = await Promise.all([other, ...begun].map(([of, promise]) => answered(judge, of, promise)));
    const after = [];
    const scene = SCENES[entry === "ciba" ? "ciba" : "passkey"];
    for (const [of, act] of scene.next()) after.push(await answered(judge, of, act()));
    await nextTask();
    return {
      thrown,
      answered: begun.length,
      other: outcomes[0],
      outcomes: [...new Set(outcomes)],
      worksAgain: after.join() === scene.works.join() || after,
      errors: [...new Set(errors.splice(0))],
    };
  },

  /** Options with values nested this deep. */
  async callWithDeepInput(depth) {
    const outcomes = [];
    for (const deep of [nestedArrays(depth), nestedObjects(depth, "extensions"), nestedObjects(depth, "prf")])
      for (const [ceremony, member] of [
        ["authenticate", "credentialRequestOptions"],
        ["register", "credentialCreationOptions"],
      ])
        for (const change of [
          (options) => (options[member] = deep),
          (options) => (options[member].extensions = deep),
          (options) => (options[member].extensions = { credProps: deep, prf: { eval: { first: deep } } }),
          (options) => (options[member].hints = deep),
        ]) {
          const options = valid[ceremony]();
          change(options);
          outcomes.push(await answered(judges.passkey, ceremony, module[ceremony](options, SETTINGS)));
        }
    return {
      outcomes: [...new Set(outcomes)],
      deaths: instances.filter(({ isDead }) => isDead).length,
      errors: errors.splice(0),
    };
  },
};
