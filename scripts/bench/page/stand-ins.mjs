// Stubs browser functions, which return a real credential that the browser created before.

/** The token in the cloud's response. */
export const TOKEN = "transaction-token";

const RESPONSE = JSON.stringify({ status: "ok", errorMessage: "", token: TOKEN });

const randomBytes = () => crypto.getRandomValues(new Uint8Array(32));

const base64url = (buffer) => new Uint8Array(buffer).toBase64({ alphabet: "base64url", omitPadding: true });

/** Creates the argument of a call with this number of allowed credentials. */
export const createArgument = (credentials) => ({
  userId: "ada",
  statusToken: "status-token",
  credentialRequestOptions: {
    challenge: base64url(randomBytes()),
    timeout: 60_000,
    rpId: "localhost",
    allowCredentials: Array.from({ length: credentials }, () => ({
      type: "public-key",
      id: base64url(randomBytes()),
      transports: ["internal", "hybrid"],
    })),
    userVerification: "required",
    hints: [],
    extensions: {},
    status: "ok",
    errorMessage: "",
  },
});

/** Creates a passkey with the browser's virtual authenticator, and resolves to an assertion with it. */
export const captureCredential = async () => {
  const created = /** @type {PublicKeyCredential} */ (
    await navigator.credentials.create({
      publicKey: {
        rp: { name: "shop" },
        user: { id: randomBytes(), name: "ada", displayName: "Ada" },
        challenge: randomBytes(),
        pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      },
    })
  );
  return navigator.credentials.get({
    publicKey: { challenge: randomBytes(), allowCredentials: [{ type: "public-key", id: created.rawId }] },
  });
};

/** Stubs `navigator.credentials` and `fetch`. Calls `onCall` with their arguments. */
export const stub = (credential, onCall) => {
  const get = async (options) => {
    onCall?.({ get: options });
    return credential;
  };
  Object.defineProperty(navigator, "credentials", { value: { get, create: get }, configurable: true });
  globalThis.fetch = async (url, init) => {
    onCall?.({ fetch: url, init });
    return new Response(RESPONSE);
  };
  // A peer logs each credential, which is slow while a driver listens to the console.
  console.debug = () => {};
};
