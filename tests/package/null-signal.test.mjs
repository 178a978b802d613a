// `signal: null` means no signal, in the built files. The document of this test is an event target, so that they run in Node.

import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = new EventTarget();

const APPROVAL = { credentialRequestOptions: { challenge: "q83vEjRWeJA" }, userId: "ada", statusToken: "S" };
const { authenticate, configure } = await import("../../pkg/index.js");
const { CIBAClient } = await import("../../pkg/ciba.js");

const codeOf = async (settings) => (await authenticate(APPROVAL, settings)).code.statusCode;

test("authenticate takes null for no signal, also where configure set one, and refuses what is not a signal", async () => {
  // The settings are checked before the browser, which Node is not.
  assert.equal(await codeOf({ signal: null, baseUrl: "https://cloud.example" }), "error-0005");
  assert.equal(await codeOf({ signal: {}, baseUrl: "https://cloud.example" }), "error-0099");
  configure({ baseUrl: "https://cloud.example", signal: {} });
  assert.equal(await codeOf(), "error-0099");
  assert.equal(await codeOf({ signal: undefined }), "error-0099");
  assert.equal(await codeOf({ signal: null }), "error-0005");
  configure({ signal: null });
  assert.equal(await codeOf(), "error-0005");
});

test("the methods of CIBAClient take null for no signal, and refuse what is not a signal", async (t) => {
  t.mock.method(globalThis, "fetch", async () => Response.json({ auth_req_id: "ID", access_token: "T" }));
  const client = new CIBAClient();
  const { auth_req_id } = await client.initiateAppApproval("ada@example.com", { signal: null });
  assert.equal(auth_req_id, "ID");
  const approved = await client.pollForApproval("ada@example.com", "ID", { signal: null });
  assert.deepEqual(approved, { status: "approved", token: "T" });
  assert.deepEqual(await client.safeAuthenticate("ada@example.com", { signal: null }), { success: true, token: "T" });
  const refused = await client.safeAuthenticate("ada@example.com", { signal: 7 });
  assert.deepEqual(refused, {
    success: false,
    error: "invalid_argument",
    message: "options.signal must be an AbortSignal",
  });
});
