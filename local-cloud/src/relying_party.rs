//! The WebAuthn relying party: creates challenges, and verifies the responses of authenticators.

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

use crate::origins::AllowedOrigin;
use crate::rp_id::RP_ID;
use crate::users::Credential;
use crate::{attestation, base64url};

pub use webauthn_rp::request::UserVerificationRequirement;
pub use webauthn_rp::request::register::ResidentKeyRequirement;

/// The COSE algorithms that a passkey may use, in order of preference: EdDSA, ES256, RS256.
pub const ALGORITHMS: [i32; 3] = [-8, -7, -257];

/// The length of a user handle, which is a UUID as a string.
const USER_HANDLE_BYTES: usize = 36;

type StoredPublicKey = CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;

/// WebAuthn's `AuthenticatorAttachment`, or either.
#[derive(Clone, Copy, Debug)]
pub enum Attachment {
    Any,
    Platform,
    CrossPlatform,
}

#[derive(Debug)]
pub struct StartedCeremony {
    /// base64url, for the browser.
    pub challenge: String,
    /// Needed to verify the response; stored in the database.
    pub state: Vec<u8>,
}

/// The decoded result of `navigator.credentials.get`.
#[derive(Debug)]
pub struct Assertion {
    pub credential_id: Vec<u8>,
    pub client_data_json: Vec<u8>,
    pub authenticator_data: Vec<u8>,
    pub signature: Vec<u8>,
    pub user_handle: Vec<u8>,
}

/// Why a response was not accepted.
#[derive(Debug)]
pub enum Failure {
    /// Verification failed; the reason is for the developer of the page.
    Refused(String),
    /// This server cannot encode or decode its own data.
    Internal(&'static str),
}

pub struct RelyingParty {
    id: RpId,
    origins: Vec<AllowedOrigin>,
    /// In milliseconds.
    timeout: NonZeroU32,
}

impl RelyingParty {
    pub fn new(origins: Vec<AllowedOrigin>, timeout_seconds: NonZeroU32) -> Result<Self, Box<dyn Error>> {
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
    ) -> Result<StartedCeremony, Failure> {
        let handle = user_handle(user_id.as_bytes()).ok_or(Failure::Internal("a user ID that is not a UUID"))?;
        // Names are not verified, so they are left blank here. enroll.rs writes the options for the browser.
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
        let (server, _) = options.start_ceremony().map_err(|_| Failure::Internal("registration options"))?;
        let state = server.encode().map_err(|_| Failure::Internal("registration options"))?;
        Ok(StartedCeremony { challenge, state })
    }

    /// Starts an approval with one of the passkeys `allowed`, or with any passkey if there are none.
    pub fn start_authentication(
        &self,
        allowed: &[Vec<u8>],
        user_verification: UserVerificationRequirement,
    ) -> Result<StartedCeremony, Failure> {
        let internal = || Failure::Internal("request options");
        if allowed.is_empty() {
            let mut options = DiscoverableCredentialRequestOptions::passkey(&self.id);
            options.0.timeout = self.timeout;
            options.0.user_verification = user_verification;
            let challenge = challenge_text(&options.0.challenge);
            let (server, _) = options.start_ceremony().map_err(|_| internal())?;
            let state = server.encode().map_err(|_| internal())?;
            return Ok(StartedCeremony { challenge, state });
        }
        let mut credentials = AllowedCredentials::with_capacity(allowed.len());
        for id in allowed {
            let id = CredentialId::try_from(id.clone()).map_err(|_| Failure::Internal("a credential ID"))?;
            let descriptor = PublicKeyCredentialDescriptor { id, transports: AuthTransports::NONE };
            credentials.push(AllowedCredential::from(descriptor));
        }
        let mut options =
            NonDiscoverableCredentialRequestOptions::second_factor(&self.id, credentials).map_err(|_| internal())?;
        options.options().timeout = self.timeout;
        options.options().user_verification = user_verification;
        let challenge = challenge_text(&options.options().challenge);
        let (server, _) = options.start_ceremony().map_err(|_| internal())?;
        let state = server.encode().map_err(|_| internal())?;
        Ok(StartedCeremony { challenge, state })
    }

    /// Verifies a new passkey of `user_id`: challenge, origin, RP ID, flags, algorithm, and the signature of a self
    /// attestation. The caller checks that the credential ID is new.
    pub fn verify_registration(
        &self,
        state: &[u8],
        user_id: &str,
        client_data_json: Vec<u8>,
        attestation_object: &[u8],
    ) -> Result<Credential, Failure> {
        let state = RegistrationServerState::<USER_HANDLE_BYTES>::decode(state)
            .map_err(|_| Failure::Internal("the state of a registration"))?;
        let attestation_object = attestation::strip_manufacturer_statement(attestation_object)
            .ok_or_else(|| Failure::Refused("attestationObject is not an attestation object".to_owned()))?;
        let response = Registration::new(
            AuthenticatorAttestation::new(client_data_json, attestation_object, AuthTransports::NONE),
            AuthenticatorAttachment::None,
            ClientExtensionsOutputs { cred_props: None, prf: None },
        );
        let options = RegistrationVerificationOptions::<AllowedOrigin, String> {
            allowed_origins: &self.origins,
            // Browsers add extensions by themselves, such as credProtect.
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        let registered = state
            .verify(&self.id, &response, &options)
            .map_err(|error| Failure::Refused(reasons::registration_reason(&error, &self.origins)))?;
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
    /// `usernameless`: whether the approval has no user. The format of `state` depends on it.
    pub fn verify_assertion(
        &self,
        state: &[u8],
        usernameless: bool,
        assertion: Assertion,
        credential: &Credential,
    ) -> Result<Vec<u8>, Failure> {
        let owner = user_handle(credential.user_id.as_bytes())
            .ok_or(Failure::Internal("a credential whose user ID is not a UUID"))?;
        let sent_handle = user_handle(&assertion.user_handle)
            .ok_or_else(|| Failure::Refused("userHandle is not a user ID of this cloud".to_owned()))?;
        let mut stored = stored_credential(credential, &owner)?;
        let options = AuthenticationVerificationOptions::<AllowedOrigin, String> {
            allowed_origins: &self.origins,
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        let sent_id = CredentialId::try_from(assertion.credential_id)
            .map_err(|error| Failure::Refused(format!("id: {error}")))?;
        let internal = || Failure::Internal("the state of an approval");
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
            DiscoverableAuthenticationServerState::decode(state).map_err(|_| internal())?.verify(
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
            NonDiscoverableAuthenticationServerState::decode(state).map_err(|_| internal())?.verify(
                &self.id,
                &response,
                &mut stored,
                &options,
            )
        }
        .map_err(|error| Failure::Refused(reasons::assertion_reason(&error, &self.origins)))?;
        let Ok(dynamic_state) = stored.dynamic_state().encode();
        Ok(dynamic_state.to_vec())
    }
}

fn challenge_text(challenge: &Challenge) -> String {
    base64url::encode(&challenge.as_data().to_le_bytes())
}

fn user_handle(bytes: &[u8]) -> Option<UserHandle<USER_HANDLE_BYTES>> {
    <[u8; USER_HANDLE_BYTES]>::try_from(bytes).ok().map(UserHandle::from)
}

fn stored_credential<'a>(
    credential: &'a Credential,
    owner: &'a UserHandle<USER_HANDLE_BYTES>,
) -> Result<AuthenticatedCredential<'a, 'a, USER_HANDLE_BYTES, StoredPublicKey>, Failure> {
    let internal = || Failure::Internal("a stored passkey");
    let id = CredentialId::try_from(credential.id.as_slice()).map_err(|_| internal())?;
    let static_state = StaticState::decode(credential.static_state.as_slice()).map_err(|_| internal())?;
    let dynamic_state =
        credential.dynamic_state.as_slice().try_into().ok().and_then(|bytes| DynamicState::decode(bytes).ok());
    AuthenticatedCredential::new(id, owner, static_state, dynamic_state.ok_or_else(internal)?).map_err(|_| internal())
}
