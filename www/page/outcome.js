// Reads any result object of the package: that of a ceremony, of a poll, of a TOTP code.

/** Its code, or its status where that is all it has. */
export function codeOf(result) {
  if (result.code) return result.code.statusCode;
  if (result.status && result.status !== "error") return result.status;
  return result.error ?? (result.success ? "success" : "none");
}

/** Whether somebody approved. */
export function isApproved(result) {
  return result.success === true || result.status === "approved";
}

/** How a result is coloured: the person or the page ended it, it succeeded, or it failed. */
export function outcomeOf(result) {
  if (isApproved(result)) return "success";
  const code = codeOf(result);
  // A ceremony's code is the same for every exception of the browser; its name stands in the message.
  const aborted = /^error-[01]001$/.test(code) && /\bAbortError:/.test(result.message);
  return aborted || code === "cancelled" ? "aborted" : "failed";
}
