// How a client authenticates to its provider: HTTP Basic, or a signed assertion (private_key_jwt). Each function returns one that
// resolves to what a request needs: `{ headers, parameters }`.

import { createPrivateKey, randomUUID } from "node:crypto";

/** By the key's type, or by the curve of an elliptic key: RFC 7518, section 3.1. */
const ALGORITHMS = { rsa: "RS256", prime256v1: "ES256", secp384r1: "ES384" };
const ASSERTION_SECONDS = 60;

/** HTTP Basic as in RFC 6749, section 2.3.1: both parts are form-encoded, so that they may contain colons. */
export function basicAuthentication(clientId, clientSecret) {
  const encode = (text) => String(new URLSearchParams({ "": text })).slice(1);
  const credentials = Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString("base64");
  return async () => ({ headers: { Authorization: `Basic ${credentials}` }, parameters: {} });
}

/**
 * An assertion for each request (RFC 7523, section 2.2), made with the npm package jose.
 *
 * @param {object} options
 * @param {string} options.clientId
 * @param {string} options.privateKey PEM, of RSA or an elliptic curve (P-256, P-384)
 * @param {string} [options.keyId] the key's ID at the provider
 * @param {string} options.audience the provider's token endpoint
 * @throws {TypeError} if it is no such key
 */
export function assertionAuthentication({ clientId, privateKey, keyId, audience }) {
  const { key, alg } = readKey(privateKey);
  // Only here, so that a relay with a secret does not need the package. Without it, the process ends at its start.
  const jose = import("jose");
  return async () => {
    const { SignJWT } = await jose;
    const assertion = await new SignJWT()
      .setProtectedHeader({ alg, ...(keyId && { kid: keyId }) })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${ASSERTION_SECONDS}s`)
      // Providers accept each ID once.
      .setJti(randomUUID())
      .sign(key);
    return {
      headers: {},
      parameters: {
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: assertion,
      },
    };
  };
}

function readKey(pem) {
  let key;
  try {
    key = createPrivateKey(pem);
  } catch {
    // Without the cause, whose message is about the key.
    throw new TypeError("privateKey must be a private key in PEM format, without a passphrase");
  }
  const { asymmetricKeyType, asymmetricKeyDetails } = key;
  const alg = ALGORITHMS[asymmetricKeyDetails.namedCurve ?? asymmetricKeyType];
  if (!alg) throw new TypeError("privateKey must be an RSA key, or one of the elliptic curves P-256 and P-384");
  return { key, alg };
}
