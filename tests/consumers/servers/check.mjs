// What a server does with push and TOTP, against AuthSec as it is. The same file runs in each runtime.
//
// The settings hold what a test needs besides: users with the tokens of their phones and the secrets of their authenticator apps,
// and keys that are made for one run.

/**
 * Runs all checks. Returns how many passed; throws what failed.
 *
 * @param {typeof import("webauthn-result/ciba").CIBAClient} CIBAClient
 */
export async function check(CIBAClient, settings) {
  const { baseUrl, redirects, clientId, clientSecret, keyClientId, keys, workspaceId, users } = settings;
  const lines = [];
  const log = (line) => lines.push(line);
  const logger = { debug: log, info: log, warn: log, error: log };
  const ends = [];
  const onEnd = (event) => {
    ends.push(event);
    log(JSON.stringify(event));
  };
  const secret = { baseUrl, clientId, clientSecret, logger, onEnd };
  const standard = { ...secret, routes: "oidc" };
  const byKey = (name, privateKey, more) => [
    `an approval at the standard's routes with ${name}`,
    { baseUrl, clientId: keyClientId, routes: "oidc", privateKey, logger, onEnd, ...more },
  ];
  const cryptoKey = await importKey(keys.cryptoKey.jwk);

  const secrets = [clientSecret, keys.es256.jwk.d, keys.rs256.jwk.d];
  let passed = 0;
  const test = async (name, run) => {
    try {
      await run(users[passed % users.length]);
    } catch (error) {
      throw new Error(`${name}: ${error?.stack ?? error}`);
    }
    passed++;
  };

  for (const [name, options] of [
    ["an approval with a secret", secret],
    ["an approval at the standard's routes with a secret", standard],
    byKey("an ES256 key in PEM", keys.es256.pem, { keyId: "es256" }),
    byKey("an RS256 key in PEM", keys.rs256.pem, { keyId: "rs256" }),
    byKey("an ES384 key as a JWK, which names itself", { ...keys.es384.jwk, kid: "es384" }),
    byKey("a PS256 key as a JWK", { ...keys.ps256.jwk, alg: "PS256" }, { keyId: "ps256" }),
    byKey("a CryptoKey", cryptoKey, { keyId: "crypto-key" }),
  ])
    await test(name, async (user) => {
      const client = new CIBAClient(options);
      const request = await client.initiateAppApproval(user.email, { bindingMessage: "W4SCT" });
      equal(request.error, undefined, JSON.stringify(request));
      equal((await client.pollForApproval(user.email, request.auth_req_id, { timeout: 0 })).status, "timeout");
      const poll = client.pollForApproval(user.email, request.auth_req_id, { interval: 0.2, timeout: 30 });
      await respond(settings, user, request.auth_req_id, true);
      const approval = await poll;
      equal(approval.status, "approved", JSON.stringify(approval));
      secrets.push(request.auth_req_id, approval.token);
      equal(/^[\w-]+\.[\w-]+\.[\w-]+$/.test(approval.token), true, "the token is a JWT");
    });

  for (const options of [secret, standard])
    await test(`a denial, ${options.routes ?? "workspace"}`, async (user) => {
      const client = new CIBAClient(options);
      const { auth_req_id } = await client.initiateAppApproval(user.email);
      await respond(settings, user, auth_req_id, false);
      equal((await client.pollForApproval(user.email, auth_req_id)).status, "access_denied");
    });

  for (const options of [secret, standard])
    await test(`a wrong secret, ${options.routes ?? "workspace"}`, async (user) => {
      const { error } = await new CIBAClient({ ...options, clientSecret: "wrong" }).initiateAppApproval(user.email);
      equal(error, "invalid_client");
    });

  await test("a key of somebody else", async (user) => {
    const options = { baseUrl, clientId: keyClientId, routes: "oidc", privateKey: keys.stranger.pem, keyId: "es256" };
    equal((await new CIBAClient(options).initiateAppApproval(user.email)).error, "invalid_client");
  });

  await test("text that is no key", async (user) => {
    const options = { baseUrl, clientId: keyClientId, routes: "oidc", privateKey: "-----BEGIN RSA PRIVATE KEY-----" };
    const { error, message } = await new CIBAClient(options).initiateAppApproval(user.email);
    equal(error, "invalid_argument");
    equal(message.startsWith("options.privateKey must be a private key for"), true, message);
  });

  await test("codes, right and wrong", async (user) => {
    const client = new CIBAClient({ baseUrl, workspaceId });
    const code = await totp(user.totp_secret);
    const wrong = await client.verifyTotp(user.email, String((Number(code) + 1) % 1e6).padStart(6, "0"));
    equal(`${wrong.error} ${wrong.remaining}`, "invalid_code 2");
    const right = await client.verifyTotp(user.email, code);
    equal(right.success, true, JSON.stringify(right));
  });

  await test("a cancel, which ends the poll at once", async (user) => {
    const client = new CIBAClient(secret);
    const { auth_req_id } = await client.initiateAppApproval(user.email);
    const poll = client.pollForApproval(user.email, auth_req_id, { interval: 60 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    client.cancelApproval(user.email);
    equal((await poll).status, "cancelled");
  });

  await test("a redirect, which is no response: the secret is for one address", async (user) => {
    const { error } = await new CIBAClient({ ...secret, baseUrl: redirects }).initiateAppApproval(user.email);
    equal(error, "connection_failed");
  });

  await test("a server that cannot be reached", async (user) => {
    const { error } = await new CIBAClient({ ...secret, baseUrl: "http://127.0.0.1:1" }).initiateAppApproval(
      user.email,
    );
    equal(error, "connection_failed");
  });

  await test("a server that does not respond in time", async (user) => {
    const options = { ...secret, baseUrl: `${redirects}/never`, requestTimeout: 200 };
    equal((await new CIBAClient(options).initiateAppApproval(user.email)).error, "network_timeout");
  });

  await test("a path, which needs a page", async (user) => {
    const { error } = await new CIBAClient({ baseUrl: "/auth/ciba", routes: "relay" }).initiateAppApproval(user.email);
    equal(error, "invalid_argument");
  });

  await test("the logger, which gets no secret, token and auth_req_id, and no assertion", () => {
    const text = lines.join("\n");
    equal(lines.length > 50, true, `${lines.length} lines`);
    for (const secret of secrets) equal(text.includes(secret), false, "a secret is logged");
    equal(/eyJ/.test(text), false, "a JWT is logged");
    equal(
      ends.some(({ code, cause, requests }) => code === "approved" && cause === "approved" && requests > 0),
      true,
    );
  });

  return `${passed} passed`;
}

function equal(actual, expected, about = "") {
  if (actual !== expected) throw new Error(`${JSON.stringify(actual)}, not ${JSON.stringify(expected)} ${about}`);
}

/** What the user does on the phone. */
async function respond({ baseUrl }, { token }, auth_req_id, approved) {
  const response = await fetch(`${baseUrl}/authsec/uflow/auth/workspace/ciba/respond`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ auth_req_id, approved, biometric_verified: true }),
  });
  equal((await response.json()).success, true, "the phone's decision");
}

async function getCrypto() {
  // Node 18 has no global one.
  return globalThis.crypto ?? (await import(/* of Node */ `node:${"crypto"}`)).webcrypto;
}

async function importKey(jwk) {
  const { subtle } = await getCrypto();
  return subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
}

/** The code of an authenticator app now: RFC 6238. */
async function totp(secret) {
  const { subtle } = await getCrypto();
  const bits = Array.from(secret.replace(/=/g, ""), (letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  ).join("");
  const bytes = Uint8Array.from(bits.match(/.{8}/g), (byte) => Number.parseInt(byte, 2));
  const key = await subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
  const counter = new DataView(new ArrayBuffer(8));
  counter.setUint32(4, Math.floor(Date.now() / 30_000));
  const digest = new DataView(await subtle.sign("HMAC", key, counter));
  const number = digest.getUint32(digest.getUint8(19) & 15) & 0x7fffffff;
  return String(number % 1e6).padStart(6, "0");
}
