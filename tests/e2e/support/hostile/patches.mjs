// Runs in a frame: patches of globals, as pages, polyfills and attackers make them.

import { valid } from "./valid.mjs";

// The stand-ins below use only functions that are saved before anything is patched.
const native = { Object, Promise, Response, Error, TypeError, Map, Set, AbortController };
for (const name of ["queueMicrotask", "setTimeout", "clearTimeout"]) native[name] = globalThis[name].bind(globalThis);
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf, freeze } = Object;
const { apply, construct } = Reflect;
const endsWith = Function.prototype.call.bind(String.prototype.endsWith);
const nativeThen = Promise.prototype.then;

/**
 * Functions by path, each patched in each of `WAYS`. Each global that the code reads is here, in `VALUES` or in `SPECIAL`: a
 * test derives them from the code.
 */
const TARGETS = `
Array ArrayBuffer DataView Date Document Error EventTarget Float32Array Float64Array HTMLScriptElement Int8Array Int16Array Int32Array Number Object
Promise Set String TypeError Uint8Array Uint16Array Uint32Array WeakMap
Date.parse Symbol.for Math.abs Math.ceil Math.clz32 Math.fround Math.imul Math.sqrt Math.trunc Uint8Array.prototype.set
fetch queueMicrotask setTimeout clearTimeout reportError btoa atob URL DOMException AbortController TextDecoder TextEncoder
Response WebAssembly FinalizationRegistry WeakRef structuredClone PublicKeyCredential
JSON.parse JSON.stringify Date.now performance.now
Promise.resolve Promise.reject Promise.race Promise.all Promise.prototype.then Promise.prototype.catch
Promise.prototype.finally
WebAssembly.compile WebAssembly.instantiate WebAssembly.compileStreaming WebAssembly.Module WebAssembly.Instance
WebAssembly.Memory
Uint8Array.fromBase64 Uint8Array.from Uint8Array.of Array.isArray Array.from Array.of
Array.prototype.push Array.prototype.map Array.prototype.forEach Array.prototype.includes Array.prototype.filter
Object.assign Object.fromEntries Object.keys Object.create Object.defineProperty Object.values Object.entries
Object.getOwnPropertyDescriptor Object.prototype.toString Object.prototype.hasOwnProperty Object.prototype.valueOf
Reflect.get Reflect.set Reflect.apply Reflect.ownKeys
String.prototype.charCodeAt String.prototype.includes String.prototype.indexOf String.prototype.replace
String.prototype.split String.prototype.startsWith String.fromCharCode
RegExp.prototype.test RegExp.prototype.exec Number.isInteger Number.isFinite Math.min Math.max Math.floor Math.round
Math.random console.log document.querySelector
Set.prototype.add Set.prototype.delete Map.prototype.get Map.prototype.set
EventTarget.prototype.addEventListener EventTarget.prototype.removeEventListener
AbortController.prototype.abort AbortSignal.any AbortSignal.timeout
Response.prototype.text Response.prototype.json Response.prototype.clone
TextDecoder.prototype.decode TextEncoder.prototype.encode TextEncoder.prototype.encodeInto
PublicKeyCredential.isConditionalMediationAvailable PublicKeyCredential.getClientCapabilities
PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable PublicKeyCredential.signalUnknownCredential
PublicKeyCredential.parseRequestOptionsFromJSON PublicKeyCredential.parseCreationOptionsFromJSON
`
  .trim()
  .split(/\s+/);

/** What else the code reads, each patched in each of `VALUE_WAYS`. */
const VALUES = `
origin isSecureContext performance JSON Math Reflect Symbol WebAssembly navigator navigator.credentials navigator.languages
navigator.userAgent navigator.onLine console document.featurePolicy document.documentElement document.documentElement.lang document.hidden
document.currentScript
`
  .trim()
  .split(/\s+/);

/** Replaces a property with `value`. */
const put = (holder, name, value) =>
  defineProperty(holder, name, { value, writable: true, enumerable: false, configurable: true });

const wrap = (original) =>
  function (...values) {
    return new.target ? construct(original, values, new.target) : apply(original, this, values);
  };

const WAYS = {
  wrapped: (holder, name, original) => {
    const wrapper = wrap(original);
    // Such as `Uint8Array.of`, which is inherited.
    setPrototypeOf(wrapper, getPrototypeOf(original));
    for (const key of Reflect.ownKeys(original)) {
      const descriptor = getOwnPropertyDescriptor(original, key);
      if (getOwnPropertyDescriptor(wrapper, key)?.configurable !== false) defineProperty(wrapper, key, descriptor);
      else if (key === "prototype") wrapper.prototype = original.prototype;
    }
    put(holder, name, wrapper);
  },
  throwing: (holder, name) =>
    put(holder, name, () => {
      throw new native.Error(`${name} is patched`);
    }),
  "doing nothing": (holder, name) => put(holder, name, () => {}),
  absent: (holder, name) => {
    if (!delete holder[name]) put(holder, name, undefined);
  },
};

const VALUE_WAYS = {
  "is undefined": { value: undefined },
  "is null": { value: null },
  "is a number": { value: 7 },
  "is an element": { get: () => document.createElement("img") },
  "has a getter that throws": {
    get() {
      throw new native.Error("patched");
    },
  },
};

const systematic = () => {
  const patches = {};
  for (const target of VALUES) {
    const path = target.split(".");
    const name = path.pop();
    for (const [way, descriptor] of Object.entries(VALUE_WAYS))
      patches[`${target} ${way}`] = () => {
        const holder = path.reduce((value, step) => value?.[step], globalThis);
        // Another patch may have removed the object.
        if (holder) defineProperty(holder, name, { configurable: true, ...descriptor });
      };
  }
  for (const target of TARGETS) {
    const path = target.split(".");
    const name = path.pop();
    const find = () => path.reduce((holder, step) => holder[step], globalThis);
    if (typeof find()?.[name] != "function" && name !== "WebAssembly") continue;
    for (const way of Object.keys(WAYS))
      if (name !== "WebAssembly" || way === "absent")
        patches[`${target} ${way}`] = () => {
          const holder = find();
          // Another patch may have removed the object.
          if (holder?.[name] !== undefined) WAYS[way](holder, name, holder[name]);
        };
  }
  return patches;
};

/** A promise of a library: a thenable that is not a Promise. */
class Polyfill {
  constructor(executor) {
    this.waiting = [];
    const settle = (kind) => (value) => {
      if (this.kind) return;
      const follow = kind === "fulfilled" && value && (typeof value == "object" || typeof value == "function");
      try {
        const { then } = follow ? value : {};
        if (typeof then == "function") return void apply(then, value, [settle("fulfilled"), settle("rejected")]);
      } catch (error) {
        return void settle("rejected")(error);
      }
      this.kind = kind;
      this.value = value;
      for (let at = 0; at < this.waiting.length; at++) this.waiting[at]();
    };
    try {
      executor(settle("fulfilled"), settle("rejected"));
    } catch (error) {
      settle("rejected")(error);
    }
  }
  // biome-ignore lint/suspicious/noThenProperty: it is a promise
  then(onFulfilled, onRejected) {
    return new Polyfill((resolve, reject) => {
      const go = () =>
        native.queueMicrotask(() => {
          const handler = this.kind === "fulfilled" ? onFulfilled : onRejected;
          if (typeof handler != "function") return (this.kind === "fulfilled" ? resolve : reject)(this.value);
          try {
            resolve(handler(this.value));
          } catch (error) {
            reject(error);
          }
        });
      if (this.kind) go();
      else this.waiting[this.waiting.length] = go;
    });
  }
  catch(onRejected) {
    return this.then(undefined, onRejected);
  }
  finally(act) {
    return this.then(
      (value) => {
        act();
        return value;
      },
      (error) => {
        act();
        throw error;
      },
    );
  }
  static resolve(value) {
    return value instanceof Polyfill ? value : new Polyfill((resolve) => resolve(value));
  }
  static reject(error) {
    return new Polyfill((_, reject) => reject(error));
  }
  static race(promises) {
    return new Polyfill((resolve, reject) => {
      for (let at = 0; at < promises.length; at++) Polyfill.resolve(promises[at]).then(resolve, reject);
    });
  }
  static all(promises) {
    return Polyfill.resolve(native.Promise.all(promises));
  }
}

const credentials = (value) => defineProperty(navigator, "credentials", { configurable: true, ...value });

const onPrototype = (prototype, name, descriptor) =>
  defineProperty(prototype, name, { configurable: true, ...descriptor });

const NAMES = `success code token message statusCode publicKey signal mediation challenge timeout rpId allowCredentials
id type transports extensions method headers body keepalive credentials cache redirect referrerPolicy baseUrl onProgress
onExtensionResults finalizeTimeout usernameless fallback status errorMessage error json text name reason aborted buffer
byteOffset byteLength length value get set writable enumerable configurable resolve fail crash calls isOpen a b cnt
options settings page copy values controller answer response register hasConsented alphabet omitPadding lastChunkHandling
auth_req_id expires_in interval access_token remaining email logger clientId routes requestTimeout toJSON toString valueOf 0`
  .trim()
  .split(/\s+/);

const polluted = () => {
  const patches = {};
  for (const [place, prototype] of [
    ["Object.prototype", Object.prototype],
    ["Array.prototype", Array.prototype],
  ])
    for (const name of NAMES) {
      // The length of Array.prototype cannot be changed.
      if (Object.hasOwn(prototype, name) && !getOwnPropertyDescriptor(prototype, name).configurable) continue;
      patches[`${place}.${name} has a value`] = () =>
        onPrototype(prototype, name, { value: "polluted", writable: true, enumerable: true });
      patches[`${place}.${name} has a setter`] = () =>
        onPrototype(prototype, name, { get: () => undefined, set() {}, enumerable: false });
      patches[`${place}.${name} has a getter that throws`] = () =>
        onPrototype(prototype, name, {
          get() {
            throw new native.Error(`${name} is polluted`);
          },
          set() {
            throw new native.Error(`${name} is polluted`);
          },
        });
      patches[`${place}.${name} is a function`] = () =>
        onPrototype(prototype, name, { value: () => "polluted", writable: true });
    }
  return patches;
};

const SPECIAL = {
  "Promise is a polyfill": () => put(globalThis, "Promise", Polyfill),
  "Promise.prototype.then is a zone's": () => {
    const { then } = Promise.prototype;
    put(Promise.prototype, "then", function (onFulfilled, onRejected) {
      return new Polyfill((resolve, reject) => {
        apply(then, this, [resolve, reject]);
      }).then(onFulfilled, onRejected);
    });
  },
  "Promise is a polyfill and then is a zone's": () => {
    SPECIAL["Promise.prototype.then is a zone's"]();
    SPECIAL["Promise is a polyfill"]();
  },
  "setTimeout calls back at once": () =>
    put(globalThis, "setTimeout", (act) => {
      act();
      return 1;
    }),
  "setTimeout returns an object": () => {
    const { setTimeout, clearTimeout } = native;
    put(globalThis, "setTimeout", (...values) => ({ timer: setTimeout(...values) }));
    put(globalThis, "clearTimeout", (handle) => clearTimeout(handle?.timer));
  },
  "navigator.credentials throws": () =>
    credentials({
      get() {
        throw new native.Error("no credentials");
      },
    }),
  "navigator.credentials is absent": () => credentials({ value: undefined }),
  "navigator.credentials is null": () => credentials({ value: null }),
  "navigator.credentials has no methods": () => credentials({ value: {} }),
  "navigator.credentials is another one each time": () => {
    const { credentials: real } = navigator;
    credentials({ get: () => ({ get: (options) => real.get(options), create: (options) => real.create(options) }) });
  },
  "navigator.credentials is a proxy": () => credentials({ value: new Proxy(navigator.credentials, {}) }),
  "navigator.credentials is a password manager's": () => {
    const { credentials: real } = navigator;
    const relay = (method) => (options) =>
      new native.Promise((resolve, reject) => {
        const listen = ({ data }) => {
          if (data !== `answer ${method}`) return;
          removeEventListener("message", listen);
          apply(nativeThen, real[method](options), [resolve, reject]);
        };
        addEventListener("message", listen);
        postMessage(`answer ${method}`, "*");
      });
    credentials({ value: { get: relay("get"), create: relay("create") } });
  },
  "navigator is without anything": () => defineProperty(globalThis, "navigator", { configurable: true, value: {} }),
  "AbortController is a polyfill": () => {
    class Signal extends EventTarget {
      aborted = false;
      reason = undefined;
    }
    put(
      globalThis,
      "AbortController",
      class {
        signal = new Signal();
        abort(reason) {
          if (this.signal.aborted) return;
          Object.assign(this.signal, { aborted: true, reason });
          this.signal.dispatchEvent(new Event("abort"));
        }
      },
    );
  },
  "AbortController is an old one, without reasons": () => {
    const { AbortController: Real } = native;
    put(
      globalThis,
      "AbortController",
      class extends Real {
        abort() {
          super.abort();
          defineProperty(this.signal, "reason", { value: undefined });
        }
      },
    );
  },
  "TextDecoder is lenient": () =>
    put(
      globalThis,
      "TextDecoder",
      class {
        decode(bytes) {
          let text = "";
          for (let at = 0; at < (bytes?.length ?? 0); at++) text += String.fromCharCode(bytes[at]);
          return text;
        }
      },
    ),
  "JSON.parse gives nothing": () => put(JSON, "parse", () => null),
  "JSON.parse gives objects without a prototype": () => {
    const { parse } = JSON;
    put(JSON, "parse", (text) => parse(text, (_, value) => value));
  },
  "fetch answers a response of its own kind": () =>
    put(globalThis, "fetch", async () => ({ ok: true, status: 200, text: async () => "{}", json: async () => ({}) })),
  "fetch returns a thenable": () => {
    const { fetch } = globalThis;
    // biome-ignore lint/suspicious/noThenProperty: that is the patch
    put(globalThis, "fetch", (...values) => ({ then: (...handlers) => fetch(...values).then(...handlers) }));
  },
  "fetch never answers": () => put(globalThis, "fetch", () => new native.Promise(() => {})),
  "performance.now stands still": () => put(performance, "now", () => 0),
  "performance.now goes back": () => {
    let time = 1e6;
    put(performance, "now", () => (time -= 1000));
  },
  "performance.now gives a BigInt": () => put(performance, "now", () => 10n),
  "Date.now gives text": () => put(Date, "now", () => "today"),
  "an array's iterator throws": () =>
    put(Array.prototype, Symbol.iterator, () => {
      throw new native.Error("no iterator");
    }),
  "an array's iterator is wrapped": () => put(Array.prototype, Symbol.iterator, wrap(Array.prototype[Symbol.iterator])),
  "an array's iterator ends at once": () =>
    put(Array.prototype, Symbol.iterator, () => ({ next: () => ({ done: true }) })),
  "a set's iterator throws": () =>
    put(Set.prototype, Symbol.iterator, () => {
      throw new native.Error("no iterator");
    }),
  "a set's iterator ends at once": () => put(Set.prototype, Symbol.iterator, () => ({ next: () => ({ done: true }) })),
  "Array.prototype is frozen": () => freeze(Array.prototype),
  "Object.prototype is frozen": () => freeze(Object.prototype),
  "all intrinsics are frozen": () => {
    const seen = new native.Set();
    const freezeAll = (value) => {
      if ((typeof value != "object" && typeof value != "function") || !value || seen.has(value)) return;
      seen.add(value);
      freeze(value);
      for (const key of Reflect.ownKeys(value)) {
        const { value: member, get } = getOwnPropertyDescriptor(value, key) ?? {};
        freezeAll(member ?? get);
      }
      freezeAll(getPrototypeOf(value));
    };
    for (const name of [
      "Object",
      "Array",
      "Function",
      "Promise",
      "Map",
      "Set",
      "RegExp",
      "String",
      "Uint8Array",
      "JSON",
    ])
      freezeAll(globalThis[name]);
  },
  "Object.prototype has no __proto__": () => {
    Reflect.deleteProperty(Object.prototype, "__proto__");
  },
  "document.featurePolicy throws": () =>
    defineProperty(document, "featurePolicy", {
      configurable: true,
      get() {
        throw new native.Error("no policy");
      },
    }),
  "PublicKeyCredential's methods never answer": () => {
    for (const name of [
      "isConditionalMediationAvailable",
      "getClientCapabilities",
      "isUserVerifyingPlatformAuthenticatorAvailable",
    ])
      put(PublicKeyCredential, name, async () => undefined);
  },
};

const PATCHES = { ...systematic(), ...polluted(), ...SPECIAL };

const TEXTS = {
  result: '{"status":"ok","errorMessage":"","token":"transaction-token"}',
  status: '{"status":"pending"}',
  initiate: '{"auth_req_id":"request-1","expires_in":300,"interval":5}',
  token: '{"access_token":"access-token"}',
  login: '{"success":false,"error":"invalid_code"}',
};

/** The browser and the cloud without patches. */
const installStandIns = () => {
  const prompt = async () => valid.credential();
  credentials({ value: { get: prompt, create: prompt } });
  for (const name of ["isConditionalMediationAvailable", "isUserVerifyingPlatformAuthenticatorAvailable"])
    PublicKeyCredential[name] = async () => true;
  globalThis.fetch = async (url) => {
    for (const name in TEXTS) if (endsWith(url, `/${name}`)) return new native.Response(TEXTS[name]);
    throw new native.TypeError("Failed to fetch");
  };
};

parent.watch(globalThis);
installStandIns();
const stock = {
  authenticate: [valid.authenticate(), valid.authenticate()],
  register: [valid.register(), valid.register()],
  settings: { baseUrl: "https://cloud.example", finalizeTimeout: 50 },
};
const all = Object.keys(PATCHES);
const given = new URLSearchParams(location.search);
const names = given.getAll("patch");
const applyPatches = () => {
  for (let at = 0; at < names.length; at++)
    try {
      PATCHES[names[at]]();
    } catch (error) {
      // Of a pair, the first may have frozen what the second patches.
      if (names.length < 2) throw error;
    }
};
if (given.get("when") === "before") applyPatches();
globalThis.patched = { names: all, applyPatches, stock, native };
