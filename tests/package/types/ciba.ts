// Push and TOTP: what a page passes, and what it can tell of a result by its members.

import {
  type ApprovalOptions,
  type CancelResult,
  CIBAClient,
  type ErrorCode,
  type ErrorResult,
  getUserFriendlyError,
  type InitiatedRequest,
  type InitiationResult,
  type PollResult,
  type Progress,
  type SafeResult,
  type TotpResult,
} from "webauthn-result/ciba";
import { explain } from "webauthn-result/explain";
import { type Equal, holds } from "./equal.js";

const client = new CIBAClient({ clientId: "C", baseUrl: "http://localhost:5190", logger: console });

export function options() {
  new CIBAClient();
  new CIBAClient({ routes: "tenant", requestTimeout: 5000, clientId: undefined });
  // @ts-expect-error no such routes
  new CIBAClient({ routes: "admin" });
  // @ts-expect-error a text in place of milliseconds
  new CIBAClient({ requestTimeout: "5000" });
}

export async function asThePublishedSdkIsUsed() {
  const request = await client.initiateAppApproval("ada@example.com");
  if (request.error !== undefined) return;
  const approval = await client.pollForApproval("ada@example.com", request.auth_req_id, { interval: 5, timeout: 60 });
  if (approval.status === "approved") holds<Equal<typeof approval.token, string>>();
  const result = await client.verifyTotp("ada@example.com", "123456");
  if (!result.success) holds<Equal<typeof result.remaining, number>>();
  holds<Equal<ReturnType<typeof client.cancelApproval>, CancelResult>>();
  holds<Equal<CancelResult["status"], "cancelled">>();
}

export function results(poll: PollResult, totp: TotpResult, safe: SafeResult) {
  switch (poll.status) {
    case "approved":
      holds<Equal<typeof poll.token, string>>();
      break;
    case "error":
      holds<Equal<typeof poll.error, ErrorCode>>();
      break;
    case "access_denied":
    case "timeout":
    case "expired_token":
    case "cancelled":
      // Only an approval has a token.
      holds<Equal<typeof poll.token, undefined>>();
      break;
    default:
      holds<Equal<typeof poll, never>>();
  }
  if (totp.success) holds<Equal<typeof totp.token, string | null>>();
  if (safe.success) holds<Equal<typeof safe.token, string>>();
  // Only a success has a token.
  else holds<Equal<typeof safe.token, undefined>>();
  explain(poll);
  explain(totp);
  explain(safe, "de");
  holds<Equal<ReturnType<typeof getUserFriendlyError>, string>>();
}

/** Each result narrows by its error, too. */
export function errors(initiation: InitiationResult, poll: PollResult, totp: TotpResult, safe: SafeResult) {
  if (initiation.error) holds<Equal<typeof initiation.success, false>>();
  if (initiation.error === undefined) holds<Equal<typeof initiation, InitiatedRequest>>();
  if (initiation.auth_req_id) holds<Equal<typeof initiation, InitiatedRequest>>();
  if (poll.error) holds<Equal<typeof poll.status, "error">>();
  if (totp.error) holds<Equal<typeof totp.success, false>>();
  if (safe.error) holds<Equal<typeof safe, ErrorResult>>();
  if (safe.error === undefined) holds<Equal<typeof safe.token, string>>();
}

/** Each result can be destructured before it is known which one it is. */
export function destructured(initiation: InitiationResult, poll: PollResult, totp: TotpResult, safe: SafeResult) {
  const { auth_req_id, expires_in, interval, error: refusal } = initiation;
  if (refusal === undefined) holds<Equal<typeof auth_req_id, string>>();
  else holds<Equal<typeof expires_in | typeof interval, undefined>>();

  const { status, token, error } = poll;
  if (status === "approved") holds<Equal<typeof token, string>>();
  if (status === "error") holds<Equal<typeof error, ErrorCode>>();

  const { success: isRight, token: ofCode, remaining } = totp;
  holds<Equal<typeof remaining, number>>();
  if (isRight) holds<Equal<typeof ofCode, string | null>>();

  const { success, token: ofPush, error: why } = safe;
  if (success) holds<Equal<typeof ofPush, string>>();
  else holds<Equal<typeof why, ErrorCode>>();
}

export async function patterns(signal: AbortSignal | null) {
  const onProgress = (progress: Progress) => console.log(progress.secondsLeft);
  const options: ApprovalOptions = { signal, onProgress, bindingMessage: "Sign in" };
  await client.safeAuthenticate("ada@example.com", options);
  await client.initiateAppApproval("ada@example.com", { signal });
  await client.pollForApproval("ada@example.com", "ID", { signal });
  new CIBAClient(null);
  const token = await client.authenticateWithRetry("ada@example.com", { maxRetries: 3 });
  holds<Equal<typeof token, string | null>>();
  await client.authenticateWithFallback("ada@example.com", { promptForCode: async () => "123456", timeout: 10 });
  await client.authenticateWithFallback("ada@example.com", {
    promptForCode: (why) => prompt(getUserFriendlyError(why)),
  });
  // @ts-expect-error promptForCode is missing
  await client.authenticateWithFallback("ada@example.com");
  // @ts-expect-error the code is a text
  await client.verifyTotp("ada@example.com", 123456);
}
