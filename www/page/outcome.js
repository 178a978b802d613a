// Reads the result objects of the package: of a ceremony, a poll, or a TOTP code.

import { causeOf } from "/pkg/cause.js";

/** The causes of what the user or the page ended: no failure. */
const ENDED = new Set(["aborted", "superseded", "cancelled"]);

/** The status code, status or error of a result. */
export function codeOf(result) {
  if (result.code) return result.code.statusCode;
  if (result.status && result.status !== "error") return result.status;
  return result.error ?? (result.success ? "success" : "none");
}

/** Whether the user approved. */
export function isApproved(result) {
  return result.success === true || result.status === "approved";
}

/** The outcome as a color: success, aborted (by the user or the page) or failed. */
export function outcomeOf(result) {
  if (isApproved(result)) return "success";
  return ENDED.has(causeOf(result).cause) ? "aborted" : "failed";
}
