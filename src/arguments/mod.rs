//! The arguments of a call, checked in the order of docs/contract.md, section A1.
//!
//! `js/read.js` reads it by the tables of [`rules`] and writes [`facts`]; one walker holds these against the tables
//! ([`check`]). Nothing here knows a browser.

// `push` of a `char` brings an encoder along, which is larger than all that is pushed here.
#![allow(clippy::single_char_add_str)]

pub mod check;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod description;
pub mod facts;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod read;
pub mod rules;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use self::check::{MISSING, Path, Walker};
use self::facts::*;
use self::rules::Shape;
use crate::result::{Ceremony, Failure, Fault};
use crate::text::concat;

/// What decides how the call goes on; all else is in the copy that `js/read.js` made.
#[derive(Debug, PartialEq)]
pub struct Arguments {
    /// `timeout` of the options, in milliseconds.
    pub timeout: Option<f64>,
    /// `mediation: "conditional"`: autofill, or the quiet upgrade.
    pub conditional: bool,
}

/// Holds the facts of a call against the rules.
///
/// # Errors
///
/// [`Fault::Options`], [`Fault::UserId`], [`Fault::StatusToken`] or [`Fault::Unknown`], in this order, with a message that
/// names the first member that breaks its rule.
pub fn check<V: Values>(ceremony: Ceremony, facts: Facts<V>) -> Result<Arguments, Failure> {
    let name = ceremony.options_name();
    let missing = |fault, name, problem: &str| Failure { fault, message: concat(&[name, problem]) };
    let (options, settings) = match ceremony {
        Ceremony::Authentication => (&Shape::Object(rules::REQUEST), &Shape::Object(rules::SETTINGS)),
        Ceremony::Registration => (&Shape::Object(rules::CREATION), &Shape::Object(rules::SETTINGS)),
    };
    let mut walker = Walker::new(facts);
    // Of the pair, then of its first.
    walker.facts.take();
    if walker.facts.take() != OBJECT || walker.facts.peek(0) == ABSENT {
        return Err(missing(Fault::Options, name, MISSING));
    }
    walker.check(options, &Path::Root(name)).map_err(|message| Failure { fault: Fault::Options, message })?;

    let mut is_there = || walker.facts.take() == TEXT;
    let (has_user, has_token, _) = (is_there(), is_there(), is_there());
    let is_object = walker.facts.peek(0) == OBJECT;
    let usernameless = is_object && walker.facts.peek(1) == TRUE;
    let conditional = is_object && walker.facts.peek(2) == CONDITIONAL;
    let pass_on = " is missing: pass it on from the response that started the transaction";
    // Autofill and a sign-in button without a name have none.
    if ceremony == Ceremony::Authentication && !(has_user || usernameless || conditional) {
        return Err(missing(Fault::UserId, "userId", pass_on));
    }
    if !has_token {
        return Err(missing(Fault::StatusToken, "statusToken", pass_on));
    }
    if walker.facts.peek(0) != ABSENT {
        let path = &Path::Root("settings");
        walker.check(settings, path).map_err(|message| Failure { fault: Fault::Unknown, message })?;
    }
    Ok(Arguments { timeout: walker.timeout, conditional })
}

impl Ceremony {
    /// The member of the page's argument that holds the options.
    pub fn options_name(self) -> &'static str {
        match self {
            Ceremony::Authentication => "credentialRequestOptions",
            Ceremony::Registration => "credentialCreationOptions",
        }
    }
}
