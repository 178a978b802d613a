//! The WebAuthn relying party: makes challenges, and verifies what authenticators answer.

mod reasons;

use std::error::Error;
use std::num::NonZeroU32;

use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::{AllowedCredential, AllowedCredentials, AuthenticationVerificationOptions};
use webauthn_rp::request::register::{
    AuthenticatorAttachmentReq, AuthenticatorSelectionCriteria, CoseAlgorithmIdentifier, CoseAlgorithmIdentifiers,
    CrossPlatformHint, PlatformHint, RegistrationVerificationOptions, UserHandle,
};
use webauthn_rp::request::{AsciiDomain, Challenge, Credentials, Hint, PublicKeyCredentialDescriptor, RpId};
use webauthn_rp::response::auth::{Authentication, AuthenticatorAssertion};
use webauthn_rp::response::register::{
    AuthenticatorAttestation, ClientExtensionsOutputs, CompressedPubKey, DynamicState, StaticState,
};
use webauthn_rp::response::{AuthTransports, AuthenticatorAttachment, CredentialId};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthenticationServerState, DiscoverableCredentialRequestOptions,
    NonDiscoverableAuthenticationServerState, NonDiscoverableCredentialRequestOptions,
    PublicKeyCredentialCreationOptions, Registration, RegistrationServerState,
};

use crate::users::Credential;
use crate::{attestation, base64url};

pub use webauthn_rp::request::UserVerificationRequirement;
pub use webauthn_rp::request::register::ResidentKeyRequirement;

/// The domain that passkeys belong to.
pub const RP_ID: &str = "localhost";

/// The COSE algorithms that a passkey may use, the preferred first: EdDSA, ES256, RS256.
pub const ALGORITHMS: [i32; 3] = [-8, -7, -257];

/// The bytes of a user handle: it is the text of a UUID.
const USER_HANDLE_BYTES: usize = 36;

type StoredPublicKey = CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;

/// Where the authenticator may be.
#[derive(Clone, Copy, Debug)]
pub enum Attachment {
    Any,
    Platform,
    CrossPlatform,
}

/// A ceremony that was started.
#[derive(Debug)]
pub struct Started {
    /// base64url, for the browser.
    pub challenge: String,
    /// What verifies the answer, for the database.
    pub state: Vec<u8>,
}

/// What a browser returned from `navigator.credentials.get`, decoded.
#[derive(Debug)]
pub struct Assertion {
    pub credential_id: Vec<u8>,
    pub client_data_json: Vec<u8>,
    pub authenticator_data: Vec<u8>,
    pub signature: Vec<u8>,
    pub user_handle: Vec<u8>,
}

/// Why an answer was not accepted.
#[derive(Debug)]
pub enum Failure {
    /// The answer is wrong; the reason is for the developer of the page.
    Refused(String),
    /// What this server kept cannot be read.
    Broken(&'static str),
}

pub struct RelyingParty {
    id: RpId,
    origins: Vec<String>,
    /// In milliseconds.
    timeout: NonZeroU32,
}

impl RelyingParty {
    pub fn new(origins: Vec<String>, timeout_seconds: NonZeroU32) -> Result<Self, Box<dyn Error>> {
        let id = RpId::Domain(AsciiDomain::try_from(RP_ID.to_owned()).map_err(|error| error.to_string())?);
        Ok(Self { id, origins, timeout: timeout_seconds.saturating_mul(NonZeroU32::MIN.saturating_add(999)) })
    }

    /// The `timeout` of the options, in milliseconds.
    pub fn timeout(&self) -> u32 {
        self.timeout.get()
    }

    pub fn start_registration(
        &self,
        user_id: &str,
        attachment: Attachment,
        resident_key: ResidentKeyRequirement,
        user_verification: UserVerificationRequirement,
    ) -> Result<Started, Failure> {
        let handle = handle(user_id.as_bytes()).ok_or(Failure::Broken("a user ID that is no UUID"))?;
        // The names are the browser's alone: the options that it gets are written in enroll.rs.
        let mut options = PublicKeyCredentialCreationOptions::first_passkey_with_blank_user_info(&self.id, &handle);
        options.timeout = self.timeout;
        options.pub_key_cred_params = CoseAlgorithmIdentifiers::ALL.remove(CoseAlgorithmIdentifier::Es384);
        options.extensions = Default::default();
        options.authenticator_selection = AuthenticatorSelectionCriteria {
            authenticator_attachment: match attachment {
                Attachment::Any => AuthenticatorAttachmentReq::None(Hint::None),
                Attachment::Platform => AuthenticatorAttachmentReq::Platform(PlatformHint::None),
                Attachment::CrossPlatform => AuthenticatorAttachmentReq::CrossPlatform(CrossPlatformHint::None),
            },
            resident_key,
            user_verification,
        };
        let challenge = challenge_text(&options.challenge);
        let (server, _) = options.start_ceremony().map_err(|_| Failure::Broken("registration options"))?;
        let state = server.encode().map_err(|_| Failure::Broken("registration options"))?;
        Ok(Started { challenge, state })
    }

    /// Starts an approval by one of the passkeys `allowed`, or by any passkey of any user when there are none.
    pub fn start_authentication(
        &self,
        allowed: &[Vec<u8>],
        user_verification: UserVerificationRequirement,
    ) -> Result<Started, Failure> {
        let broken = || Failure::Broken("request options");
        if allowed.is_empty() {
            let mut options = DiscoverableCredentialRequestOptions::passkey(&self.id);
            options.0.timeout = self.timeout;
            options.0.user_verification = user_verification;
            let challenge = challenge_text(&options.0.challenge);
            let (server, _) = options.start_ceremony().map_err(|_| broken())?;
            let state = server.encode().map_err(|_| broken())?;
            return Ok(Started { challenge, state });
        }
        let mut credentials = AllowedCredentials::with_capacity(allowed.len());
        for id in allowed {
            let id = CredentialId::try_from(id.clone()).map_err(|_| Failure::Broken("a credential ID"))?;
            let descriptor = PublicKeyCredentialDescriptor { id, transports: AuthTransports::NONE };
            credentials.push(AllowedCredential::from(descriptor));
        }
        let mut options =
            NonDiscoverableCredentialRequestOptions::second_factor(&self.id, credentials).map_err(|_| broken())?;
        options.options().timeout = self.timeout;
        options.options().user_verification = user_verification;
        let challenge = challenge_text(&options.options().challenge);
        let (server, _) = options.start_ceremony().map_err(|_| broken())?;
        let state = server.encode().map_err(|_| broken())?;
        Ok(Started { challenge, state })
    }

    /// Verifies a new passkey of `user_id`: challenge, origin, RP ID, flags, algorithm, and the key's own signature where
    /// the attestation has one. Whether its ID is new is for the database to say.
    pub fn verify_registration(
        &self,
        state: &[u8],
        user_id: &str,
        client_data_json: Vec<u8>,
        attestation_object: &[u8],
    ) -> Result<Credential, Failure> {
        let state = RegistrationServerState::<USER_HANDLE_BYTES>::decode(state)
            .map_err(|_| Failure::Broken("the state of a registration"))?;
        let attestation_object = attestation::without_manufacturer(attestation_object)
            .ok_or_else(|| Failure::Refused("attestationObject is not an attestation object".to_owned()))?;
        let response = Registration::new(
            AuthenticatorAttestation::new(client_data_json, attestation_object, AuthTransports::NONE),
            AuthenticatorAttachment::None,
            ClientExtensionsOutputs { cred_props: None, prf: None },
        );
        let options = RegistrationVerificationOptions::<String, String> {
            allowed_origins: &self.origins,
            // Browsers add extensions of their own accord, credProtect for one.
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        let registered = state
            .verify(&self.id, &response, &options)
            .map_err(|error| Failure::Refused(reasons::of_registration(&error, &self.origins)))?;
        let Ok(static_state) = registered.static_state().encode();
        let Ok(dynamic_state) = registered.dynamic_state().encode();
        Ok(Credential {
            id: registered.id().as_ref().to_vec(),
            user_id: user_id.to_owned(),
            static_state,
            dynamic_state: dynamic_state.to_vec(),
        })
    }

    /// Verifies an assertion by `credential`: user handle, allowed credentials, challenge, origin, RP ID, flags, signature
    /// and counter. Returns the credential's new dynamic state.
    ///
    /// `usernameless`: whether the approval named no user, which decides what `state` holds.
    pub fn verify_assertion(
        &self,
        state: &[u8],
        usernameless: bool,
        assertion: Assertion,
        credential: &Credential,
    ) -> Result<Vec<u8>, Failure> {
        let owner =
            handle(credential.user_id.as_bytes()).ok_or(Failure::Broken("a credential whose user ID is no UUID"))?;
        let sent_handle = handle(&assertion.user_handle)
            .ok_or_else(|| Failure::Refused("userHandle is not a user ID of this cloud".to_owned()))?;
        let mut stored = stored_credential(credential, &owner)?;
        let options = AuthenticationVerificationOptions::<String, String> {
            allowed_origins: &self.origins,
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        let sent_id = CredentialId::try_from(assertion.credential_id)
            .map_err(|error| Failure::Refused(format!("id: {error}")))?;
        let broken = || Failure::Broken("the state of an approval");
        if usernameless {
            let response = Authentication::<USER_HANDLE_BYTES, true>::new(
                sent_id,
                AuthenticatorAssertion::<USER_HANDLE_BYTES, true>::new(
                    assertion.client_data_json,
                    assertion.authenticator_data,
                    assertion.signature,
                    sent_handle,
                ),
                AuthenticatorAttachment::None,
            );
            DiscoverableAuthenticationServerState::decode(state).map_err(|_| broken())?.verify(
                &self.id,
                &response,
                &mut stored,
                &options,
            )
        } else {
            let response = Authentication::<USER_HANDLE_BYTES, false>::new(
                sent_id,
                AuthenticatorAssertion::<USER_HANDLE_BYTES, false>::with_user(
                    assertion.client_data_json,
                    assertion.authenticator_data,
                    assertion.signature,
                    sent_handle,
                ),
                AuthenticatorAttachment::None,
            );
            NonDiscoverableAuthenticationServerState::decode(state).map_err(|_| broken())?.verify(
                &self.id,
                &response,
                &mut stored,
                &options,
            )
        }
        .map_err(|error| Failure::Refused(reasons::of_assertion(&error, &self.origins)))?;
        let Ok(dynamic_state) = stored.dynamic_state().encode();
        Ok(dynamic_state.to_vec())
    }
}

fn challenge_text(challenge: &Challenge) -> String {
    base64url::encode(&challenge.as_data().to_le_bytes())
}

fn handle(bytes: &[u8]) -> Option<UserHandle<USER_HANDLE_BYTES>> {
    <[u8; USER_HANDLE_BYTES]>::try_from(bytes).ok().map(UserHandle::from)
}

fn stored_credential<'a>(
    credential: &'a Credential,
    owner: &'a UserHandle<USER_HANDLE_BYTES>,
) -> Result<AuthenticatedCredential<'a, 'a, USER_HANDLE_BYTES, StoredPublicKey>, Failure> {
    let broken = || Failure::Broken("a stored passkey");
    let id = CredentialId::try_from(credential.id.as_slice()).map_err(|_| broken())?;
    let static_state = StaticState::decode(credential.static_state.as_slice()).map_err(|_| broken())?;
    let dynamic_state =
        credential.dynamic_state.as_slice().try_into().ok().and_then(|bytes| DynamicState::decode(bytes).ok());
    AuthenticatedCredential::new(id, owner, static_state, dynamic_state.ok_or_else(broken)?).map_err(|_| broken())
}
