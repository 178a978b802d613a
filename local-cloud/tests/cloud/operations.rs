//! The operations of shops, pages, phones and attackers, in any order; [`crate::model`] checks them.

use proptest::prelude::*;
use proptest::sample::Index;

/// An index chooses among what exists at that time.
#[derive(Clone, Debug)]
pub enum Operation {
    Enroll {
        user: usize,
    },
    /// For one of the users, or for autofill.
    Approve {
        user: Option<usize>,
    },
    /// With any passkey of any user; valid, or with one mistake.
    Finalize {
        transaction: Index,
        passkey: Index,
        how: How,
    },
    /// Sends the last body again.
    Replay {
        transaction: Index,
    },
    Status {
        transaction: Index,
    },
    IntrospectStatusToken {
        transaction: Index,
    },
    Initiate {
        person: usize,
        family: usize,
    },
    Respond {
        request: Index,
        person: usize,
        approved: bool,
    },
    Poll {
        request: Index,
        family: usize,
    },
    /// The code so many steps from now, or a wrong one.
    Totp {
        person: usize,
        family: usize,
        steps: Option<i64>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum How {
    Right,
    WrongSignature,
    WrongChallenge,
    WrongOrigin,
    Unreadable,
    ForgedToken,
}

pub const USERS: usize = 3;
pub const PEOPLE: usize = 2;

pub fn operations() -> impl Strategy<Value = Operation> {
    let how = prop_oneof![
        6 => Just(How::Right),
        1 => Just(How::WrongSignature),
        1 => Just(How::WrongChallenge),
        1 => Just(How::WrongOrigin),
        1 => Just(How::Unreadable),
        1 => Just(How::ForgedToken),
    ];
    let index = any::<Index>;
    prop_oneof![
        2 => (0..USERS).prop_map(|user| Operation::Enroll { user }),
        4 => proptest::option::weighted(0.8, 0..USERS).prop_map(|user| Operation::Approve { user }),
        8 => (index(), index(), how).prop_map(|(transaction, passkey, how)| Operation::Finalize { transaction, passkey, how }),
        2 => index().prop_map(|transaction| Operation::Replay { transaction }),
        2 => index().prop_map(|transaction| Operation::Status { transaction }),
        1 => index().prop_map(|transaction| Operation::IntrospectStatusToken { transaction }),
        3 => (0..PEOPLE, 0..4_usize).prop_map(|(person, family)| Operation::Initiate { person, family }),
        3 => (index(), 0..PEOPLE, any::<bool>()).prop_map(|(request, person, approved)| Operation::Respond { request, person, approved }),
        4 => (index(), 0..4_usize).prop_map(|(request, family)| Operation::Poll { request, family }),
        3 => (0..PEOPLE, 0..4_usize, proptest::option::weighted(0.8, -2..=2_i64))
            .prop_map(|(person, family, steps)| Operation::Totp { person, family, steps }),
    ]
}
