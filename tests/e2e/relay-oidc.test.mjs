// The relay toward the standard's routes: OpenID CIBA Core 1.0, sections 7.1 and 10.1, and RFC 7523, section 3.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, test } from "node:test";

import { jwtVerify } from "jose";

import { cibaRelay } from "../../docs/examples/ciba-relay.mjs";
import {
  CLIENT,
  CREDENTIALS,
  MESSAGE,
  newBodies,
  ORIGIN,
  PENDING,
  useRelay,
  watchLog,
} from "./support/relay-stage.mjs";

const FORM = "application/x-www-form-urlencoded;charset=UTF-8";
const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** The two requests that a push takes, as the provider received them. */
const push = async (relay) => {
  const { respond, send } = relay;
  const body = newBodies().initiate;
  const { auth_req_id } = newBodies().token;
  const init = { headers: { "X-Session": body.email } };
  respond(200, { auth_req_id, expires_in: 300 });
  assert.equal(
    (await send("initiate", { ...body, requested_expiry: 9, acr_values: "x", user_code: "x" }, init)).status,
    200,
  );
  const [initiation] = relay.received;
  respond(400, PENDING);
  const { status, text } = await send("token", { auth_req_id, grant_type: "x" }, init);
  assert.deepEqual([status, JSON.parse(text)], [400, PENDING], "as the provider said it");
  const [poll] = relay.received;
  return { ...body, auth_req_id, initiation, poll };
};

describe("with a secret", () => {
  const relay = useRelay({ routes: "oidc" });

  test("a push is a form of exactly these parameters, with HTTP Basic", async () => {
    const { email, auth_req_id, initiation, poll } = await push(relay);
    const { clientId } = CLIENT;
    assert.deepEqual(
      [initiation.method, initiation.url, initiation.body],
      [
        "POST",
        "/oauth/bc-authorize",
        { client_id: clientId, scope: "openid", login_hint: email, binding_message: MESSAGE },
      ],
    );
    const grant_type = "urn:openid:params:grant-type:ciba";
    assert.deepEqual(
      [poll.method, poll.url, poll.body],
      ["POST", "/oauth/token", { client_id: clientId, grant_type, auth_req_id }],
    );
    for (const { headers } of [initiation, poll]) {
      assert.equal(headers["content-type"], FORM);
      assert.equal(headers.accept, "application/json");
      const [scheme, credentials] = headers.authorization.split(" ");
      assert.deepEqual([scheme, Buffer.from(credentials, "base64").toString()], ["Basic", CREDENTIALS]);
    }
  });

  test("a code goes to AuthSec's route, with the workspace and without authentication", async () => {
    relay.respond(200, { success: true, token: "TOKEN" });
    const body = newBodies().totp;
    await relay.send("totp", body);
    const [{ url, headers, body: received }] = relay.received;
    assert.equal(url, "/authsec/uflow/auth/totp/login");
    assert.deepEqual(received, { workspace_id: CLIENT.workspaceId, ...body });
    assert.deepEqual([headers.authorization, headers["content-type"]], [undefined, "application/json"]);
  });
});

/** Keys as a provider and its client have them: PEM for the relay, the public key for the test. */
const newKeys = (type, options) => {
  const { privateKey, publicKey } = generateKeyPairSync(type, options);
  return { pem: privateKey.export({ type: "pkcs8", format: "pem" }), publicKey };
};

for (const [alg, type, options] of [
  ["RS256", "rsa", { modulusLength: 2048 }],
  ["ES256", "ec", { namedCurve: "P-256" }],
  ["ES384", "ec", { namedCurve: "P-384" }],
])
  describe(`with a key for ${alg}`, () => {
    const { pem, publicKey } = newKeys(type, options);
    const relay = useRelay({ routes: "oidc", clientSecret: undefined, privateKey: pem, keyId: "key-1" });

    test("each request has an assertion of its own, for the token endpoint, and no secret", async () => {
      const { initiation, poll } = await push(relay);
      const ids = new Set();
      for (const { headers, body } of [initiation, poll]) {
        assert.equal(headers.authorization, undefined);
        assert.equal(body.client_id, CLIENT.clientId);
        assert.equal(body.client_assertion_type, JWT_BEARER);
        const { payload, protectedHeader } = await jwtVerify(body.client_assertion, publicKey, {
          issuer: CLIENT.clientId,
          subject: CLIENT.clientId,
          audience: `${relay.provider.origin}/oauth/token`,
          algorithms: [alg],
        });
        assert.deepEqual(protectedHeader, { alg, kid: "key-1" });
        assert.equal(payload.exp - payload.iat, 60);
        assert.ok(Math.abs(payload.iat - Date.now() / 1000) < 30, "from now on");
        ids.add(payload.jti);
      }
      assert.equal(ids.size, 2, "a server accepts each jti once");
    });
  });

describe("at a provider with other addresses", () => {
  const { pem, publicKey } = newKeys("ec", { namedCurve: "P-256" });
  const relay = useRelay((origin) => ({
    routes: "oidc",
    endpoints: { initiate: `${origin}/ciba/start`, token: `${origin}/t/` },
    clientSecret: undefined,
    privateKey: pem,
    audience: "https://issuer.example",
    scopes: ["openid", "pay"],
    resource: "https://api.example",
  }));

  test("its endpoints, audience, scopes and resource are used", async () => {
    const { initiation, poll } = await push(relay);
    assert.deepEqual([initiation.url, poll.url], ["/ciba/start", "/t/"]);
    assert.equal(initiation.body.scope, "openid pay");
    for (const { body } of [initiation, poll]) {
      assert.equal(body.resource, "https://api.example");
      const { protectedHeader } = await jwtVerify(body.client_assertion, publicKey, {
        audience: "https://issuer.example",
      });
      assert.deepEqual(protectedHeader, { alg: "ES256" }, "no key ID was given");
    }
  });
});

describe("the log", () => {
  const { pem } = newKeys("ec", { namedCurve: "P-256" });
  const relay = useRelay({ routes: "oidc", clientSecret: undefined, privateKey: pem });

  test("has no assertion, and nothing of the key", async (t) => {
    const log = watchLog(t);
    const [poll, init] = await relay.initiate();
    relay.respond(401, { error: "invalid_client" });
    await relay.send("token", poll, init);
    const { client_assertion } = relay.received[0].body;
    relay.act = (_, response) => response.destroy();
    await relay.send("token", poll, init);
    assert.match(log(), /token: the provider does not accept the client or its authentication/);
    for (const secret of [client_assertion, poll.auth_req_id, pem.split("\n")[1]]) assert.ok(!log().includes(secret));
  });
});

for (const [what, privateKey, message] of [
  ["no key", "secret text", "privateKey must be a private key in PEM format, without a passphrase"],
  [
    "a public key",
    newKeys("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" }),
    "privateKey must be a private key in PEM format, without a passphrase",
  ],
  [
    "a key of another kind",
    newKeys("ed25519").pem,
    "privateKey must be an RSA key, or one of the elliptic curves P-256 and P-384",
  ],
  [
    "a key of another curve",
    newKeys("ec", { namedCurve: "secp256k1" }).pem,
    "privateKey must be an RSA key, or one of the elliptic curves P-256 and P-384",
  ],
])
  test(`${what} is a TypeError, which does not quote it`, () => {
    const options = {
      baseUrl: ORIGIN,
      clientId: "c",
      origin: ORIGIN,
      sessionOf: () => undefined,
      bindingMessages: /x/,
    };
    assert.throws(() => cibaRelay({ ...options, routes: "oidc", privateKey }), { name: "TypeError", message });
  });
