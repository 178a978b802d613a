//! The users and their passkeys. In memory: a real shop has them in its database.

use std::collections::HashMap;

use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::PublicKeyCredentialDescriptor;
use webauthn_rp::request::register::UserHandle16;
use webauthn_rp::response::register::{CompressedPubKey, DynamicState, StaticState};
use webauthn_rp::response::{AuthTransports, CredentialId};
use webauthn_rp::{AuthenticatedCredential, RegisteredCredential};

type PublicKey = CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;

/// Somebody with a passkey, or who is about to have one.
#[derive(Clone)]
pub struct Account {
    pub handle: UserHandle16,
    pub username: String,
}

/// A passkey, in the form in which a database takes it.
pub struct Passkey {
    id: CredentialId<Vec<u8>>,
    transports: AuthTransports,
    account: Account,
    /// The public key, and what else never changes.
    static_state: Vec<u8>,
    /// The counter, and what else changes with each approval.
    dynamic_state: DynamicState,
}

impl Passkey {
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// For the options of a ceremony.
    pub fn descriptor(&self) -> Option<PublicKeyCredentialDescriptor<Vec<u8>>> {
        let id = CredentialId::decode(self.id.as_ref().to_vec()).ok()?;
        Some(PublicKeyCredentialDescriptor { id, transports: self.transports })
    }

    /// To verify an assertion with. Nothing if the stored bytes are damaged.
    pub fn credential(&self) -> Option<AuthenticatedCredential<'_, '_, 16, PublicKey>> {
        let static_state = StaticState::decode(self.static_state.as_slice()).ok()?;
        AuthenticatedCredential::new((&self.id).into(), &self.account.handle, static_state, self.dynamic_state).ok()
    }
}

#[derive(Default)]
pub struct Passkeys {
    /// By username.
    accounts: HashMap<String, Account>,
    by_id: HashMap<Vec<u8>, Passkey>,
}

impl Passkeys {
    pub fn account(&self, username: &str) -> Option<&Account> {
        self.accounts.get(username)
    }

    pub fn of(&self, account: &Account) -> impl Iterator<Item = &Passkey> {
        self.by_id.values().filter(|passkey| passkey.account.handle == account.handle)
    }

    pub fn get(&self, id: &[u8]) -> Option<&Passkey> {
        self.by_id.get(id)
    }

    /// Stores a passkey, and its user with the first one. Nothing is stored if the passkey is known, or if somebody else has taken the
    /// name in the meantime.
    pub fn add(&mut self, account: &Account, registered: &RegisteredCredential<'_, 16>) -> bool {
        let id = registered.id().as_ref().to_vec();
        let owner = self.accounts.get(&account.username);
        if self.by_id.contains_key(&id) || owner.is_some_and(|owner| owner.handle != account.handle) {
            return false;
        }
        let Ok(static_state) = registered.static_state().encode();
        let passkey = Passkey {
            id: registered.id().into(),
            transports: registered.transports(),
            account: account.clone(),
            static_state,
            dynamic_state: registered.dynamic_state(),
        };
        self.accounts.insert(account.username.clone(), account.clone());
        self.by_id.insert(id, passkey);
        true
    }

    pub fn update(&mut self, id: &[u8], dynamic_state: DynamicState) {
        if let Some(passkey) = self.by_id.get_mut(id) {
            passkey.dynamic_state = dynamic_state;
        }
    }
}
