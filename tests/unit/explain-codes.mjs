// What each code means to `explain`, for its tests.

export const LANGUAGES = ["en", "de", "fr", "it", "es", "pt"];

/** The causes without texts of their own, and whose they have. */
export const SHARING = {
  unknown_user_id: "user_not_found",
  notLoaded: "generic",
  crashed: "generic",
  unknown: "generic",
  insecureContext: "integrationError",
  policyForbids: "integrationError",
  invalidOptions: "integrationError",
  invalidSettings: "integrationError",
  invalid_argument: "integrationError",
  unexpected_response: "integrationError",
  invalid_client: "integrationError",
  invalid_scope: "integrationError",
  tenant_not_found: "integrationError",
  serverError: "integrationError",
};

/** The texts of some codes, and their cause, which says less. */
export const OF_CODES = { serviceProblem: "unreachable", tooOften: "unreachable", codesInCheck: "too_many_retries" };

export const textsOf = (cause) => (Object.hasOwn(SHARING, cause) ? SHARING[cause] : cause);

/**
 * Every code of both result tables and of push and TOTP, with the cause that the code alone stands for, and the texts if they
 * are not those of the cause.
 */
export const CODES = {
  "success-authentication": ["approved"],
  "error-0000": ["invalidOptions"],
  "error-0001": ["unknown"],
  "error-0002": ["outcomeUnknown"],
  "error-0003": ["invalidOptions"],
  "error-0004": ["invalidOptions"],
  "error-0005": ["noWebAuthn"],
  "error-0099": ["invalidSettings"],
  "success-registration": ["registered"],
  "error-1000": ["invalidOptions"],
  "error-1001": ["unknown"],
  "error-1002": ["outcomeUnknown"],
  "error-1004": ["invalidOptions"],
  "error-1005": ["noWebAuthn"],
  "error-1099": ["invalidSettings"],
  approved: ["approved"],
  access_denied: ["access_denied"],
  timeout: ["timeout"],
  expired_token: ["expired_token"],
  cancelled: ["cancelled"],
  error: ["serverError"],
  invalid_code: ["invalid_code"],
  too_many_retries: ["too_many_retries"],
  network_timeout: ["unreachable"],
  connection_failed: ["unreachable"],
  user_not_found: ["user_not_found"],
  unknown_user_id: ["unknown_user_id"],
  no_device_registered: ["no_device_registered"],
  temporarily_locked: ["temporarily_locked"],
  http_429: ["unreachable", "tooOften"],
  slow_down: ["unreachable", "tooOften"],
  unexpected_response: ["unexpected_response"],
  server_error: ["unreachable", "serviceProblem"],
  temporarily_unavailable: ["unreachable", "serviceProblem"],
  invalid_argument: ["invalid_argument"],
  invalid_request: ["serverError"],
  invalid_client: ["invalid_client"],
  invalid_grant: ["serverError"],
  invalid_scope: ["invalid_scope"],
  invalid_binding_message: ["serverError"],
  unauthorized_client: ["serverError"],
  unsupported_grant_type: ["serverError"],
  tenant_not_found: ["tenant_not_found"],
  module_not_loaded: ["notLoaded"],
  module_crashed: ["crashed"],
};
