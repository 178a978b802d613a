// What proves who the client is: docs/contract.md, section B1.

import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";

import { createAuthenticate } from "../../js/ciba-credentials.js";

const URL_OF_TOKENS = "https://auth.example/oauth/token";
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pem = privateKey.export({ type: "pkcs8", format: "pem" });
const jwk = { ...privateKey.export({ format: "jwk" }), kid: "own" };

/** The header and the claims of an assertion. */
const sign = async (options) => {
  const { assertion } = await createAuthenticate({ clientId: "c", ...options })(URL_OF_TOKENS);
  return assertion
    .split(".", 2)
    .map((part) => JSON.parse(Buffer.from(part, "base64url").toString()))
    .reduce((header, claims) => ({ header, claims }));
};

test("an empty keyId or audience, as of an environment variable that is not set, counts as absent", async () => {
  const { header, claims } = await sign({ privateKey: pem, keyId: "", audience: "" });
  assert.deepEqual([header, claims.aud], [{ alg: "ES256", typ: "JWT" }, URL_OF_TOKENS]);
  assert.equal((await sign({ privateKey: jwk, keyId: "" })).header.kid, "own");
});

for (const [written, text] of [
  ["with the line breaks of Windows", pem.replaceAll("\n", "\r\n")],
  ["in one line", pem.replaceAll("\n", " ")],
  ["with \\n for line breaks, as in a file of environment variables", pem.trim().replaceAll("\n", "\\n")],
  ["after other text", `Bag Attributes\n  friendlyName: key\n${pem}`],
])
  test(`a key in PEM ${written} signs`, async () => {
    assert.equal((await sign({ privateKey: text })).header.alg, "ES256");
  });
