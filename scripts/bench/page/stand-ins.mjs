// A browser that answers at once, with a real credential that it made before.

/** The token in the cloud's answer. */
export const TOKEN = "transaction-token";

const ANSWER = JSON.stringify({ status: "ok", errorMessage: "", token: TOKEN });

const randomBytes = () => crypto.getRandomValues(new Uint8Array(32));

const base64url = (buffer) => new Uint8Array(buffer).toBase64({ alphabet: "base64url", omitPadding: true });

/** The argument of a call, with so many allowed credentials. */
export const argumentOf = (credentials) => ({
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

/** A credential of the browser's own: made, and asserted, by its virtual authenticator. */
export const capture = async () => {
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

/** From here on the browser answers at once. What it is asked is told to `onAsk`, where there is one. */
export const stub = (credential, onAsk) => {
  const get = async (options) => {
    onAsk?.({ get: options });
    return credential;
  };
  Object.defineProperty(navigator, "credentials", { value: { get, create: get }, configurable: true });
  globalThis.fetch = async (url, init) => {
    onAsk?.({ fetch: url, init });
    return new Response(ANSWER);
  };
  // A peer logs each credential, which costs more under a driver, that listens, than in a page.
  console.debug = () => {};
};
