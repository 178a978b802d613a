//! The path of a property, for messages. The string is only built if there is an error.

use crate::messages::BUT;
use crate::text::{concat, decimal};

/// A linked list from the value back to the root.
pub enum Path<'a> {
    /// The root, by its name.
    Root(&'a str),
    /// A property of what is at the path.
    Property(&'a Path<'a>, &'a str),
    /// An item of the array at the path.
    Item(&'a Path<'a>, u32),
}

impl Path<'_> {
    /// The message: the path, e.g. `credentialRequestOptions.allowCredentials[1].id`, and what must be there.
    pub fn error(&self, requirement: &str) -> String {
        concat(&[&self.text(), requirement])
    }

    /// The same, and what is there instead: `found` in parts.
    pub fn error_but(&self, requirement: &str, found: [&str; 2]) -> String {
        concat(&[&self.error(requirement), BUT, found[0], found[1]])
    }

    fn text(&self) -> String {
        match self {
            Path::Root(name) => concat(&[name]),
            Path::Property(parent, name) => concat(&[&parent.text(), ".", name]),
            Path::Item(parent, index) => concat(&[&parent.text(), "[", &decimal(*index), "]"]),
        }
    }
}
