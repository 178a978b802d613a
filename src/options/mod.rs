//! What the cloud handed the page, checked and turned into what the browser takes.
//!
//! The rules are tables ([`rules`]), one walker applies them ([`check`]), and neither knows a browser: a value is
//! anything that implements [`Value`]. In a page that is a JavaScript value ([`js`]), in native tests JSON.

pub mod check;
#[cfg(target_arch = "wasm32")]
pub mod js;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod parsed;
pub mod rules;
#[cfg(test)]
mod tests;

/// A JavaScript value, as far as the rules need to know it. Every access may run code of the page (getters,
/// proxies), so every access may fail.
pub trait Value: Sized {
    /// `undefined`, or `null`, which JSON has in its place.
    fn is_absent(&self) -> bool;
    /// Text.
    fn is_text(&self) -> bool;
    /// The text of a text.
    fn text(&self) -> Option<String>;
    /// The text of a member that is text and not empty.
    fn text_member(&self, name: &str) -> Option<String> {
        self.member(name)?.text().filter(|text| !text.is_empty())
    }
    /// A number, if it is one.
    fn number(&self) -> Option<f64>;
    /// `true` or `false`.
    fn is_boolean(&self) -> bool;
    /// A function.
    fn is_function(&self) -> bool;
    /// An array, of whatever realm.
    fn is_array(&self) -> bool;
    /// An object of any kind.
    fn is_object(&self) -> bool;
    /// A member by name; absent if there is none, `None` if reading it throws.
    fn member(&self, name: &str) -> Option<Self>;
    /// How many items an array has.
    fn length(&self) -> u32;
    /// An item of an array; `None` if reading it throws.
    fn item(&self, index: u32) -> Option<Self>;
    /// The names of an object's own members, as an array; `None` if reading them throws.
    fn names(&self) -> Option<Self>;

    /// A new, empty object.
    fn new_object() -> Self;
    /// A new, empty array.
    fn new_array() -> Self;
    /// A new number.
    fn new_number(number: f64) -> Self;
    /// A new buffer of bytes.
    fn new_bytes(bytes: &[u8]) -> Self;
    /// A shallow copy of an object; `None` if reading it throws.
    fn copied(&self) -> Option<Self>;
    /// Sets a member of an object made here.
    fn set(&self, name: &str, value: &Self);
    /// Appends to an array made here.
    fn push(&self, value: &Self);
}

use check::{Invalid, MISSING, UNREADABLE, members};

use crate::result::{Ceremony, Failure, Fault};
use crate::text::concat;

impl Ceremony {
    /// The member of the page's argument that holds the options.
    pub fn options_name(self) -> &'static str {
        match self {
            Ceremony::Authentication => "credentialRequestOptions",
            Ceremony::Registration => "credentialCreationOptions",
        }
    }
}

/// The options as the browser takes them.
///
/// # Errors
///
/// [`Fault::Options`], with a message that names the first member that breaks its rule.
pub fn read<V: Value>(ceremony: Ceremony, argument: &V) -> Result<V, Failure> {
    let name = ceremony.options_name();
    let fail = |path: &str, problem: &str| Failure::new(Fault::Options, concat(&[name, path, problem]));
    let options = if argument.is_object() {
        argument.member(name).ok_or_else(|| fail("", UNREADABLE))?
    } else {
        return Err(fail("", MISSING));
    };
    if options.is_absent() {
        return Err(fail("", MISSING));
    }
    let rules = match ceremony {
        Ceremony::Authentication => rules::REQUEST,
        Ceremony::Registration => rules::CREATION,
    };
    let copy = V::new_object();
    members(&options, rules, &copy).map_err(|invalid: Invalid| fail(&invalid.path, invalid.problem))?;
    server_status(&options).map_err(|reason| fail(".status is not ok", &reason))?;
    Ok(copy)
}

/// FIDO servers put `status` and `errorMessage` beside the options. `Err` is what to add to the message.
fn server_status<V: Value>(options: &V) -> Result<(), String> {
    match options.member("status") {
        Some(status) if status.is_absent() || status.text().as_deref() == Some("ok") => Ok(()),
        _ => Err(match options.text_member("errorMessage") {
            Some(reason) => concat(&[": ", &reason]),
            None => String::new(),
        }),
    }
}
