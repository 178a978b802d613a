// Proves on a server who the client is: HTTP Basic (RFC 6749, section 2.3.1) or `private_key_jwt` (RFC 7523). Pages hold no secret,
// and do not have this file. It is JavaScript's, because signing is WebCrypto's, and promises are its only form.

/** @import { ClientOptions } from "./ciba.d.ts" */

/**
 * Resolves to what proves the client to the server with this token endpoint: the header `Authorization`, or the parameter
 * `client_assertion`. New for each request, since servers accept an assertion once. Rejects if the key cannot be used.
 *
 * @typedef {(url: string) => Promise<{ authorization?: string, assertion?: string }>} Authenticate
 */

/**
 * An algorithm of JWT, as WebCrypto knows it: RFC 7518, section 3.1.
 *
 * @typedef {{ name: string, hash: string, namedCurve?: string, saltLength?: number }} Algorithm
 */

/** The lifetime of an assertion, in seconds. */
const LIFETIME = 60;

/** @type {Record<string, Algorithm>} */
const ALGORITHMS = {
  ES256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  ES384: { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" },
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  PS256: { name: "RSA-PSS", hash: "SHA-256", saltLength: 32 },
};

/** @param {Uint8Array | string} bytes */
const toBase64Url = (bytes) => {
  const binary = Array.from(typeof bytes == "string" ? new TextEncoder().encode(bytes) : bytes, (byte) =>
    String.fromCharCode(byte),
  ).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

/** @param {string} text */
const formEncode = (text) => `${new URLSearchParams([["", text]])}`.slice(1);

/** @param {CryptoKey} key */
const algorithmOf = (key) => {
  const { name, namedCurve, hash } = /** @type {EcKeyAlgorithm & RsaHashedKeyAlgorithm} */ (key.algorithm);
  return Object.keys(ALGORITHMS).find((alg) => {
    const known = ALGORITHMS[alg];
    return known.name == name && (namedCurve ? known.namedCurve == namedCurve : known.hash == hash.name);
  });
};

/**
 * Without what could contradict the algorithm or the use: the key is used to sign, whatever else it is for.
 *
 * @param {JsonWebKey & { kid?: string }} jwk
 */
const importJwk = async ({ alg, use, key_ops, ext, ...jwk }, /** @type {SubtleCrypto} */ subtle) => {
  const fits = { EC: `ES${`${jwk.crv}`.slice(2)}`, RSA: "RS256" }[`${jwk.kty}`];
  const name = alg ?? fits;
  return subtle.importKey("jwk", jwk, ALGORITHMS[`${name}`], false, ["sign"]);
};

/**
 * The PEM does not say in words which algorithm its key is for; the import says whether it is for this one.
 *
 * @param {string} pem
 * @param {SubtleCrypto} subtle
 */
const importPem = async (pem, subtle) => {
  const [, base64] = /-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----/.exec(pem) ?? [];
  // Files of environment variables often have \n as two characters.
  const bytes = Uint8Array.from(atob(`${base64}`.replace(/\\n|\s/g, "")), (character) => character.charCodeAt(0));
  /** @type {unknown} */
  let reason;
  for (const name of ["ES256", "ES384", "RS256"])
    try {
      return await subtle.importKey("pkcs8", bytes, ALGORITHMS[name], false, ["sign"]);
    } catch (error) {
      reason = error;
    }
  throw reason;
};

/**
 * @param {ClientOptions} options
 * @param {() => Crypto | Promise<Crypto>} [getCrypto]
 * @returns {Authenticate | undefined}
 */
export const createAuthenticate = (options, getCrypto = () => crypto) => {
  const { clientId, clientSecret, privateKey, keyId, audience } = options;
  if (clientSecret != null) {
    const authorization = `Basic ${btoa(`${formEncode(`${clientId}`)}:${formEncode(clientSecret)}`)}`;
    return async () => ({ authorization });
  }
  if (privateKey == null) return;

  /** @param {SubtleCrypto} subtle */
  const load = async (subtle) => {
    if (typeof privateKey == "string") return importPem(privateKey, subtle);
    if ("kty" in privateKey) return importJwk(/** @type {JsonWebKey} */ (privateKey), subtle);
    return /** @type {CryptoKey} */ (privateKey);
  };
  /** @type {Promise<CryptoKey> | undefined} */
  let loading;

  return async (url) => {
    const crypto = await getCrypto();
    const key = await (loading ||= load(crypto.subtle));
    const alg = algorithmOf(key);
    const kid = keyId || /** @type {{ kid?: string }} */ (privateKey).kid;
    const claims = {
      iss: clientId,
      sub: clientId,
      aud: audience || url,
      exp: Math.floor(Date.now() / 1000) + LIFETIME,
      jti: crypto.randomUUID(),
    };
    const signed = [{ alg, typ: "JWT", ...(kid != null && { kid }) }, claims]
      .map((part) => toBase64Url(JSON.stringify(part)))
      .join(".");
    const signature = await crypto.subtle.sign(ALGORITHMS[`${alg}`], key, new TextEncoder().encode(signed));
    return { assertion: `${signed}.${toBase64Url(new Uint8Array(signature))}` };
  };
};
