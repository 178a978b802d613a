// Push and TOTP: what a page passes, and what it can tell of a result by its members.

import {
  CIBAClient,
  type ErrorCode,
  getUserFriendlyError,
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
  holds<Equal<ReturnType<typeof client.cancelApproval>, { status: "cancelled" }>>();
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
      // @ts-expect-error only an approval has a token
      poll.token;
      break;
    default:
      holds<Equal<typeof poll, never>>();
  }
  if (totp.success) holds<Equal<typeof totp.token, string | null>>();
  if (safe.success) holds<Equal<typeof safe.token, string>>();
  // @ts-expect-error only a failure has an error
  else safe.token;
  explain(poll);
  explain(totp);
  explain(safe, "de");
  holds<Equal<ReturnType<typeof getUserFriendlyError>, string>>();
}

export async function patterns(signal: AbortSignal) {
  const onProgress = (progress: Progress) => console.log(progress.secondsLeft);
  await client.safeAuthenticate("ada@example.com", { signal, onProgress, bindingMessage: "Sign in" });
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
