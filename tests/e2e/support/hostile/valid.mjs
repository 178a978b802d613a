// Runs in the page: valid options, settings, credentials and results, with every property.

const bytes = (...values) => new Uint8Array(values).buffer;

const descriptor = () => ({ type: "public-key", id: "AAECAwQF", transports: ["internal", "usb"] });

const extensions = () => ({
  credProps: true,
  prf: { eval: { first: "AQID", second: "BAUG" }, evalByCredential: { AAECAwQF: { first: "AQID" } } },
  largeBlob: { write: "AQID" },
});

const REQUEST = () => ({
  challenge: "q83vEjRWeJA",
  timeout: 60000,
  rpId: "localhost",
  allowCredentials: [descriptor(), descriptor()],
  userVerification: "preferred",
  hints: ["client-device"],
  extensions: extensions(),
  status: "ok",
  errorMessage: "",
});

const CREATION = () => ({
  rp: { id: "localhost", name: "A shop" },
  user: { id: "AAECAwQFBgc", name: "zoe", displayName: "Zoë" },
  challenge: "q83vEjRWeJA",
  pubKeyCredParams: [
    { type: "public-key", alg: -7 },
    { type: "public-key", alg: -257 },
  ],
  timeout: 60000,
  excludeCredentials: [descriptor()],
  authenticatorSelection: {
    authenticatorAttachment: "platform",
    residentKey: "preferred",
    requireResidentKey: false,
    userVerification: "preferred",
  },
  attestation: "none",
  attestationFormats: ["packed"],
  hints: ["client-device"],
  // Creation options have neither evalByCredential nor a blob to write.
  extensions: { credProps: true, prf: { eval: { first: "AQID" } }, largeBlob: { support: "preferred" } },
  status: "ok",
  errorMessage: "",
});

/** The page's own relying party, which own-server.mjs plays. */
export const ownFunctions = { finalize: undefined, status: undefined };

/** New objects at every call. */
export const valid = {
  authenticate: () => ({ credentialRequestOptions: REQUEST(), userId: "user-1", statusToken: "status-token" }),
  register: () => ({
    credentialCreationOptions: CREATION(),
    statusToken: "status-token",
    authenticatorName: "Work laptop",
  }),
  settings: () => ({
    baseUrl: "https://cloud.example/tenant",
    signal: new AbortController().signal,
    mediation: "optional",
    usernameless: false,
    finalizeTimeout: 10000,
    onProgress: () => {},
    onExtensionResults: () => {},
    onEnd: () => {},
    debug: true,
    fallback: () => Promise.reject(new Error("there is none")),
  }),
  ownSettings: () => ({
    finalizeTimeout: 10000,
    signal: new AbortController().signal,
    onProgress: () => {},
    onEnd: () => {},
    finalize: (...values) => ownFunctions.finalize(...values),
    status: (...values) => ownFunctions.status(...values),
  }),
  reply: () => ({ status: "succeeded", token: "transaction-token", errorMessage: "no" }),
  transaction: () => ({ statusToken: "status-token", ceremony: "authentication" }),
  outcomeSettings: () => ({
    baseUrl: "https://cloud.example/tenant",
    finalizeTimeout: 10000,
    wait: 20000,
    signal: new AbortController().signal,
    status: (...values) => ownFunctions.status(...values),
    onProgress: () => {},
    onEnd: () => {},
  }),
  credential: () => ({
    id: "AAECAwQF",
    rawId: bytes(0, 1, 2, 3, 4, 5),
    type: "public-key",
    response: {
      clientDataJSON: bytes(123, 125),
      attestationObject: bytes(160),
      authenticatorData: bytes(1, 2, 3),
      signature: bytes(4, 5, 6),
      userHandle: bytes(7, 8),
    },
    getClientExtensionResults: () => ({ credProps: { rk: true } }),
  }),
  result: () => ({
    success: false,
    code: { statusCode: "error-0001", message: "Failed to authenticate with WebAuthn credential." },
    message: "Error while trying to authenticate. NotAllowedError: Not now.",
  }),
  client: () => ({
    clientId: "client-1",
    baseUrl: "https://auth.example",
    routes: "tenant",
    requestTimeout: 10000,
    logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  }),
  method: () => ({
    bindingMessage: "Sign in to the shop",
    interval: 5,
    timeout: 60,
    maxRetries: 2,
    signal: new AbortController().signal,
    onProgress: () => {},
    promptForCode: () => "123456",
  }),
};

/** The paths of every place in a value, except its root. */
export const placesOf = (value, path = []) =>
  value && typeof value == "object" && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value))
    ? Object.keys(value).flatMap((name) => [[...path, name], ...placesOf(value[name], [...path, name])])
    : [];
