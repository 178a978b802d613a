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
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// `undefined`, or `null`, which JSON has in its place.
    Absent,
    /// An object of any kind, arrays too, but no function.
    Object,
    /// Text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A function.
    Function,
}

/// A JavaScript value, as far as the rules need to know it. Every access may run code of the page (getters,
/// proxies), so every access may fail.
pub trait Value: Sized {
    /// Whether it is of this kind.
    fn is(&self, kind: Kind) -> bool;
    /// Whether it is an array, of whatever realm.
    fn is_array(&self) -> bool;
    /// The text of a text.
    fn text(&self) -> Option<String>;
    /// The text of a member that is text and not empty.
    fn text_member(&self, name: &str) -> Option<String> {
        self.member(name)?.text().filter(|text| !text.is_empty())
    }
    /// A number, if it is one.
    fn number(&self) -> Option<f64>;
    /// A member by name; absent if there is none, `None` if reading it throws.
    fn member(&self, name: &str) -> Option<Self>;
    /// How many items an array has, bytes a buffer, or characters a text.
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
    /// The buffer that base64url text stands for (RFC 4648 section 5), with padding or without; `None` where it is none.
    fn buffer(&self) -> Option<Self>;
    /// A shallow copy of an object; `None` if reading it throws.
    fn copied(&self) -> Option<Self>;
    /// Sets a member of an object made here.
    fn set(&self, name: &str, value: &Self);
    /// Appends to an array made here.
    fn push(&self, value: &Self);
}

use check::{MISSING, Path, UNREADABLE, members};

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
    read_at(ceremony, argument, &Path::Root(ceremony.options_name()))
        .map_err(|message| Failure { fault: Fault::Options, message })
}

fn read_at<V: Value>(ceremony: Ceremony, argument: &V, path: &Path) -> Result<V, String> {
    let options = match argument.is(Kind::Object) {
        true => argument.member(ceremony.options_name()).ok_or_else(|| path.problem(UNREADABLE))?,
        false => return Err(path.problem(MISSING)),
    };
    if options.is(Kind::Absent) {
        return Err(path.problem(MISSING));
    }
    let rules = match ceremony {
        Ceremony::Authentication => rules::REQUEST,
        Ceremony::Registration => rules::CREATION,
    };
    let copy = V::new_object();
    members(&options, rules, &copy, path)?;
    // FIDO servers put `status` and `errorMessage` beside the options.
    match options.member("status") {
        Some(status) if status.is(Kind::Absent) || status.text().as_deref() == Some("ok") => Ok(copy),
        _ => {
            let reason = options.text_member("errorMessage");
            let problem = match &reason {
                Some(reason) => concat(&[".status is not ok: ", reason]),
                None => String::from(".status is not ok"),
            };
            Err(path.problem(&problem))
        }
    }
}
