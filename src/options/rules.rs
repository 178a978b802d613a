//! The rules of validity, a table for each ceremony: contract section 3, WebAuthn Level 3 sections 5.4 and 5.5.

use super::check::Shape::{self, *};

/// What a member has to be.
pub struct Rule {
    /// The member's name.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// What its absence, and an empty value, mean.
    pub presence: Presence,
}

/// What it means that a member is absent (`undefined` or `null`), or empty.
#[derive(PartialEq)]
pub enum Presence {
    /// It has to be there.
    Required,
    /// It may be absent.
    Optional,
    /// It may be absent, and an empty text or array counts as absent.
    OptionalNotEmpty,
}

const fn required(name: &'static str, shape: Shape) -> Rule {
    Rule { name, shape, presence: Presence::Required }
}

const fn optional(name: &'static str, shape: Shape) -> Rule {
    Rule { name, shape, presence: Presence::Optional }
}

const fn optional_not_empty(name: &'static str, shape: Shape) -> Rule {
    Rule { name, shape, presence: Presence::OptionalNotEmpty }
}

/// `credentialRequestOptions`: FIDO's `ServerPublicKeyCredentialGetOptionsResponse`.
pub static REQUEST: &[Rule] = &[
    required("challenge", Bytes),
    optional("timeout", Milliseconds),
    optional_not_empty("rpId", Text),
    optional_not_empty("allowCredentials", List(&DESCRIPTOR)),
    optional("userVerification", Text),
    optional("hints", List(&Text)),
    optional("extensions", EXTENSIONS),
];

/// `credentialCreationOptions`: FIDO's `ServerPublicKeyCredentialCreationOptionsResponse`.
pub static CREATION: &[Rule] = &[
    required("rp", Object(&[required("name", Text), optional_not_empty("id", Text)])),
    required("user", Object(&[required("id", Bytes), required("name", Text), required("displayName", Text)])),
    required("challenge", Bytes),
    required("pubKeyCredParams", List(&Object(&[required("type", Text), required("alg", Integer)]))),
    optional("timeout", Milliseconds),
    optional_not_empty("excludeCredentials", List(&DESCRIPTOR)),
    optional(
        "authenticatorSelection",
        Object(&[
            optional("authenticatorAttachment", Text),
            optional("residentKey", Text),
            optional("requireResidentKey", Boolean),
            optional("userVerification", Text),
        ]),
    ),
    optional("attestation", Text),
    optional("attestationFormats", List(&Text)),
    optional("hints", List(&Text)),
    optional("extensions", EXTENSIONS),
];

/// The settings of a call. `baseUrl` and `mediation` have more to them than being text.
pub static SETTINGS: &[Rule] = &[
    optional("baseUrl", Text),
    optional("signal", Signal),
    optional("mediation", Text),
    optional("usernameless", Boolean),
    optional("finalizeTimeout", Timeout),
    optional("onProgress", Function),
    optional("onExtensionResults", Function),
];

static DESCRIPTOR: Shape =
    Object(&[required("type", Text), required("id", Bytes), optional("transports", List(&Text))]);

/// Handed on as they are, but for the inputs that WebAuthn's JSON form has as base64url text.
const EXTENSIONS: Shape = Open(&[
    optional(
        "prf",
        OpenIfObject(&[
            optional("eval", OpenIfObject(PRF_VALUES)),
            optional("evalByCredential", EachMember(&OpenIfObject(PRF_VALUES))),
        ]),
    ),
    optional("largeBlob", OpenIfObject(&[optional("write", Buffer)])),
]);

const PRF_VALUES: &[Rule] = &[optional("first", Buffer), optional("second", Buffer)];
