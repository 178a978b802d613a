//! Every text of ours that `message` can contain, of the module and of the JavaScript around it.
//!
//! A message names the property and what it must be, or says what happened and what to do:
//! `credentialRequestOptions.challenge must be a base64url string`. Most texts are parts, which the code around joins.
//! docs/troubleshooting.md explains each of them, and js/messages.js is generated from this list: a test holds both to it.

macro_rules! messages {
    ($($(#[$attribute:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$attribute])* pub const $name: &str = $text;)*

        /// The whole list, by name.
        #[cfg(all(test, not(target_arch = "wasm32")))]
        const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

messages! {
    // What a property must be: follows its path.

    /// The type is a string.
    A_STRING = " must be a string";
    /// The type is a base64url string.
    BASE64URL = " must be a base64url string";
    /// The type is a user ID in WebAuthn's options.
    USER_ID_BYTES = " must be a base64url string of 1 to 64 bytes";
    /// The type is a list that is longer than any real one.
    TOO_MANY_ITEMS = " must have at most 100000 items";
    /// The type is a boolean.
    A_BOOLEAN = " must be a boolean";
    /// The type is an integer of WebAuthn's `long`.
    AN_INTEGER = " must be a 32-bit integer";
    /// The type is a function.
    A_FUNCTION = " must be a function";
    /// The type is an `AbortSignal`.
    AN_ABORT_SIGNAL = " must be an AbortSignal";
    /// The type is an array.
    AN_ARRAY = " must be an array";
    /// The type is an object.
    AN_OBJECT = " must be an object";
    /// The type is a time in WebAuthn's options.
    MILLISECONDS = " must be a non-negative number of milliseconds";
    /// The type is a time for a timer of the browser.
    TIMEOUT = " must be a positive number of milliseconds below 2147483648";
    /// The type is a mediation.
    A_MEDIATION = " must be \"conditional\", \"immediate\" or \"optional\"";
    /// Likewise, of a registration.
    A_CREATION_MEDIATION = " must be \"conditional\" or \"optional\"";
    /// The type is a switch.
    ON_OR_OFF = " must be \"on\" or \"off\"";
    /// Of `allowCredentials`: browsers reject it.
    EMPTY_IF_IMMEDIATE = " must be empty or absent with mediation \"immediate\"";
    /// Which of the two, of the transaction whose outcome the page asked for.
    A_CEREMONY = " must be \"authentication\" or \"registration\"";
    /// The type is the address of the cloud.
    A_BASE_URL = " must be an https URL, a path of the page's own origin, or http on a loopback host";
    /// The type is the status of a response.
    STATUS_OK = " must be \"ok\"";
    /// The type is the settings of a call. JavaScript copies them, which fails if a property cannot be read.
    SETTINGS = " must be an object with readable properties";
    /// Reading it threw.
    READABLE = " must be readable, but reading it threw";
    /// Of `userId`, which is optional for some calls.
    A_USER_ID = " must be a non-empty string: pass the approval response unchanged, or set usernameless to true";
    /// Of an approval's `statusToken`.
    AN_APPROVAL_TOKEN = " must be a non-empty string: pass the approval response unchanged";
    /// Of the `statusToken` of a transaction whose outcome the page asks for.
    A_STATUS_TOKEN = " must be a non-empty string: pass { statusToken }";
    /// Of a registration's `statusToken`.
    AN_ENROLLMENT_TOKEN = " must be a non-empty string: pass the enrollment unchanged";

    /// The options of a method of `CIBAClient`.
    OPTIONS = "options must be an object with readable properties";
    /// The type is a number.
    A_NUMBER = " must be a number";
    /// The type is a time in seconds.
    A_TIME = " must be a positive number of seconds";
    /// The type is a time in seconds that may be 0.
    A_TIME_OR_ZERO = " must be a non-negative number of seconds";
    /// The type is a string that is not empty.
    A_TEXT = " must be a non-empty string";
    /// The type is the time after which a request for approval expires.
    AN_EXPIRY = " must be a positive integer of seconds";
    /// A path as `baseUrl` of `CIBAClient` in an insecure page.
    INSECURE_PATH = "options.baseUrl is a path, which needs a page on https or on a loopback host";

    /// A secret, a key or the standard's routes in a page, or a bundler took the page's file for a server.
    FOR_SERVERS = " is for servers: in a page, use a relay; for a server, bundle with the condition node or workerd";
    /// Of `privateKey`.
    NEEDS_OIDC = " needs routes \"oidc\": the other routes take a clientSecret";
    /// Of `privateKey`.
    WITH_SECRET = " cannot be used together with clientSecret";
    /// The key cannot be imported, or must not sign.
    A_PRIVATE_KEY = " must be a private key for RS256, PS256, ES256 or ES384: a PKCS #8 PEM string, a JWK, or a CryptoKey that may sign";
    /// A TOTP code where there is no route for it.
    NO_TOTP = "options.routes \"oidc\" has no route for TOTP codes: the standard has none";

    // What there is instead, or the likely mistake: follows what it must be.

    /// Joins the two.
    BUT = ", but ";
    /// Of the page's argument, not of a property of it.
    THE_ARGUMENT = "the argument ";
    /// A required property is absent.
    IS_MISSING = "is missing";
    /// A string that may not be empty is.
    IS_EMPTY = "is empty";
    /// The server's `errorMessage`, which follows.
    HAS_ERROR_MESSAGE = "errorMessage is: ";
    /// JSON that nobody parsed.
    IS_STRING = "is a string: parse the JSON first";
    /// A promise.
    IS_PROMISE = "is a promise: await it first";
    /// What `fetch` resolves to.
    IS_RESPONSE = "is a Response: await its json() first";
    /// The response that has the enrollment as a property.
    IS_ENROLLMENT_RESPONSE = "is the whole enrollment response: pass its enrollment property to register";
    /// What belongs into a property.
    IS_OPTIONS = "is the options alone: pass the object that holds them and statusToken";
    /// An error of the page's backend, whose reason follows.
    IS_ERROR = "is an error response: ";

    // Why WebAuthn cannot be used here.

    /// The page is not a secure context.
    INSECURE = "This page is not a secure context: serve it over HTTPS.";
    /// The browser lacks the API.
    NO_WEBAUTHN = "This browser does not support WebAuthn (PublicKeyCredential is missing).";
    /// A policy of the page or of its frame.
    FORBIDDEN = "A Permissions Policy forbids WebAuthn here: allow publickey-credentials-get and publickey-credentials-create.";
    /// The browser lacks autofill, or conditional create.
    NO_CONDITIONAL = "This browser does not support mediation \"conditional\" for this ceremony: offer a button instead.";
    /// The browser would ignore it, and show an ordinary prompt.
    NO_IMMEDIATE = "This browser does not support mediation \"immediate\": offer a button instead.";
    /// Server-side rendering.
    NO_BROWSER = "Not in a browser: call it in a page, not in server-side rendering.";
    /// A worker, which has no `navigator.credentials`.
    IN_WORKER = "Not in a page but in a worker, where browsers have no WebAuthn: call it in the page.";

    // How a prompt ended: `name: message` of an exception follows the prefix.

    /// Introduces the exception of an approval. Binding: docs/contract.md, section A2.3.
    AUTHENTICATION_PROMPT = "Error while trying to authenticate. ";
    /// Introduces the exception of a registration. Binding: docs/contract.md, section A2.3.
    REGISTRATION_PROMPT = "Error while trying to create new credential. ";
    /// Introduces a property of the credential.
    CREDENTIAL = "DataError: credential.";
    /// The type is a buffer or a view of one.
    A_BUFFER = " must be a non-empty buffer";
    /// Of the user handle, which a `userId` would stand in for.
    WITHOUT_USER_ID = " where the call has no userId";
    /// After the exception: the page's signal, or `cancel()`.
    PAGE_ABORTED = " (the page aborted it)";
    /// After the exception: a newer call of this package.
    TOOK_OVER = " (another ceremony took over)";
    /// After the exception: browsers do not say which of the two.
    NOTHING_AT_HAND = " (mediation \"immediate\": no passkey at hand, or the user closed it)";
    /// In place of the name of what was thrown.
    NO_NAME = "Error";
    /// In place of the message of what was thrown.
    NO_REASON = "no reason given";

    // What came of the finalization.

    /// The request failed; why follows.
    NO_RESPONSE = "No response from the server: ";
    /// The cloud decided against it; the HTTP status and the cloud's reason follow.
    REJECTED = "Rejected by the server";
    /// The response decides nothing; the HTTP status and what is wrong with it follow.
    UNUSABLE = "Unusable response from the server";
    /// What `fetch` resolved to, in place of a response.
    NOT_A_RESPONSE = "fetch must resolve to a Response";
    /// Introduces the HTTP status.
    HTTP = ": HTTP ";
    /// Wrong with a response: the body.
    BODY_NOT_OBJECT = "the body must be a JSON object";
    /// Wrong with a response: the types of the two.
    BODY_OF_OTHER_TYPES = "status and errorMessage must be strings";
    /// Wrong with a response: the token.
    BODY_WITHOUT_TOKEN = "token must be a non-empty string";
    /// The response was lost, and the status endpoint said this; its reason may follow, then a parenthesis.
    STATUS_FAILED = " (status endpoint: failed";
    /// Nobody can say what the cloud decided.
    OUTCOME_UNKNOWN = " (outcome unknown: check the status from your backend before retrying)";
    /// Of a transaction whose outcome the page asked for.
    PENDING = "The transaction is still pending: ask again later, or with a longer wait";
    /// Likewise: the status endpoint says so.
    NOT_KNOWN = "The server does not know the transaction";
    /// Wrong with a response of the status endpoint.
    NO_STATUS = "status must be \"succeeded\" with a token, \"failed\", \"pending\" or \"unknown\"";

    // `webauthn-result/passkeys`, in JavaScript.

    /// The type is a credential ID.
    A_CREDENTIAL_ID = " must be a credential ID: a base64url string of at least 16 bytes";
    /// The browser lacks it.
    NO_SIGNALS = "This browser does not support the WebAuthn Signal API";

    // What happened to the module. Its loader, in JavaScript, reports most of it.

    /// A panic or a trap.
    CRASHED = "The module crashed";
    /// After a crash before the user consented.
    CALL_AGAIN = " (nothing was sent: call again)";
    /// The module could not be loaded; why follows.
    NOT_LOADED = "The module could not be loaded: ";
    /// Why it could not be loaded: it took too long.
    LOAD_TIMEOUT = "loadTimeout is over (check that the page can fetch its file, or configure a longer loadTimeout; the next call loads it again)";
    /// The reason why it could not be loaded, where the browser refuses WebAssembly.
    POLICY_ADVICE = " (a Content-Security-Policy must allow script-src 'wasm-unsafe-eval')";
    /// After the reason why WebAssembly could not be loaded; why its replacement could not follows.
    FALLBACK_FAILED = "; the fallback failed: ";
    /// The call itself threw; why follows.
    NOT_CALLED = "The module could not be called: ";
    /// The classic script cannot read its attributes.
    NO_SCRIPT_ELEMENT = "webauthn-result.script.js found no <script> element of its own, so data-base-url is unknown: load it without type=module, or call configure({ baseUrl })";
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
