//! The WebAuthn relying party: starts ceremonies, and verifies what users signed.

use serde_json::{Value, json};
use url::Url;
use webauthn_rp::request::auth::{AllowedCredential, AllowedCredentials, AuthenticationVerificationOptions};
use webauthn_rp::request::register::{PublicKeyCredentialUserEntity, RegistrationVerificationOptions, UserHandle16};
use webauthn_rp::request::{AsciiDomain, Credentials, RpId, UserVerificationRequirement};
use webauthn_rp::response::auth::{DiscoverableAuthentication16, NonDiscoverableAuthentication16};
use webauthn_rp::{
    DiscoverableAuthenticationServerState, DiscoverableCredentialRequestOptions,
    NonDiscoverableAuthenticationServerState, NonDiscoverableCredentialRequestOptions,
    PublicKeyCredentialCreationOptions, Registration, RegistrationServerState,
};

use crate::passkeys::{Account, Passkey, Passkeys};

/// What is needed to verify the response. Verifying it consumes this: a challenge is good for one response.
pub enum Ceremony {
    Registration {
        state: RegistrationServerState<16>,
        account: Account,
    },
    /// By a passkey of this user.
    OfUser {
        state: NonDiscoverableAuthenticationServerState,
        user: UserHandle16,
    },
    /// By any passkey.
    OfAnybody(DiscoverableAuthenticationServerState),
}

/// Why a response was not accepted.
pub enum Failure {
    UnknownPasskey,
    /// For the log: what is wrong, without what the client sent.
    Refused(String),
}

pub struct RelyingParty {
    id: RpId,
    origins: [String; 1],
}

// #region relying_party
impl RelyingParty {
    /// For the page at this origin.
    pub fn new(origin: &str) -> Result<Self, String> {
        let host = Url::parse(origin).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let domain = AsciiDomain::try_from(host).map_err(|_| "ORIGIN must have a domain, not an IP address.")?;
        Ok(RelyingParty { id: RpId::Domain(domain), origins: [origin.to_owned()] })
    }

    /// Starts a registration. The options go to the page.
    pub fn start_registration(&self, account: Account, passkeys: &Passkeys) -> Option<(Ceremony, Value)> {
        let name = account.username.as_str();
        let user = PublicKeyCredentialUserEntity {
            name: name.try_into().ok()?,
            id: &account.handle,
            display_name: Some(name.try_into().ok()?),
        };
        let existing = passkeys.of(&account).filter_map(Passkey::descriptor).collect();
        let mut options = PublicKeyCredentialCreationOptions::passkey(&self.id, user, existing);
        // Not every browser knows credProtect, which this asks for.
        options.extensions = Default::default();
        let (state, client) = options.start_ceremony().ok()?;
        let options = json!(client);
        Some((Ceremony::Registration { state, account }, options))
    }

    /// Starts an approval: by a passkey of this user, or by any.
    pub fn start_authentication(&self, account: Option<&Account>, passkeys: &Passkeys) -> Option<(Ceremony, Value)> {
        let Some(account) = account else {
            let (state, client) = DiscoverableCredentialRequestOptions::passkey(&self.id).start_ceremony().ok()?;
            return Some((Ceremony::OfAnybody(state), json!(client)));
        };
        let mut allowed = AllowedCredentials::new();
        for descriptor in passkeys.of(account).filter_map(Passkey::descriptor) {
            allowed.push(AllowedCredential::from(descriptor));
        }
        let mut options = NonDiscoverableCredentialRequestOptions::second_factor(&self.id, allowed).ok()?;
        options.options().user_verification = UserVerificationRequirement::Required;
        let (state, client) = options.start_ceremony().ok()?;
        Some((Ceremony::OfUser { state, user: account.handle }, json!(client)))
    }

    /// Verifies the credential that the page sent, and returns whose it is.
    pub fn verify(&self, ceremony: Ceremony, credential: &Value, passkeys: &mut Passkeys) -> Result<Account, Failure> {
        let json = credential.to_string();
        let unreadable = |_| Failure::Refused("the credential cannot be read".to_owned());
        let options = AuthenticationVerificationOptions::<String, String> {
            allowed_origins: &self.origins,
            // Browsers add some by themselves.
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        let (id, updated) = match ceremony {
            Ceremony::Registration { state, account } => {
                let response = Registration::from_json_relaxed(json.as_bytes()).map_err(unreadable)?;
                let options = RegistrationVerificationOptions::<String, String> {
                    allowed_origins: &self.origins,
                    error_on_unsolicited_extensions: false,
                    ..Default::default()
                };
                let registered = state.verify(&self.id, &response, &options).map_err(refused)?;
                return match passkeys.add(&account, &registered) {
                    true => Ok(account),
                    false => Err(Failure::Refused("the passkey or the name was taken in the meantime".to_owned())),
                };
            }
            Ceremony::OfUser { state, user } => {
                let response =
                    NonDiscoverableAuthentication16::from_json_relaxed(json.as_bytes()).map_err(unreadable)?;
                let id = response.raw_id().as_ref().to_vec();
                let passkey = passkeys.get(&id).filter(|passkey| passkey.account().handle == user);
                let mut stored = passkey.and_then(Passkey::credential).ok_or(Failure::UnknownPasskey)?;
                state.verify(&self.id, &response, &mut stored, &options).map_err(refused)?;
                (id, stored.dynamic_state())
            }
            Ceremony::OfAnybody(state) => {
                let response = DiscoverableAuthentication16::from_json_relaxed(json.as_bytes()).map_err(unreadable)?;
                let id = response.raw_id().as_ref().to_vec();
                let mut stored = passkeys.get(&id).and_then(Passkey::credential).ok_or(Failure::UnknownPasskey)?;
                state.verify(&self.id, &response, &mut stored, &options).map_err(refused)?;
                (id, stored.dynamic_state())
            }
        };
        passkeys.update(&id, updated);
        passkeys.get(&id).map(|passkey| passkey.account().clone()).ok_or(Failure::UnknownPasskey)
    }
}
// #endregion relying_party

impl Failure {
    /// What the page gets. The log has the details.
    pub fn reason(self) -> &'static str {
        match self {
            Failure::UnknownPasskey => "This passkey is not known here.",
            Failure::Refused(details) => {
                eprintln!("backend: the verification failed: {details}");
                "The passkey could not be verified."
            }
        }
    }
}

fn refused(error: impl std::error::Error) -> Failure {
    Failure::Refused(error.to_string())
}
