/**
 * Passkey sign-in, approval and registration with the Nevis Authentication Cloud. Every call resolves to one documented
 * result object.
 *
 * @example
 * import { authenticate, configure } from "webauthn-result";
 *
 * configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud" });
 *
 * const approval = await fetch("/start-approval", { method: "POST" }).then((response) => response.json());
 * const result = await authenticate(approval);
 * if (result.success) console.log(result.code.statusCode, result.token.length);
 * else console.warn(result.code.statusCode, result.message);
 *
 * @packageDocumentation
 */

import type { Approval, CeremonyName, Enrollment, OwnApproval, OwnEnrollment, Transaction } from "./options.cjs";
import type { FinalizeFunction } from "./own-server.cjs";
import type { AuthenticationResult, RegistrationResult, Support } from "./results.cjs";
import type { Defaults, OutcomeSettings, Settings } from "./settings.cjs";

export * from "./options.cjs";
export * from "./own-server.cjs";
export * from "./results.cjs";
export * from "./settings.cjs";

/**
 * With your own WebAuthn server, which decides by the setting `finalize`: docs/contract.md, section A7.
 *
 * @example
 * import { authenticate, type FinalizeFunction, type OwnApproval } from "webauthn-result";
 *
 * const finalize: FinalizeFunction = async (credential) => {
 *   const headers = { "Content-Type": "application/json" };
 *   const response = await fetch("/login/finish", { method: "POST", headers, body: JSON.stringify(credential) });
 *   return response.json();
 * };
 * const signIn = async (approval: OwnApproval) => (await authenticate(approval, { finalize })).success;
 */
export function authenticate(
  approval: OwnApproval,
  settings: Settings & { finalize: FinalizeFunction },
): Promise<AuthenticationResult>;

/**
 * Signs in or approves with a passkey. The promise never rejects.
 *
 * | statusCode | when |
 * |---|---|
 * | `success-authentication` | the cloud accepted the assertion; `token` is the transaction token |
 * | `error-0000` | `credentialRequestOptions` is missing or invalid; `message` names the property |
 * | `error-0001` | the prompt was declined, canceled, timed out or was refused by the browser or the authenticator |
 * | `error-0002` | the cloud refused, could not be reached, or the outcome is unknown; `causeOf` says which |
 * | `error-0003` | `userId` is missing |
 * | `error-0004` | `statusToken` is missing |
 * | `error-0005` | no WebAuthn in this browser, in this context, or outside a browser |
 * | `error-0099` | a setting is invalid, or the module could not load or crashed |
 *
 * Codes, limits and the order of the checks: docs/contract.md, section A1.
 *
 * @example
 * import { authenticate, type Approval } from "webauthn-result";
 *
 * async function signIn(approval: Approval): Promise<string | undefined> {
 *   const result = await authenticate(approval, { baseUrl: "https://INSTANCE.mauth.nevis.cloud" });
 *   return result.success ? result.token : undefined;
 * }
 */
export function authenticate(approval: Approval, settings?: Settings): Promise<AuthenticationResult>;

/**
 * With your own WebAuthn server, which decides by the setting `finalize`: docs/contract.md, section A7.
 *
 * @example
 * import { register, type FinalizeFunction, type OwnEnrollment } from "webauthn-result";
 *
 * const finalize: FinalizeFunction = async (credential) => {
 *   const response = await fetch("/register/finish", { method: "POST", body: JSON.stringify(credential) });
 *   return response.json();
 * };
 * const create = async (enrollment: OwnEnrollment) => (await register(enrollment, { finalize })).success;
 */
export function register(
  enrollment: OwnEnrollment,
  settings: Settings & { finalize: FinalizeFunction },
): Promise<RegistrationResult>;

/**
 * Creates a passkey. The promise never rejects.
 *
 * | statusCode | when |
 * |---|---|
 * | `success-registration` | the cloud accepted the attestation; `token` is the transaction token |
 * | `error-1000` | `credentialCreationOptions` is missing or invalid; `message` names the property |
 * | `error-1001` | the prompt was declined, canceled, timed out or was refused by the browser or the authenticator |
 * | `error-1002` | the cloud refused, could not be reached, or the outcome is unknown; `causeOf` says which |
 * | `error-1004` | `statusToken` is missing |
 * | `error-1005` | no WebAuthn in this browser, in this context, or outside a browser |
 * | `error-1099` | a setting is invalid, or the module could not load or crashed |
 *
 * Codes, limits and the order of the checks: docs/contract.md, section A1.
 *
 * @example
 * import { register, type Enrollment } from "webauthn-result";
 *
 * async function addPasskey(enrollment: Enrollment): Promise<boolean> {
 *   const result = await register({ ...enrollment, authenticatorName: "Work laptop" });
 *   return result.success;
 * }
 */
export function register(enrollment: Enrollment, settings?: Settings): Promise<RegistrationResult>;

/**
 * Asks for the outcome of a transaction, and resolves to the same result object as the call that began it. Use it if
 * `causeOf` says `checkOutcome`, after a reload (keep `statusToken` in `sessionStorage`), in another tab, or to wait for an
 * approval by the cloud's own app or push. The promise never rejects.
 *
 * With `ceremony: "registration"` the codes are those of {@link register}.
 *
 * | statusCode | cause | when |
 * |---|---|---|
 * | `success-authentication` | `approved` | it succeeded; `token` is the transaction token |
 * | `error-0001` | `aborted` | the page's signal |
 * | `error-0002` | `refused` | it failed: start a new one |
 * | `error-0002` | `pending` | it is still pending after `wait` |
 * | `error-0002` | `outcomeUnknown` | the cloud does not know it, or gave no readable response |
 * | `error-0004` | `invalidOptions` | `statusToken` is missing |
 * | `error-0005` | `noWebAuthn` | outside a page, such as on a server |
 * | `error-0099` | `invalidSettings` | `ceremony` or a setting is invalid |
 * | `error-0099` | `outcomeUnknown` | the module could not load, or crashed |
 *
 * A real cloud may not let a page ask: set `statusUrl` to an endpoint of your backend. Codes, waits and limits:
 * docs/contract.md, section A5.3.
 *
 * @param transaction an approval, or an object with its `statusToken`
 *
 * @example
 * import { outcome } from "webauthn-result";
 *
 * const statusToken = sessionStorage.getItem("statusToken");
 * if (statusToken) {
 *   const result = await outcome({ statusToken }, { statusUrl: "/api/status", wait: 10_000 });
 *   console.log(result.success ? "Approved" : result.code.statusCode);
 * }
 */
export function outcome<C extends CeremonyName = "authentication">(
  transaction: Transaction<C>,
  settings?: OutcomeSettings,
): Promise<C extends "registration" ? RegistrationResult : AuthenticationResult>;

/**
 * Ends the open prompt, or the call that waits for the module: it resolves to `error-0001` or `error-1001` with
 * `AbortError` in `message`. Another copy of this package in the page may have opened the prompt. It has no effect once
 * the user has confirmed, if no call is waiting, or on {@link outcome}, which has a signal.
 *
 * @example
 * import { cancel } from "webauthn-result";
 *
 * document.querySelector("#cancel")?.addEventListener("click", () => cancel());
 */
export function cancel(): void;

/**
 * Sets defaults for later calls. A property that is absent or `undefined` stays as it was.
 *
 * @throws TypeError if `baseUrl` (docs/contract.md, section A6) or `loadTimeout` is invalid, or `fallback` is not a
 * function.
 *
 * @example
 * import { configure } from "webauthn-result";
 *
 * configure({ baseUrl: "https://INSTANCE.mauth.nevis.cloud", finalizeTimeout: 5000 });
 */
export function configure(defaults: Defaults): void;

/**
 * Resolves when the module is loaded, or has failed to load: then calls resolve to `error-0099` or `error-1099`.
 * Loading starts when the package is imported, and takes `loadTimeout` at most. Never rejects.
 *
 * @example
 * import { ready } from "webauthn-result";
 *
 * await ready();
 */
export function ready(): Promise<void>;

/**
 * Resolves to what this browser supports. Never rejects.
 *
 * @example
 * import { support } from "webauthn-result";
 *
 * const { webauthn, autofill } = await support();
 * console.log(webauthn ? "Show the passkey button" : "Offer another way to sign in", autofill);
 */
export function support(): Promise<Support>;
