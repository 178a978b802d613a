import { fakeCloud, fakePasskeys } from "webauthn-result/testing";
import { createSignIn } from "./sign-in.js";

/** Installs both before the story, and removes them after it. */
const withFakes = (passkeys, cloud) => () => {
  const server = fakeCloud({ ...cloud, backend: () => server.approval() });
  const fakes = [fakePasskeys(passkeys), server.install()];
  return () => {
    for (const fake of fakes) fake.restore();
  };
};

export default { title: "Sign in", render: () => createSignIn({ finalizeTimeout: 500 }) };

export const Approved = { beforeEach: withFakes() };
export const Dismissed = { beforeEach: withFakes({ get: "NotAllowedError" }) };
export const PromptIsOpen = { beforeEach: withFakes({ get: "never" }) };
export const Refused = { beforeEach: withFakes({}, { finalize: { rejected: "The transaction has expired" } }) };
export const OutcomeUnknown = { beforeEach: withFakes({}, { finalize: 503, status: "unreachable" }) };
