// Reads the result objects of the package: of a ceremony, a poll, or a TOTP code.

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
  const code = codeOf(result);
  // The code is the same for every exception of the browser; only the message contains the exception's name.
  const aborted = /^error-[01]001$/.test(code) && /\bAbortError:/.test(result.message);
  return aborted || code === "cancelled" ? "aborted" : "failed";
}
