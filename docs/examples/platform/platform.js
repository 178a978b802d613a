// What authenticators and browsers can do beyond signing: each function adds to the options that your server returned.

import { authenticate, register } from "webauthn-result";

// #region prf
/** Creates a passkey that can derive keys, if the authenticator can. */
export async function createPasskeyWithKey(enrollment) {
  let canDerive = false;
  enrollment.credentialCreationOptions.extensions = { prf: {} };
  const result = await register(enrollment, {
    onExtensionResults: (results) => {
      canDerive = results?.prf?.enabled === true;
    },
  });
  return { result, canDerive };
}

/** Signs in, and derives a key that this passkey alone yields: the same one each time, for data that only the user can read. */
export async function signInWithKey(approval) {
  /** @type {BufferSource | undefined} */
  let secret;
  approval.credentialRequestOptions.extensions = {
    // base64url: 32 bytes or any other length, the same ones each time.
    prf: { eval: { first: "c2hvcC92YXVsdC92MQ" } },
  };
  const result = await authenticate(approval, {
    onExtensionResults: (results) => {
      secret = results?.prf?.results?.first;
    },
  });
  // Not every authenticator can.
  if (!result.success || !secret) return { result };
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode("vault") },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
  return { result, key };
}
// #endregion prf

// #region blob
/** Creates a passkey that can keep a small blob, if the authenticator can. */
export async function createPasskeyWithBlob(enrollment) {
  let canKeep = false;
  enrollment.credentialCreationOptions.extensions = { largeBlob: { support: "preferred" } };
  const result = await register(enrollment, {
    onExtensionResults: (results) => {
      canKeep = results?.largeBlob?.supported === true;
    },
  });
  return { result, canKeep };
}

/** Writes it, as base64url. The approval must allow one passkey. */
export async function writeBlob(approval, blob) {
  let isWritten = false;
  approval.credentialRequestOptions.extensions = { largeBlob: { write: blob } };
  const result = await authenticate(approval, {
    onExtensionResults: (results) => {
      isWritten = results?.largeBlob?.written === true;
    },
  });
  return { result, isWritten };
}

/** Reads it. */
export async function readBlob(approval) {
  /** @type {BufferSource | undefined} */
  let blob;
  approval.credentialRequestOptions.extensions = { largeBlob: { read: true } };
  const result = await authenticate(approval, {
    onExtensionResults: (results) => {
      blob = results?.largeBlob?.blob;
    },
  });
  return { result, blob };
}
// #endregion blob

// #region hints
/** Signs in with a phone first: the browser begins with its camera instead of this device. */
export async function signInWithPhone(approval) {
  approval.credentialRequestOptions.hints = ["hybrid"];
  return authenticate(approval);
}
// #endregion hints

// #region attestation
/** Creates a passkey whose authenticator says which model it is, in a format that your server can verify. */
export async function createAttestedPasskey(enrollment) {
  const options = enrollment.credentialCreationOptions;
  options.attestation = "direct";
  options.attestationFormats = ["packed", "tpm"];
  return register(enrollment);
}
// #endregion attestation
