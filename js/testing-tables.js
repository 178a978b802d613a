// The tables of src/result.rs, src/cause.rs and src/messages.rs, as results. Generated: change those, and
// `cargo nextest run testing_tables` writes this file anew.

// biome-ignore format: one row a line
/**
 * The fixed texts of the codes.
 *
 * @type {Record<string, string>}
 */
export const TEXTS = {
  "error-0000": "Invalid credentialRequestOptions. ServerPublicKeyCredentialGetOptionsResponse has to be valid.",
  "error-0001": "Failed to authenticate with WebAuthn credential.",
  "error-0002": "Error while finalizing the authentication on the server.",
  "error-0003": "Invalid userId. Cannot be null or undefined.",
  "error-0004": "Missing statusToken. Cannot be null or undefined.",
  "error-0005": "WebAuthn is not supported by this browser.",
  "error-0099": "Unknown error while authentication.",
  "error-1000": "Invalid credentialCreationOptions. ServerPublicKeyCredentialCreationOptionsResponse has to be valid.",
  "error-1001": "Failed to create WebAuthn credential.",
  "error-1002": "Error while finalizing the registration on the server.",
  "error-1099": "Unknown error while registration.",
  "error-1004": "Missing statusToken. Cannot be null or undefined.",
  "error-1005": "WebAuthn is not supported by this browser.",
};

// biome-ignore format: one row a line
/**
 * The successes: cause, code and its fixed text.
 *
 * @type {[cause: string, statusCode: string, text: string][]}
 */
export const SUCCESSES = [
  ["approved","success-authentication","Successfully authenticated with WebAuthn credential."],
  ["registered","success-registration","Successfully registered WebAuthn credential."],
];

// biome-ignore format: one row a line
/**
 * The failures: cause, code, and the message in three parts. The middle is a reason, which a test may replace; `null` where the
 * message has none. Last, the exception of the prompt.
 *
 * @type {[cause: string, statusCode: string, start: string, reason: string | null, end: string, exception: string | null][]}
 */
export const FAILURES = [
  ["aborted","error-0001","Error while trying to authenticate. AbortError: ","The page called cancel()."," (the page aborted it)",null],
  ["superseded","error-0001","Error while trying to authenticate. AbortError: ","Another call opened its prompt: browsers allow one at a time."," (another ceremony took over)",null],
  ["noCredential","error-0001","Error while trying to authenticate. DataError: credential.response.userHandle must be a non-empty buffer where the call has no userId",null,"",null],
  ["noCredential","error-0001","Error while trying to authenticate. NotAllowedError: ","The operation either timed out or was not allowed."," (mediation \"immediate\": no passkey at hand, or the user closed it)",null],
  ["refused","error-0002","Rejected by the server: ","the transaction has expired","",null],
  ["outcomeUnknown","error-0002","No response from the server: ","TypeError: Failed to fetch"," (outcome unknown: check the status from your backend before retrying)",null],
  ["outcomeUnknown","error-0099","The module crashed: ","RuntimeError: unreachable"," (outcome unknown: check the status from your backend before retrying)",null],
  ["notLoaded","error-0099","The module could not be loaded: ","TypeError: Failed to fetch","",null],
  ["crashed","error-0099","The module crashed: ","RuntimeError: unreachable"," (nothing was sent: call again)",null],
  ["crashed","error-0099","The module could not be called: ","RangeError: Maximum call stack size exceeded","",null],
  ["refused","error-0002","No response from the server: ","TypeError: Failed to fetch"," (status endpoint: failed)",null],
  ["refused","error-0099","The module crashed (status endpoint: failed: ","the transaction has expired",")",null],
  ["pending","error-0002","The transaction is still pending: ask again later, or with a longer wait",null,"",null],
  ["invalidOptions","error-0000","","credentialRequestOptions.challenge must be a base64url string","",null],
  ["invalidOptions","error-0003","userId must be a non-empty string: pass the approval response unchanged, or set usernameless to true",null,"",null],
  ["invalidOptions","error-0004","statusToken must be a non-empty string: pass the approval response unchanged",null,"",null],
  ["insecureContext","error-0005","This page is not a secure context: serve it over HTTPS.",null,"",null],
  ["policyForbids","error-0005","A Permissions Policy forbids WebAuthn here: allow publickey-credentials-get and publickey-credentials-create.",null,"",null],
  ["noWebAuthn","error-0005","","This browser does not support WebAuthn (PublicKeyCredential is missing).","",null],
  ["invalidSettings","error-0099","","settings.baseUrl must be an https URL, a path of the page's own origin, or http on a loopback host","",null],
  ["dismissed","error-0001","Error while trying to authenticate. NotAllowedError: ","The operation either timed out or was not allowed.","","NotAllowedError"],
  ["dismissed","error-0001","Error while trying to authenticate. AbortError: ","The operation was aborted.","","AbortError"],
  ["tookTooLong","error-0001","Error while trying to authenticate. TimeoutError: ","Timed out after 330000 ms.","","TimeoutError"],
  ["wrongDomain","error-0001","Error while trying to authenticate. SecurityError: ","The relying party ID is not a registrable domain suffix of, nor equal to the current domain.","","SecurityError"],
  ["unsuitableDevice","error-0001","Error while trying to authenticate. NotSupportedError: ","None of the algorithms specified in `pubKeyCredParams` are supported by this device.","","NotSupportedError"],
  ["unsuitableDevice","error-0001","Error while trying to authenticate. ConstraintError: ","The authenticator did not meet the requirements.","","ConstraintError"],
  ["requestPending","error-0001","Error while trying to authenticate. OperationError: ","A request is already pending.","","OperationError"],
  ["invalidOptions","error-0001","Error while trying to authenticate. TypeError: ","The options are not valid.","","TypeError"],
  ["invalidOptions","error-0001","Error while trying to authenticate. RangeError: ","The options are not valid.","","RangeError"],
  ["invalidOptions","error-0001","Error while trying to authenticate. SyntaxError: ","The options are not valid.","","SyntaxError"],
  ["invalidOptions","error-0001","Error while trying to authenticate. EncodingError: ","The options are not valid.","","EncodingError"],
  ["invalidOptions","error-0001","Error while trying to authenticate. DataError: ","The options are not valid.","","DataError"],
  ["unknown","error-0001","Error while trying to authenticate. UnknownError: ","An unknown error occurred while talking to the credential manager.","","UnknownError"],
  ["aborted","error-1001","Error while trying to create new credential. AbortError: ","The page called cancel()."," (the page aborted it)",null],
  ["superseded","error-1001","Error while trying to create new credential. AbortError: ","Another call opened its prompt: browsers allow one at a time."," (another ceremony took over)",null],
  ["refused","error-1002","Rejected by the server: ","the transaction has expired","",null],
  ["outcomeUnknown","error-1002","No response from the server: ","TypeError: Failed to fetch"," (outcome unknown: check the status from your backend before retrying)",null],
  ["outcomeUnknown","error-1099","The module crashed: ","RuntimeError: unreachable"," (outcome unknown: check the status from your backend before retrying)",null],
  ["notLoaded","error-1099","The module could not be loaded: ","TypeError: Failed to fetch","",null],
  ["crashed","error-1099","The module crashed: ","RuntimeError: unreachable"," (nothing was sent: call again)",null],
  ["crashed","error-1099","The module could not be called: ","RangeError: Maximum call stack size exceeded","",null],
  ["refused","error-1002","No response from the server: ","TypeError: Failed to fetch"," (status endpoint: failed)",null],
  ["refused","error-1099","The module crashed (status endpoint: failed: ","the transaction has expired",")",null],
  ["pending","error-1002","The transaction is still pending: ask again later, or with a longer wait",null,"",null],
  ["invalidOptions","error-1000","","credentialCreationOptions.challenge must be a base64url string","",null],
  ["invalidOptions","error-1004","statusToken must be a non-empty string: pass the enrollment unchanged",null,"",null],
  ["insecureContext","error-1005","This page is not a secure context: serve it over HTTPS.",null,"",null],
  ["policyForbids","error-1005","A Permissions Policy forbids WebAuthn here: allow publickey-credentials-get and publickey-credentials-create.",null,"",null],
  ["noWebAuthn","error-1005","","This browser does not support WebAuthn (PublicKeyCredential is missing).","",null],
  ["invalidSettings","error-1099","","settings.baseUrl must be an https URL, a path of the page's own origin, or http on a loopback host","",null],
  ["dismissed","error-1001","Error while trying to create new credential. NotAllowedError: ","The operation either timed out or was not allowed.","","NotAllowedError"],
  ["dismissed","error-1001","Error while trying to create new credential. AbortError: ","The operation was aborted.","","AbortError"],
  ["tookTooLong","error-1001","Error while trying to create new credential. TimeoutError: ","Timed out after 330000 ms.","","TimeoutError"],
  ["wrongDomain","error-1001","Error while trying to create new credential. SecurityError: ","The relying party ID is not a registrable domain suffix of, nor equal to the current domain.","","SecurityError"],
  ["unsuitableDevice","error-1001","Error while trying to create new credential. NotSupportedError: ","None of the algorithms specified in `pubKeyCredParams` are supported by this device.","","NotSupportedError"],
  ["unsuitableDevice","error-1001","Error while trying to create new credential. ConstraintError: ","The authenticator did not meet the requirements.","","ConstraintError"],
  ["requestPending","error-1001","Error while trying to create new credential. OperationError: ","A request is already pending.","","OperationError"],
  ["invalidOptions","error-1001","Error while trying to create new credential. TypeError: ","The options are not valid.","","TypeError"],
  ["invalidOptions","error-1001","Error while trying to create new credential. RangeError: ","The options are not valid.","","RangeError"],
  ["invalidOptions","error-1001","Error while trying to create new credential. SyntaxError: ","The options are not valid.","","SyntaxError"],
  ["invalidOptions","error-1001","Error while trying to create new credential. EncodingError: ","The options are not valid.","","EncodingError"],
  ["invalidOptions","error-1001","Error while trying to create new credential. DataError: ","The options are not valid.","","DataError"],
  ["alreadyRegistered","error-1001","Error while trying to create new credential. InvalidStateError: ","The user attempted to register an authenticator that contains one of the credentials already.","","InvalidStateError"],
  ["unknown","error-1001","Error while trying to create new credential. UnknownError: ","An unknown error occurred while talking to the credential manager.","","UnknownError"],
];

// biome-ignore format: one row a line
/**
 * Push and TOTP: cause, and the codes that have it.
 *
 * @type {[cause: string, codes: string][]}
 */
export const CODES = [
  ["access_denied","access_denied"],
  ["timeout","timeout"],
  ["expired_token","expired_token"],
  ["cancelled","cancelled"],
  ["invalid_code","invalid_code"],
  ["too_many_retries","too_many_retries"],
  ["invalid_argument","invalid_argument"],
  ["unexpected_response","unexpected_response"],
  ["user_not_found","user_not_found"],
  ["unknown_user_id","unknown_user_id"],
  ["no_device_registered","no_device_registered"],
  ["temporarily_locked","temporarily_locked"],
  ["invalid_client","invalid_client"],
  ["invalid_scope","invalid_scope"],
  ["tenant_not_found","tenant_not_found"],
  ["unreachable","connection_failed network_timeout slow_down temporarily_unavailable server_error"],
  ["serverError","unauthorized_client"],
  ["notLoaded","module_not_loaded"],
  ["crashed","module_crashed"],
];
