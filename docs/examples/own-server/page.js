// Signs in and creates passkeys with a WebAuthn server of the shop's own.

import { authenticate, register } from "webauthn-result";

async function post(path, body, signal) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return response.json();
}

const server = {
  finalize: (credential, { statusToken, signal }) => post("/api/finalize", { statusToken, credential }, signal),
  status: ({ statusToken }) => post("/api/status", { statusToken }),
};

/** Creates a passkey. Resolves to the result object. */
export const createPasskey = async (username) => register(await post("/api/enroll", { username }), server);

/** Signs in, by any passkey without a name. Resolves to the result object. */
export const signIn = async (username) => authenticate(await post("/api/approve", { username }), server);
