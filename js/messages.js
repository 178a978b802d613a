// What JavaScript needs of src/messages.rs and src/result.rs. Generated: change those, and `cargo nextest run messages`
// writes this file anew.

export const A_STRING = " must be a string";
export const BASE64URL = " must be a base64url string";
export const A_FUNCTION = " must be a function";
export const AN_ARRAY = " must be an array";
export const AN_OBJECT = " must be an object";
export const TIMEOUT = " must be a positive number of milliseconds below 2147483648";
export const A_BASE_URL = " must be an https URL, a path of the page's own origin, or http on a loopback host";
export const A_TEXT = " must be a non-empty string";
export const NO_BROWSER = "Not in a browser: call it in a page, not in server-side rendering.";
export const IN_WORKER = "Not in a page but in a worker, where browsers have no WebAuthn: call it in the page.";
export const AUTHENTICATION_PROMPT = "Error while trying to authenticate. ";
export const REGISTRATION_PROMPT = "Error while trying to create new credential. ";
export const PAGE_ABORTED = " (the page aborted it)";
export const TOOK_OVER = " (another ceremony took over)";
export const NO_NAME = "Error";
export const NO_REASON = "no reason given";
export const REJECTED = "Rejected by the server";
export const OUTCOME_UNKNOWN = " (outcome unknown: check the status from your backend before retrying)";
export const A_CREDENTIAL_ID = " must be a credential ID: a base64url string of at least 16 bytes";
export const NO_SIGNALS = "This browser does not support the WebAuthn Signal API";
export const CRASHED = "The module crashed";
export const CALL_AGAIN = " (nothing was sent: call again)";
export const NOT_LOADED = "The module could not be loaded: ";
export const LOAD_TIMEOUT =
  "loadTimeout is over (check that the page can fetch its file, or configure a longer loadTimeout; the next call loads it again)";
export const POLICY_ADVICE = " (a Content-Security-Policy must allow script-src 'wasm-unsafe-eval')";
export const FALLBACK_FAILED = "; the fallback failed: ";
export const NOT_CALLED = "The module could not be called: ";
export const NO_SCRIPT_ELEMENT =
  "webauthn-result.script.js found no <script> element of its own, so data-base-url is unknown: load it without type=module, or call configure({ baseUrl })";

// `code` of the failures outside the module: of an approval, then of a registration.

export const PROMPT_FAILED = /** @type {const} */ ([
  { statusCode: "error-0001", message: "Failed to authenticate with WebAuthn credential." },
  { statusCode: "error-1001", message: "Failed to create WebAuthn credential." },
]);

export const NOT_SUPPORTED = /** @type {const} */ ([
  { statusCode: "error-0005", message: "WebAuthn is not supported by this browser." },
  { statusCode: "error-1005", message: "WebAuthn is not supported by this browser." },
]);

export const UNKNOWN_ERROR = /** @type {const} */ ([
  { statusCode: "error-0099", message: "Unknown error while authentication." },
  { statusCode: "error-1099", message: "Unknown error while registration." },
]);
