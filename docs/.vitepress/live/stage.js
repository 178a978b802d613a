// Runs a live example in the reader's browser: their own authenticator, and the testing kit's cloud in place of a server.
//
// What an example creates, it removes, if the browser lets a page do so.

import { register } from "webauthn-result";
import { causeOf } from "webauthn-result/cause";
import { explain } from "webauthn-result/explain";
import { fakeCloud } from "webauthn-result/testing";

const OWNER = "webauthn-result example";

const randomText = () =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))
    .replaceAll("+", "-")
    .replaceAll("/", "_");

/** An enrollment of somebody new. */
const enrollmentOf = (cloud) => {
  const enrollment = cloud.enrollment();
  const { credentialCreationOptions: options } = enrollment;
  return {
    ...enrollment,
    credentialCreationOptions: {
      ...options,
      rp: { ...options.rp, name: OWNER },
      user: { id: randomText(), name: OWNER, displayName: OWNER },
      challenge: randomText(),
    },
  };
};

/** An approval by one passkey, or by any. */
const approvalOf = (cloud, id) => {
  const approval = cloud.approval();
  const allowCredentials = id ? [{ type: /** @type {const} */ ("public-key"), id }] : [];
  return {
    ...approval,
    credentialRequestOptions: { ...approval.credentialRequestOptions, challenge: randomText(), allowCredentials },
  };
};

/** The IDs of the passkeys that were created, according to what the cloud got. */
const createdIn = (...clouds) =>
  clouds
    .flatMap(({ requests }) => requests)
    .filter(({ ceremony }) => ceremony === "registration")
    .map(({ body }) => body.id);

/** Removes passkeys. Resolves to whether the browser was able to. */
const remove = async (ids) => {
  /** @type {any} The types of the DOM do not have the method yet. */
  const passkeys = globalThis.PublicKeyCredential;
  if (!passkeys?.signalUnknownCredential) return false;
  try {
    for (const credentialId of ids)
      await passkeys.signalUnknownCredential({
        rpId: location.hostname,
        credentialId: credentialId.replace(/=+$/, ""),
      });
    return true;
  } catch {
    return false;
  }
};

/** Resolves to what `run` resolves to, while `cloud` is the page's `fetch`. */
const withCloud = async (cloud, run) => {
  cloud.install();
  try {
    return await run();
  } finally {
    cloud.restore();
  }
};

/**
 * Runs an example. Resolves to its result, with its cause and words, and whether a passkey stayed on the device.
 *
 * @param {import("./examples.js").Example} example
 */
export const runExample = async (example) => {
  const { run, cloud: options } = await example.load();
  const cloud = fakeCloud(options);
  const setup = fakeCloud();
  let result;
  if (example.isRegistration) result = await withCloud(cloud, () => run(enrollmentOf(cloud)));
  else if (!example.needsPasskey) result = await withCloud(cloud, () => run(approvalOf(cloud)));
  else {
    const created = await withCloud(setup, () => register(enrollmentOf(setup)));
    const [id] = createdIn(setup);
    result = created.success ? await withCloud(cloud, () => run(approvalOf(cloud, id))) : created;
  }
  const ids = createdIn(setup, cloud);
  const { cause, next } = causeOf(result);
  const { title, advice } = explain(result);
  return {
    result,
    cause,
    next,
    title,
    advice,
    created: ids.length > 0,
    removed: ids.length > 0 && (await remove(ids)),
  };
};
