//! The schema of the options and settings: docs/contract.md, section A3, and WebAuthn Level 3, sections 5.4 and 5.5.

use self::Type::*;
use crate::messages;

/// A property.
pub struct Field {
    /// The name of the property.
    pub name: &'static str,
    /// The type of its value.
    pub field_type: Type,
    /// Whether it may be absent or empty.
    pub presence: Presence,
    /// The name that one page of the vendor has for it.
    pub alias: Option<&'static str>,
}

/// Whether a property may be absent (`undefined` or `null`) or empty.
#[derive(Clone, Copy, PartialEq)]
pub enum Presence {
    /// It has to be there.
    Required,
    /// It may be absent.
    Optional,
    /// It may be absent, and an empty string or array counts as absent.
    OmitIfEmpty,
}

/// The type of a property.
pub enum Type {
    /// A string, of any length.
    String,
    /// A base64url string of at least one byte, which becomes bytes.
    RequiredBase64url,
    /// A base64url string of 1 to 64 bytes, which becomes bytes.
    UserId,
    /// A base64url string becomes bytes; anything else is passed on.
    Base64urlOrAny,
    /// `true` or `false`.
    Boolean,
    /// An integer that fits WebAuthn's `COSEAlgorithmIdentifier`, a 32-bit `long`.
    Integer,
    /// A function.
    Function,
    /// An `AbortSignal` of any realm.
    AbortSignal,
    /// The URL of the cloud: https, or http on a loopback host. Slashes at its end are removed.
    BaseUrl,
    /// One of these strings, and what it must be.
    OneOf(&'static [&'static str], &'static str),
    /// A time in milliseconds for a timer of the browser: positive, at most 31 bits.
    Timeout,
    /// A finite, non-negative number; more than WebAuthn's 32 bits becomes the largest that they hold.
    Milliseconds,
    /// The server's error message, for [`Type::Status`]; not copied. Anything but a string counts as absent.
    ErrorMessage,
    /// The string `ok`; not copied.
    Status,
    /// An array of this.
    List(&'static Type),
    /// An object; only these properties are copied.
    Object(&'static [Field]),
    /// An object; all its properties are copied, and these are validated.
    Passthrough(&'static [Field]),
    /// The same, but anything other than an object is passed on to the browser.
    PassthroughIfObject(&'static [Field]),
    /// An object with values of this type and base64url names, whose padding is removed; anything other than an object is
    /// passed on to the browser.
    RecordOf(&'static Type),
}

impl Type {
    /// What a value of the type must be: follows the path of the property in a message.
    pub fn requirement(&self) -> &'static str {
        match self {
            String => messages::A_STRING,
            RequiredBase64url | Base64urlOrAny => messages::BASE64URL,
            UserId => messages::USER_ID_BYTES,
            Boolean => messages::A_BOOLEAN,
            Integer => messages::AN_INTEGER,
            Function => messages::A_FUNCTION,
            AbortSignal => messages::AN_ABORT_SIGNAL,
            BaseUrl => messages::A_BASE_URL,
            OneOf(_, requirement) => requirement,
            Timeout => messages::TIMEOUT,
            Milliseconds => messages::MILLISECONDS,
            Status => messages::STATUS_OK,
            List(_) => messages::AN_ARRAY,
            Object(_) | Passthrough(_) => messages::AN_OBJECT,
            // Anything is valid.
            ErrorMessage | PassthroughIfObject(_) | RecordOf(_) => "",
        }
    }
}

const fn required(name: &'static str, field_type: Type) -> Field {
    Field { name, field_type, presence: Presence::Required, alias: None }
}

const fn optional(name: &'static str, field_type: Type) -> Field {
    Field { name, field_type, presence: Presence::Optional, alias: None }
}

const fn omit_if_empty(name: &'static str, field_type: Type) -> Field {
    Field { name, field_type, presence: Presence::OmitIfEmpty, alias: None }
}

/// `credentialRequestOptions`: FIDO's `ServerPublicKeyCredentialGetOptionsResponse`.
pub static REQUEST_SCHEMA: &[Field] = &[
    required("challenge", RequiredBase64url),
    optional("timeout", Milliseconds),
    omit_if_empty("rpId", String),
    omit_if_empty("allowCredentials", List(&DESCRIPTOR)),
    optional("userVerification", String),
    optional("hints", List(&String)),
    optional("extensions", EXTENSIONS),
    optional("errorMessage", ErrorMessage),
    optional("status", Status),
];

/// `credentialCreationOptions`: FIDO's `ServerPublicKeyCredentialCreationOptionsResponse`.
pub static CREATION_SCHEMA: &[Field] = &[
    Field {
        alias: Some("relyingParty"),
        ..required("rp", Object(&[required("name", String), omit_if_empty("id", String)]))
    },
    required("user", Object(&[required("id", UserId), required("name", String), required("displayName", String)])),
    required("challenge", RequiredBase64url),
    required("pubKeyCredParams", List(&Object(&[required("type", String), required("alg", Integer)]))),
    optional("timeout", Milliseconds),
    omit_if_empty("excludeCredentials", List(&DESCRIPTOR)),
    optional(
        "authenticatorSelection",
        Object(&[
            optional("authenticatorAttachment", String),
            optional("residentKey", String),
            optional("requireResidentKey", Boolean),
            optional("userVerification", String),
        ]),
    ),
    optional("attestation", String),
    optional("attestationFormats", List(&String)),
    optional("hints", List(&String)),
    optional("extensions", EXTENSIONS),
    optional("errorMessage", ErrorMessage),
    optional("status", Status),
];

/// One of the settings that decide whether a `userId` is required; they are read first.
pub static USERNAMELESS: Field = optional("usernameless", Boolean);
/// See [`USERNAMELESS`].
pub static MEDIATION: Field =
    optional("mediation", OneOf(&["conditional", "immediate", "optional"], messages::A_MEDIATION));
/// That of a registration.
pub static CREATION_MEDIATION: Field =
    optional("mediation", OneOf(&["conditional", "optional"], messages::A_CREATION_MEDIATION));

/// The page's own relying party, which needs neither a `userId` nor a `statusToken`; read with the two.
pub static FINALIZE: Field = optional("finalize", Function);

/// The other settings of a call.
pub static SETTINGS_SCHEMA: &[Field] = &[
    optional("baseUrl", BaseUrl),
    optional("statusUrl", BaseUrl),
    optional("status", Function),
    optional("signal", AbortSignal),
    optional("finalizeTimeout", Timeout),
    optional("onProgress", Function),
    optional("onExtensionResults", Function),
    optional("onCredential", Function),
    optional("isUnknownCredential", Function),
    optional("signals", OneOf(&["on", "off"], messages::ON_OR_OFF)),
    optional("onEnd", Function),
    optional("debug", Boolean),
    #[cfg(feature = "injection")]
    optional("panicAt", String),
];

/// The settings of `outcome`.
pub static OUTCOME_SCHEMA: &[Field] = &[
    optional("baseUrl", BaseUrl),
    optional("statusUrl", BaseUrl),
    optional("status", Function),
    optional("signal", AbortSignal),
    optional("wait", Milliseconds),
    optional("finalizeTimeout", Timeout),
    optional("onProgress", Function),
    optional("onEnd", Function),
    optional("debug", Boolean),
];

static DESCRIPTOR: Type =
    Object(&[required("type", String), required("id", RequiredBase64url), optional("transports", List(&String))]);

/// Passed on, except that the base64url strings of WebAuthn's JSON form become bytes.
const EXTENSIONS: Type = Passthrough(&[
    optional(
        "prf",
        PassthroughIfObject(&[
            optional("eval", PassthroughIfObject(PRF_VALUES)),
            optional("evalByCredential", RecordOf(&PassthroughIfObject(PRF_VALUES))),
        ]),
    ),
    optional("largeBlob", PassthroughIfObject(&[optional("write", Base64urlOrAny)])),
]);

const PRF_VALUES: &[Field] = &[optional("first", Base64urlOrAny), optional("second", Base64urlOrAny)];
