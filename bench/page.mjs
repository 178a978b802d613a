// Runs in the page: times calls on a browser that answers at once, with a real credential that it made before.

const counts = { imports: 0, exports: 0 };
let memory;

/** Counts what crosses the boundary of the module, each way. */
const watch = (functions, way) =>
  Object.fromEntries(
    Object.entries(functions).map(([name, value]) => [
      name,
      typeof value !== "function"
        ? value
        : (...values) => {
            counts[way]++;
            return value(...values);
          },
    ]),
  );

const base64url = (buffer) => new Uint8Array(buffer).toBase64({ alphabet: "base64url", omitPadding: true });

/** The argument of a call, with so many allowed credentials. */
const argumentOf = (credentials) => ({
  userId: "ada",
  statusToken: "status-token",
  credentialRequestOptions: {
    challenge: base64url(crypto.getRandomValues(new Uint8Array(32))),
    timeout: 60_000,
    rpId: "localhost",
    allowCredentials: Array.from({ length: credentials }, () => ({
      type: "public-key",
      id: base64url(crypto.getRandomValues(new Uint8Array(32))),
      transports: ["internal", "hybrid"],
    })),
    userVerification: "required",
    hints: [],
    extensions: {},
    status: "ok",
    errorMessage: "",
  },
});

/** A credential of the browser's own: made, and asserted, by its virtual authenticator. */
const capture = async () => {
  const random = () => crypto.getRandomValues(new Uint8Array(32));
  const created = await navigator.credentials.create({
    publicKey: {
      rp: { name: "shop" },
      user: { id: random(), name: "ada", displayName: "Ada" },
      challenge: random(),
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    },
  });
  return navigator.credentials.get({
    publicKey: { challenge: random(), allowCredentials: [{ type: "public-key", id: created.rawId }] },
  });
};

const ANSWER = '{"status":"ok","errorMessage":"","token":"transaction-token"}';

/** From here on the browser answers at once. */
const stub = (credential) => {
  Object.defineProperty(navigator, "credentials", {
    value: { get: async () => credential, create: async () => credential },
  });
  globalThis.fetch = async () => new Response(ANSWER);
};

let contenders;

globalThis.bench = {
  /** Loads the package and the peers; what one ceremony of the package crosses and grows. */
  async prepare() {
    const { instantiate } = WebAssembly;
    const watched = { on: true };
    WebAssembly.instantiate = async (module, imports) => {
      const counted = Object.fromEntries(Object.entries(imports).map(([name, of]) => [name, watch(of, "imports")]));
      const { exports } = await instantiate(module, watched.on ? counted : imports);
      memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
      return { exports: watched.on ? watch(exports, "exports") : exports };
    };
    const credential = await capture();
    stub(credential);
    const pages = () => memory.buffer.byteLength / 65_536;
    const counting = await import("/pkg/index.js?counted");
    await counting.ready();
    const start = pages();
    const settings = { baseUrl: "https://cloud.example" };
    await counting.authenticate(argumentOf(1), settings);
    const grown = pages() - start;
    counts.imports = counts.exports = 0;
    const { success } = await counting.authenticate(argumentOf(1), settings);
    if (!success) throw new Error("the ceremony failed");
    watched.on = false;
    const { createContenders } = await import("/contenders.js");
    const timed = await import("/pkg/index.js");
    await timed.ready();
    contenders = createContenders(timed);
    return { pages: start, grown, crossings: { ...counts } };
  },

  /** Milliseconds a call by contender, for each of `rounds`, in which all take turns in an order that changes. */
  async time({ rounds, calls, credentials }) {
    const names = Object.keys(contenders);
    const argument = argumentOf(credentials);
    const times = Object.fromEntries(names.map((name) => [name, []]));
    for (let round = -2; round < rounds; round++)
      for (let at = 0; at < names.length; at++) {
        const name = names[(at + round + 2) % names.length];
        const call = contenders[name];
        const start = performance.now();
        for (let turn = 0; turn < calls; turn++) {
          const { token } = await call(argument);
          if (token !== "transaction-token") throw new Error(`${name} failed`);
        }
        // The first two are to warm up.
        if (round >= 0) times[name].push((performance.now() - start) / calls);
      }
    return times;
  },
};
