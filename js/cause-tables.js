// The tables of src/cause.rs. Generated: change those, and `cargo nextest run cause` writes this file anew.

// biome-ignore format: one row a line
/** By what a page does next: the causes. */
export const CAUSES = {
  none: "approved registered aborted superseded",
  retry: "dismissed tookTooLong requestPending notLoaded crashed unknown timeout invalid_code unreachable",
  otherWay: "noCredential alreadyRegistered noWebAuthn unsuitableDevice access_denied too_many_retries user_not_found unknown_user_id no_device_registered temporarily_locked",
  fixCode: "wrongDomain insecureContext policyForbids invalidOptions invalidSettings invalid_argument unexpected_response invalid_client invalid_scope tenant_not_found serverError",
  newTransaction: "refused expired_token cancelled",
  checkOutcome: "outcomeUnknown pending",
};

/** Those of which it shows no error. */
export const SILENT = "dismissed noCredential aborted superseded cancelled";

// biome-ignore format: one row a line
/**
 * What the last digit of a code, one of these, and a text in the message mean, in this order.
 *
 * @type {[digits: string, text: RegExp, cause: string][]}
 */
export const MESSAGES = [
  ["1", /aborted it\)$/, "aborted"],
  ["1", /y took over\)$/, "superseded"],
  ["1", /as no userId$|r closed it\)$/, "noCredential"],
  ["2", /^Rejected by the server/, "refused"],
  ["29", /re retrying\)$/, "outcomeUnknown"],
  ["9", /^The module could not be l/, "notLoaded"],
  ["9", /call again\)$|^The module could not be c/, "crashed"],
  ["29", /\(status endpoint: failed/, "refused"],
  ["2", /^The transaction is still /, "pending"],
  ["2", /^/, "outcomeUnknown"],
  ["034", /^/, "invalidOptions"],
  ["5", /^This page is not a secure/, "insecureContext"],
  ["5", /^A Permissions Policy forb/, "policyForbids"],
  ["5", /^/, "noWebAuthn"],
  ["9", /^/, "invalidSettings"],
];

/** By its meaning: the exceptions of a prompt, without "Error". */
export const EXCEPTIONS = {
  dismissed: "NotAllowed Abort",
  tookTooLong: "Timeout",
  wrongDomain: "Security",
  unsuitableDevice: "NotSupported Constraint",
  requestPending: "Operation",
  invalidOptions: "Type Range Syntax Encoding Data",
};

/** By their cause: the codes that have another name. */
export const ALIASES = {
  approved: "success-authentication approved",
  registered: "success-registration",
  unreachable: "connection_failed network_timeout slow_down temporarily_unavailable server_error",
  notLoaded: "module_not_loaded",
  crashed: "module_crashed",
};
