// What a backend sends is accepted as it comes; what can be seen to be wrong is not.

import { authenticate, cancel, type configure, type ready, register, type Stage, support } from "webauthn-result";
import { type Equal, holds } from "./equal.js";

declare const statusToken: string;

export async function asTheDomHasThem(
  credentialRequestOptions: PublicKeyCredentialRequestOptionsJSON,
  credentialCreationOptions: PublicKeyCredentialCreationOptionsJSON,
) {
  await authenticate({ credentialRequestOptions, userId: "zoe", statusToken });
  await register({ credentialCreationOptions, statusToken });
}

export async function asTheyComeFromFetch() {
  const approval = await (await fetch("/start-approval", { method: "POST" })).json();
  await authenticate(approval);
  const { enrollment } = await (await fetch("/start-registration", { method: "POST" })).json();
  await register(enrollment);
  await register({ ...enrollment, authenticatorName: "Work laptop" });
}

export async function asTheCloudSendsThem() {
  await authenticate({
    credentialRequestOptions: {
      status: "ok",
      errorMessage: "",
      challenge: "q83vEjRWeJA",
      timeout: 60000,
      rpId: "example.com",
      allowCredentials: [{ type: "public-key", id: "AAECAwQFBgc" }],
      userVerification: "required",
    },
    userId: "zoe",
    statusToken,
  });
  // Of a JSON encoder that writes null for what is absent.
  await authenticate({
    credentialRequestOptions: { challenge: "q83vEjRWeJA", timeout: null, rpId: null, allowCredentials: null },
    userId: null,
    statusToken,
  });
  const answer = {
    challenge: "q83vEjRWeJA",
    allowCredentials: [{ type: "public-key", id: "AAECAwQFBgc", transports: ["internal"] }],
  } as const;
  await authenticate({ credentialRequestOptions: answer, userId: "zoe", statusToken });
}

export async function asTheyMustNotBe() {
  // @ts-expect-error no options
  await authenticate();
  // @ts-expect-error statusToken is missing
  await authenticate({ credentialRequestOptions: { challenge: "q83vEjRWeJA" }, userId: "zoe" });
  // @ts-expect-error the challenge is missing
  await authenticate({ credentialRequestOptions: {}, userId: "zoe", statusToken });
  // @ts-expect-error bytes in place of base64url text
  await authenticate({ credentialRequestOptions: { challenge: new Uint8Array(16) }, userId: "zoe", statusToken });
  // @ts-expect-error the options of the other ceremony
  await register({ credentialRequestOptions: { challenge: "q83vEjRWeJA" }, statusToken });
}

export async function settings(signal: AbortSignal, approval: Parameters<typeof authenticate>[0]) {
  await authenticate(approval, {});
  await authenticate(approval, { signal, mediation: "conditional", usernameless: true, finalizeTimeout: 5000 });
  await authenticate(approval, { signal: undefined, mediation: undefined, onProgress: undefined });
  await authenticate(approval, {
    onProgress: (stage) => holds<Equal<typeof stage, Stage>>(),
    onExtensionResults: (results) => holds<Equal<typeof results, AuthenticationExtensionsClientOutputs | undefined>>(),
  });
  // @ts-expect-error no such mediation
  await authenticate(approval, { mediation: "silent" });
  // @ts-expect-error a text in place of milliseconds
  await authenticate(approval, { finalizeTimeout: "5000" });
  // @ts-expect-error no such setting
  await authenticate(approval, { timeout: 5000 });
}

export async function theOthers() {
  holds<Equal<Stage, "prompting" | "finalizing" | "recovering">>();
  holds<Equal<ReturnType<typeof configure>, void>>();
  holds<Equal<ReturnType<typeof cancel>, void>>();
  holds<Equal<ReturnType<typeof ready>, Promise<void>>>();
  const { webauthn, platformAuthenticator, autofill } = await support();
  for (const can of [webauthn, platformAuthenticator, autofill]) holds<Equal<typeof can, boolean>>();
  // Frameworks take it as it is, for a cleanup.
  const cleanup: () => void = cancel;
  cleanup();
}
