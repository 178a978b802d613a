//! The validity rules, a table for each thing that is read: docs/contract.md, section A3, and WebAuthn Level 3,
//! sections 5.4 and 5.5.

use self::Shape::*;

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
#[derive(Clone, Copy, PartialEq)]
pub enum Presence {
    /// It has to be there.
    Required,
    /// It may be absent.
    Optional,
    /// It may be absent, and an empty text or array counts as absent.
    OptionalNotEmpty,
}

/// What a member holds.
pub enum Shape {
    /// Text, of any length.
    Text,
    /// base64url text of at least one byte; becomes a buffer.
    Bytes,
    /// base64url text becomes a buffer; anything else is handed on.
    Buffer,
    /// `true` or `false`.
    Boolean,
    /// A whole number that fits WebAuthn's `COSEAlgorithmIdentifier`, a 32-bit `long`.
    Integer,
    /// A function.
    Function,
    /// An `AbortSignal`, of whatever realm.
    Signal,
    /// Where the cloud is: an address that is https, or http on a loopback host; loses the slashes at its end.
    Address,
    /// `conditional` or `optional`.
    Mediation,
    /// A time in milliseconds that a timer of the browser holds: 31 bits, more than 0.
    Timeout,
    /// A finite number that is not negative; more than WebAuthn's 32 bits hold becomes the most they hold.
    Milliseconds,
    /// Text that is not empty; anything else counts as absent.
    Name,
    /// Text that decides something here, or is told; stays out of the copy. Anything else counts as absent.
    Word,
    /// The text `ok`. Where it isn't, the word before it says why. Stays out of the copy.
    Status,
    /// An array of this.
    List(&'static Shape),
    /// An object of which only these members are handed on.
    Object(&'static [Rule]),
    /// An object that is handed on whole, but for these members.
    Open(&'static [Rule]),
    /// The same, where something other than an object is the browser's to judge.
    OpenIfObject(&'static [Rule]),
    /// An object of which every member is this; something other than an object is the browser's to judge.
    EachMember(&'static Shape),
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
    optional("errorMessage", Word),
    optional("status", Status),
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
    optional("errorMessage", Word),
    optional("status", Status),
];

/// The settings of a call. The first two are looked at before the others: they say whether a `userId` is needed.
pub static SETTINGS: &[Rule] = &[
    optional("usernameless", Boolean),
    optional("mediation", Mediation),
    optional("baseUrl", Address),
    optional("signal", Signal),
    optional("finalizeTimeout", Timeout),
    optional("onProgress", Function),
    optional("onExtensionResults", Function),
];

/// What `js/read.js` reads: what a call brings along, by the number of [`crate::result::Ceremony`]; then what the cloud
/// answers.
pub static READ: [&[Rule]; 3] = [
    &[
        optional("options", Object(&[optional("credentialRequestOptions", Object(REQUEST)), USER_ID, TOKEN, LABEL])),
        optional("settings", Object(SETTINGS)),
    ],
    &[
        optional("options", Object(&[optional("credentialCreationOptions", Object(CREATION)), USER_ID, TOKEN, LABEL])),
        optional("settings", Object(SETTINGS)),
    ],
    &[
        optional("status", Word),
        optional("errorMessage", Word),
        optional("message", Word),
        optional("error", Word),
        optional("token", Word),
    ],
];

const USER_ID: Rule = optional("userId", Name);
const TOKEN: Rule = optional("statusToken", Name);
const LABEL: Rule = optional("authenticatorName", Name);

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
