// The credentials of `fakePasskeys`, which pass `instanceof` and every check of a page, and no check of a server.

/** User present, user verified, backup eligible, backed up. */
const FLAGS = 0x1d;
/** The credential's data follows. */
const ATTESTED = 0x40;

/** @param {string} text in ASCII */
const bytesOf = (text) => Array.from(text, (character) => character.charCodeAt(0));

/** @param {readonly number[]} bytes */
const bufferOf = (bytes) => new Uint8Array(bytes).buffer;

/** @param {readonly number[]} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replace(/=+$/, "")
    .replaceAll("+", "-")
    .replaceAll("/", "_");

/**
 * The bytes of an ArrayBuffer or a view, also of another frame.
 *
 * @param {unknown} source
 */
const bytesFrom = (source) => {
  const view = /** @type {Partial<ArrayBufferView>} */ (source);
  return [...new Uint8Array(view.buffer ?? /** @type {ArrayBuffer} */ (source), view.byteOffset ?? 0, view.byteLength)];
};

/** Authenticator data without the credential's, whose first 32 bytes would be the hash of the RP ID. */
const authenticatorData = (/** @type {number} */ flags) => [...new Array(32).fill(0), flags, 0, 0, 0, 1];

/**
 * An attestation of format "none", in CBOR, with a public key (ES256) of zeros.
 *
 * @param {readonly number[]} id
 */
const attestation = (id) => {
  const key = [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, ...new Array(32).fill(0), 0x22, 0x58, 32];
  const data = [
    ...authenticatorData(FLAGS | ATTESTED),
    ...new Array(16).fill(0),
    id.length >> 8,
    id.length & 255,
    ...id,
    ...key,
    ...new Array(32).fill(0),
  ];
  const length = [0x59, data.length >> 8, data.length & 255];
  const object = [0xa3, 0x63, ...bytesOf("fmt"), 0x64, ...bytesOf("none"), 0x67, ...bytesOf("attStmt"), 0xa0];
  return { data, object: [...object, 0x68, ...bytesOf("authData"), ...length, ...data] };
};

/**
 * An object of the class, whose getters only work for the browser's own: its properties hide them.
 *
 * @param {{ prototype: object }} Class
 * @param {object} properties
 */
const instanceOf = (Class, properties) => Object.create(Class.prototype, Object.getOwnPropertyDescriptors(properties));

/** The classes: the page's own, or new ones. */
export const findClasses = () => {
  const global = /** @type {Record<string, any>} */ (globalThis);
  const Response = global.AuthenticatorResponse ?? class AuthenticatorResponse {};
  return {
    PublicKeyCredential: global.PublicKeyCredential ?? class PublicKeyCredential {},
    AuthenticatorResponse: Response,
    AuthenticatorAssertionResponse:
      global.AuthenticatorAssertionResponse ?? class AuthenticatorAssertionResponse extends Response {},
    AuthenticatorAttestationResponse:
      global.AuthenticatorAttestationResponse ?? class AuthenticatorAttestationResponse extends Response {},
  };
};

/**
 * @param {ReturnType<typeof findClasses>} classes
 * @param {"get" | "create"} method
 * @param {{ challenge?: unknown, allowCredentials?: { id: unknown }[] }} publicKey
 * @param {{ id?: string, userHandle?: string | null, extensions?: object }} parts
 */
export const createCredential = (
  classes,
  method,
  publicKey,
  { id: given, userHandle = "fake-user", extensions = {} },
) => {
  const allowed = publicKey.allowCredentials?.[0]?.id;
  const id = given == null && allowed != null ? bytesFrom(allowed) : bytesOf(given ?? "fake-passkey");
  const clientData = {
    type: `webauthn.${method}`,
    challenge: publicKey.challenge == null ? "" : base64url(bytesFrom(publicKey.challenge)),
    origin: globalThis.location?.origin ?? "",
    crossOrigin: false,
  };
  const clientDataJSON = bytesOf(JSON.stringify(clientData));
  const { data, object } = attestation(id);
  /** @type {Record<string, readonly number[] | null>} */
  const bytes =
    method == "get"
      ? {
          clientDataJSON,
          authenticatorData: authenticatorData(FLAGS),
          signature: bytesOf("fake-signature"),
          userHandle: userHandle == null ? null : bytesOf(userHandle),
        }
      : { clientDataJSON, attestationObject: object };
  /** @param {(bytes: readonly number[]) => unknown} write */
  const written = (write) =>
    Object.fromEntries(Object.entries(bytes).map(([name, value]) => [name, value && write(value)]));
  const response =
    method == "get"
      ? instanceOf(classes.AuthenticatorAssertionResponse, written(bufferOf))
      : instanceOf(classes.AuthenticatorAttestationResponse, {
          ...written(bufferOf),
          getAuthenticatorData: () => bufferOf(data),
          getPublicKey: () => null,
          getPublicKeyAlgorithm: () => -7,
          getTransports: () => ["hybrid", "internal"],
        });
  const shared = { id: base64url(id), type: "public-key", authenticatorAttachment: "platform" };
  return instanceOf(classes.PublicKeyCredential, {
    ...shared,
    rawId: bufferOf(id),
    response,
    getClientExtensionResults: () => extensions,
    toJSON: () => ({
      ...shared,
      rawId: base64url(id),
      response: written(base64url),
      clientExtensionResults: extensions,
    }),
  });
};
