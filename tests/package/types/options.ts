// What a backend sends is accepted as it comes; what can be seen to be wrong is not.

import {
  type Approval,
  authenticate,
  type CreationOptionsJSON,
  cancel,
  configure,
  type Defaults,
  type Enrollment,
  type ExtensionInputsJSON,
  type RequestOptionsJSON,
  type ready,
  register,
  type Settings,
  type Stage,
  type Support,
  support,
} from "webauthn-result";
import { type Equal, holds } from "./equal.js";

declare const statusToken: string;

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

/** Strings that the server chooses: any is accepted, and the known ones are offered as completions. */
export function strings(any: string, options: RequestOptionsJSON, creation: CreationOptionsJSON) {
  options.userVerification = any;
  options.hints = [any, "hybrid"];
  options.allowCredentials = [{ type: any, id: "AAECAwQFBgc", transports: [any, "usb"] }];
  creation.attestation = any;
  creation.attestationFormats = [any, "packed"];
  creation.authenticatorSelection = { authenticatorAttachment: any, residentKey: any, userVerification: any };
  creation.pubKeyCredParams = [{ type: any, alg: -7 }];
  // A union that had become `string` would offer none.
  holds<Equal<Extract<RequestOptionsJSON["userVerification"], "required">, "required">>();
  holds<Equal<Extract<CreationOptionsJSON["attestation"], "direct">, "direct">>();
  // @ts-expect-error not a string
  options.userVerification = true;
}

export function extensions() {
  const salts = { first: "q83vEjRWeJA", second: new Uint8Array(32) };
  const known: ExtensionInputsJSON = {
    credProps: true,
    largeBlob: { support: "required" },
    prf: { eval: salts, evalByCredential: { AAECAwQFBgc: salts } },
  };
  // The browser judges what is not named.
  const any: ExtensionInputsJSON = { ...known, minPinLength: true };
  const options: RequestOptionsJSON = { challenge: "q83vEjRWeJA", extensions: any };
  // @ts-expect-error not an object
  options.extensions = "credProps";
  // @ts-expect-error not a boolean
  options.extensions = { credProps: "yes" };
  // @ts-expect-error neither base64url nor a buffer
  options.extensions = { prf: { eval: { first: 1 } } };
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

export async function settings(signal: AbortSignal, approval: Approval) {
  // The signal of a page that may have none.
  const none = null as AbortSignal | null;
  await authenticate(approval, { signal: none });
  configure({ signal: none });
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

export function fallback() {
  configure({ fallback: () => import("webauthn-result/fallback") });
  // @ts-expect-error another module
  configure({ fallback: () => import("webauthn-result/explain") });
  // @ts-expect-error it is loaded only where it is needed
  configure({ fallback: import("webauthn-result/fallback") });
}

/** Each argument and each result has a name. */
export function names() {
  holds<Equal<Parameters<typeof authenticate>[0], Approval>>();
  holds<Equal<Parameters<typeof register>[0], Enrollment>>();
  holds<Equal<NonNullable<Parameters<typeof authenticate | typeof register>[1]>, Settings>>();
  holds<Equal<Parameters<typeof configure>[0], Defaults>>();
  holds<Equal<ReturnType<typeof support>, Promise<Support>>>();
}

export async function theOthers() {
  holds<Equal<Stage, "prompting" | "finalizing" | "recovering">>();
  holds<Equal<ReturnType<typeof configure>, void>>();
  holds<Equal<ReturnType<typeof cancel>, void>>();
  holds<Equal<ReturnType<typeof ready>, Promise<void>>>();
  const { webauthn, platformAuthenticator, autofill, capabilities } = await support();
  holds<Equal<typeof capabilities.immediateGet, boolean | undefined>>();
  holds<Equal<(typeof capabilities)["extension:prf"], boolean | undefined>>();
  for (const can of [webauthn, platformAuthenticator, autofill]) holds<Equal<typeof can, boolean>>();
  // Frameworks take it as it is, for a cleanup.
  const cleanup: () => void = cancel;
  cleanup();
}
