// Results are told apart by `success`, and every status code is a literal.

import {
  type Approval,
  type AuthenticationErrorCode,
  type AuthenticationResult,
  authenticate,
  type CeremonyName,
  type EndEvent,
  type Enrollment,
  outcome,
  type RegistrationErrorCode,
  type RegistrationResult,
  type Result,
  register,
} from "webauthn-result";
import type { Cause } from "webauthn-result/cause";
import { type Equal, holds } from "./equal.js";

declare const approval: Approval;
declare const enrollment: Enrollment;

export async function authentication() {
  const result = await authenticate(approval);
  holds<Equal<typeof result.success, boolean>>();
  holds<Equal<typeof result.code.message, string>>();
  holds<
    Equal<
      typeof result.code.statusCode,
      | "success-authentication"
      | "error-0000"
      | "error-0001"
      | "error-0002"
      | "error-0003"
      | "error-0004"
      | "error-0005"
      | "error-0099"
    >
  >();
  // @ts-expect-error only a success has a token
  result.token;
  // @ts-expect-error only a failure has a message
  result.message;

  if (result.success) {
    holds<Equal<typeof result.code.statusCode, "success-authentication">>();
    holds<Equal<typeof result.token, string>>();
    holds<Equal<keyof typeof result, "success" | "code" | "token">>();
    // @ts-expect-error a success has no message of its own
    result.message;
  } else {
    holds<Equal<typeof result.code.statusCode, AuthenticationErrorCode>>();
    holds<Equal<typeof result.message, string>>();
    holds<Equal<keyof typeof result, "success" | "code" | "message">>();
    // @ts-expect-error a failure has no token
    result.token;
    // @ts-expect-error a code of registration
    result.code.statusCode === "error-1001";
  }
}

export async function registration() {
  const result = await register(enrollment);
  holds<
    Equal<
      typeof result.code.statusCode,
      "success-registration" | "error-1000" | "error-1001" | "error-1002" | "error-1004" | "error-1005" | "error-1099"
    >
  >();
  if (result.success) {
    holds<Equal<typeof result.code.statusCode, "success-registration">>();
    holds<Equal<typeof result.token, string>>();
  } else {
    holds<Equal<typeof result.code.statusCode, RegistrationErrorCode>>();
    // @ts-expect-error there is no such code
    result.code.statusCode === "error-1003";
  }
}

/** Any result, by its success codes and its error codes. */
export function generic(result: AuthenticationResult | RegistrationResult) {
  holds<Equal<AuthenticationResult, Result<"success-authentication", AuthenticationErrorCode>>>();
  holds<Equal<RegistrationResult, Result<"success-registration", RegistrationErrorCode>>>();
  const any: Result<
    "success-authentication" | "success-registration",
    AuthenticationErrorCode | RegistrationErrorCode
  > = result;
  if (any.success) holds<Equal<typeof any.token, string>>();
  else holds<Equal<typeof any.code.statusCode, AuthenticationErrorCode | RegistrationErrorCode>>();
}

/** A switch that does not handle every code is an error. */
export function incomplete({ code: { statusCode } }: RegistrationResult): string {
  switch (statusCode) {
    case "success-registration":
      return "continue";
    case "error-1001":
    case "error-1002":
      return "again";
    default:
      // @ts-expect-error four codes are left
      return statusCode satisfies never;
  }
}

/** A switch over the codes of a failure is checked to be complete. */
export function advice(code: AuthenticationErrorCode): string {
  switch (code) {
    case "error-0001":
    case "error-0002":
      return "again";
    case "error-0005":
      return "another way";
    case "error-0000":
    case "error-0003":
    case "error-0004":
    case "error-0099":
      return "report";
  }
}

/** What `outcome` resolves to follows from the ceremony. */
export async function outcomes(approval: Approval, ceremony: CeremonyName, signal: AbortSignal) {
  const asked = await outcome(approval);
  holds<Equal<typeof asked, AuthenticationResult>>();
  const registered = await outcome({ statusToken: "S", ceremony: "registration" }, { wait: 1000, signal });
  holds<Equal<typeof registered, RegistrationResult>>();
  const either = await outcome({ statusToken: "S", ceremony });
  holds<Equal<typeof either, AuthenticationResult | RegistrationResult>>();
  // @ts-expect-error there is no prompt
  outcome(approval, { mediation: "conditional" });
  // @ts-expect-error the token is an object's property
  outcome("S");
}

/** The event of `onEnd` narrows by its cause, and has no token. */
export function ended(event: EndEvent) {
  holds<Equal<typeof event.cause, Cause>>();
  // @ts-expect-error it has no token
  event.token;
}
