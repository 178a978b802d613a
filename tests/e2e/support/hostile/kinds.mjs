// Runs in the page: every kind of JavaScript value, by a name that a failure can print.

const frame = document.body.appendChild(document.createElement("iframe"));
/** The globals of another realm. */
export const foreign = frame.contentWindow;
// A frame of an opaque origin: reading any member of its window throws a SecurityError.
const sandboxed = document.createElement("iframe");
sandboxed.sandbox = "";
document.body.append(sandboxed);
const gone = document.createElement("iframe");
document.body.append(gone);
const goneWindow = gone.contentWindow;
gone.remove();

const detached = () => {
  const buffer = new ArrayBuffer(8);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
};

const outOfBounds = (View) => {
  const buffer = new ArrayBuffer(16, { maxByteLength: 32 });
  const view = new View(buffer, 8, View.BYTES_PER_ELEMENT ? 8 / View.BYTES_PER_ELEMENT : 8);
  buffer.resize(4);
  return view;
};

const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

const cyclic = () => {
  const value = { name: "cycle", list: [] };
  value.self = value;
  value.list.push(value, value.list);
  return value;
};

class Private {
  #secret = 1;
  challenge = "AQID";
  get id() {
    return this.#secret;
  }
}

class Extended extends Array {
  get length() {
    throw new RangeError("no length");
  }
}

/** An array that holds an array that holds an array … */
export const nestedArrays = (depth) => {
  let value = [];
  for (let level = 0; level < depth; level++) value = [value];
  return value;
};

/** Likewise with objects. */
export const nestedObjects = (depth, name) => {
  let value = {};
  for (let level = 0; level < depth; level++) value = { [name]: value };
  return value;
};

const rejected = (reason) => {
  const promise = Promise.reject(reason);
  // Its rejection is the page's own.
  promise.catch(() => {});
  return promise;
};

// biome-ignore-start lint/suspicious/noThenProperty: thenables are among what pages have
export const KINDS = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  false: () => false,
  zero: () => 0,
  "minus zero": () => -0,
  one: () => 1,
  "minus one": () => -1,
  half: () => 0.5,
  NaN: () => Number.NaN,
  infinity: () => Number.POSITIVE_INFINITY,
  "minus infinity": () => Number.NEGATIVE_INFINITY,
  "2 ** 31 - 1": () => 2 ** 31 - 1,
  "2 ** 31": () => 2 ** 31,
  "2 ** 32": () => 2 ** 32,
  "2 ** 53": () => 2 ** 53,
  "largest number": () => Number.MAX_VALUE,
  "smallest number": () => Number.MIN_VALUE,
  bigint: () => 7n,
  "huge bigint": () => 2n ** 4096n,
  symbol: () => Symbol("secret"),
  "registered symbol": () => Symbol.for("webauthn"),
  "well-known symbol": () => Symbol.iterator,
  "empty text": () => "",
  base64url: () => "AQID",
  "padded base64url": () => "AQIDBA==",
  base64: () => "+/+/",
  "lone surrogate": () => "\ud800",
  "surrogates the wrong way round": () => "\udc00\ud800",
  "zero character": () => "\0",
  "all of the 16-bit units": () => String.fromCharCode(...Array.from({ length: 65536 }, (_, unit) => unit)),
  __proto__: () => "__proto__",
  constructor: () => "constructor",
  "boxed text": () => new String("AQID"),
  "boxed number": () => new Number(60000),
  "boxed boolean": () => new Boolean(true),
  "boxed symbol": () => Object(Symbol("boxed")),
  "boxed bigint": () => Object(7n),
  object: () => ({}),
  "object without a prototype": () => Object.create(null),
  "frozen object": () => Object.freeze({ challenge: "AQID" }),
  "cyclic object": cyclic,
  "class instance with a private member": () => new Private(),
  "proxied class instance": () => new Proxy(new Private(), {}),
  "object of another realm": () => new foreign.Object(),
  "object with a toString that throws": () => ({
    toString() {
      throw new Error("no text");
    },
    valueOf() {
      throw new Error("no value");
    },
    [Symbol.toPrimitive]() {
      throw new Error("no primitive");
    },
  }),
  "object with a toJSON": () => ({ toJSON: () => "AQID" }),
  array: () => [],
  "array of another realm": () => new foreign.Array("internal", "usb"),
  "sparse array": () => {
    const array = ["internal"];
    array[9] = "usb";
    return array;
  },
  "array of 4294967295 holes": () => new Array(2 ** 32 - 1),
  "array whose length throws": () => new Extended(),
  "list that claims two billion numbers": () => new Proxy([], { get: () => 2 ** 31 - 1 }),
  "list that claims two billion strings": () =>
    new Proxy([], { get: (_, key) => (key === "length" ? 2 ** 31 - 1 : "internal") }),
  "list that claims two billion descriptors": () =>
    new Proxy([], {
      get: (_, key) => (key === "length" ? 2 ** 31 - 1 : { type: "public-key", id: "AAECAwQF", alg: -7 }),
    }),
  "array-like object": () => ({ 0: "internal", length: 1 }),
  "array-like object of endless length": () => ({ length: Number.POSITIVE_INFINITY }),
  arguments: () =>
    (function () {
      // biome-ignore lint/complexity/noArguments: that is the kind
      return arguments;
    })("internal"),
  "nested arrays": () => nestedArrays(1000),
  "nested objects": () => nestedObjects(1000, "extensions"),
  date: () => new Date(0),
  "invalid date": () => new Date(Number.NaN),
  "regular expression": () => /a/g,
  map: () => new Map([["challenge", "AQID"]]),
  set: () => new Set(["internal"]),
  "weak map": () => new WeakMap(),
  "weak reference": () => new WeakRef({}),
  error: () => new Error("an error"),
  "error of another realm": () => new foreign.TypeError("a foreign error"),
  "error with a cause that is itself": () => {
    const error = new Error("a cycle");
    error.cause = error;
    return error;
  },
  DOMException: () => new DOMException("Not now.", "NotAllowedError"),
  "aggregate of errors": () => new AggregateError([new Error("one")], "many"),
  promise: () => Promise.resolve({}),
  "promise that is rejected": () => rejected(new Error("rejected")),
  "promise of another realm that is rejected": () => {
    const promise = foreign.Promise.reject(new Error("rejected"));
    promise.catch(() => {});
    return promise;
  },
  "promise that never settles": () => new Promise(() => {}),
  "thenable that never settles": () => ({ then() {} }),
  "thenable that throws": () => ({
    then() {
      throw new Error("then");
    },
  }),
  "thenable that answers twice": () => ({
    then(resolve, reject) {
      resolve({});
      reject(new Error("twice"));
    },
  }),
  "thenable whose then throws": () => ({
    get then() {
      throw new Error("then");
    },
  }),
  "revoked proxy": () => revoked({}),
  "revoked proxy of an array": () => revoked([]),
  "revoked proxy of a function": () => revoked(() => {}),
  window: () => window,
  "window of another realm": () => foreign,
  "window of another origin": () => sandboxed.contentWindow,
  "window of a frame that is gone": () => goneWindow,
  document: () => document,
  "document.all": () => document.all,
  element: () => document.createElement("input"),
  "list of elements": () => document.querySelectorAll("iframe"),
  event: () => new Event("abort"),
  blob: () => new Blob(["AQID"]),
  stream: () => new ReadableStream(),
  location: () => location,
  Math: () => Math,
  Reflect: () => Reflect,
  globalThis: () => globalThis,
  Infinity: () => "Infinity",
};

/** What a page may pass as a function. */
export const FUNCTIONS = {
  function: () => () => {},
  "function that throws": () => () => {
    throw new Error("the page's own mistake");
  },
  "function that throws undefined": () => () => {
    throw undefined;
  },
  "function that rejects": () => () => rejected(new Error("the page's own mistake")),
  "function that returns itself": () => {
    const self = () => self;
    return self;
  },
  "function of another realm": () => foreign.Math.max,
  class: () => Private,
  generator: () =>
    (function* () {
      yield "internal";
    })(),
  "bound function": () => Math.max.bind(null, 1),
  "native function": () => Math.max,
  "async function": () => async () => ({}),
  "function that returns a thenable": () => () => ({
    then() {
      throw new Error("then");
    },
  }),
  "function with a call of its own": () =>
    Object.assign(() => {}, {
      call() {
        throw new Error("call");
      },
      apply: null,
    }),
};

/** What a page or a password manager may use as bytes. */
export const BUFFERS = {
  buffer: () => new Uint8Array([1, 2, 3]).buffer,
  "empty buffer": () => new ArrayBuffer(0),
  "detached buffer": detached,
  "resizable buffer": () => new ArrayBuffer(8, { maxByteLength: 16 }),
  "shared buffer": () => new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer,
  "WebAssembly memory": () => new WebAssembly.Memory({ initial: 1 }).buffer,
  "bytes of another realm": () => new foreign.Uint8Array([1, 2, 3]),
  "view of a detached buffer": () => {
    const view = new Uint8Array(8);
    structuredClone(view.buffer, { transfer: [view.buffer] });
    return view;
  },
  "view out of bounds": () => outOfBounds(Uint8Array),
  "data view out of bounds": () => outOfBounds(DataView),
  "typed arrays": () => [Int8Array, Uint16Array, Float64Array, BigInt64Array].map((View) => new View(2)),
  "big integers": () => new BigUint64Array(2),
  "data view": () => new DataView(new ArrayBuffer(8), 2, 4),
  "object that claims to be a buffer": () => ({ byteLength: 2 ** 40, buffer: new ArrayBuffer(1), byteOffset: -1 }),
};
// biome-ignore-end lint/suspicious/noThenProperty: as above

/** What a page may pass as a signal. */
export const SIGNALS = {
  "signal of its own": () => new AbortController().signal,
  "signal that was aborted": () => AbortSignal.abort(),
  "signal that was aborted because of undefined": () => AbortSignal.abort(undefined),
  "signal that was aborted because of a symbol": () => AbortSignal.abort(Symbol("reason")),
  "signal that times out": () => AbortSignal.timeout(1),
  "signal of any": () => AbortSignal.any([AbortSignal.timeout(1), new AbortController().signal]),
  "signal of another realm": () => new foreign.AbortController().signal,
  "aborted signal of another realm": () => foreign.AbortSignal.abort(),
  "proxied signal": () => new Proxy(new AbortController().signal, {}),
  "heir of a signal": () => Object.create(AbortSignal.prototype),
  "signal without methods": () => ({ aborted: false }),
  "aborted signal without a reason": () => ({ aborted: true }),
  "aborted signal whose reason throws": () => ({
    aborted: true,
    get reason() {
      throw new Error("no reason");
    },
  }),
  "signal whose addEventListener throws": () => ({
    aborted: false,
    addEventListener() {
      throw new Error("no listeners");
    },
    removeEventListener() {},
  }),
  "signal whose removeEventListener throws": () => ({
    aborted: false,
    addEventListener() {},
    removeEventListener() {
      throw new Error("no removal");
    },
  }),
  "signal without removeEventListener": () => ({ aborted: false, addEventListener() {} }),
  "signal that calls back at once": () => ({
    aborted: false,
    reason: new Error("at once"),
    addEventListener: (_, listener) => listener(),
    removeEventListener() {},
  }),
  "signal that calls back again and again": () => ({
    aborted: false,
    addEventListener(_, listener) {
      for (let count = 0; count < 5; count++) queueMicrotask(listener);
    },
    removeEventListener: (_, listener) => listener(),
  }),
  "signal that changes its mind": () => {
    let count = 0;
    return {
      get aborted() {
        return !!(count++ & 1);
      },
      addEventListener() {},
      removeEventListener() {},
    };
  },
};
