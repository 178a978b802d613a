//! What was read, as `js/read.js` writes it down: a letter for each value, in the order of the rules.

/// It is `undefined`, or `null`, which JSON has in its place.
pub const ABSENT: u8 = b'-';
/// Reading it throws.
pub const UNREADABLE: u8 = b'!';
/// Text. Of [`Shape::Bytes`](super::rules::Shape::Bytes): base64url text of at least one byte.
pub const TEXT: u8 = b't';
/// Text that is empty, or of no bytes.
pub const EMPTY: u8 = b'e';
/// Text that is not what its rule makes of text: no base64url, no address.
pub const MALFORMED: u8 = b'x';
/// A text that is not empty and can be asked for.
pub const WORD: u8 = b'w';
/// `true`. Of [`Shape::Signal`](super::rules::Shape::Signal): an `AbortSignal`.
pub const TRUE: u8 = b'y';
/// `false`.
pub const FALSE: u8 = b'b';
/// A number, which can be asked for.
pub const NUMBER: u8 = b'n';
/// A function.
pub const FUNCTION: u8 = b'f';
/// An object, which may be an array; of one with rules the members follow.
pub const OBJECT: u8 = b'o';
/// An array; its items follow, and an [`END`].
pub const LIST: u8 = b'l';
/// A member, whose name can be asked for, and whose value follows.
pub const KEY: u8 = b'k';
/// The end of the items of an array, or of the members of an object whose rules name none.
pub const END: u8 = b']';
/// The text `conditional`, in its place.
pub const CONDITIONAL: u8 = b'c';

/// Anything else; where a [`WORD`] is wanted, all that is none.
pub const OTHER: u8 = b'?';

/// The values that facts stand for, by the order in which they were read.
pub trait Values {
    /// A number.
    fn number(&self, index: u32) -> f64;
    /// A word, or a name.
    fn text(&self, index: u32) -> String;
}

/// A line of facts, read from its start.
pub struct Facts<V> {
    letters: String,
    at: usize,
    values: V,
    value: u32,
}

impl<V: Values> Facts<V> {
    /// The facts and what they stand for.
    pub fn new(letters: String, values: V) -> Self {
        Facts { letters, at: 0, values, value: 0 }
    }

    /// The fact that is so many after the next one; none is [`ABSENT`].
    pub fn peek(&self, ahead: usize) -> u8 {
        *self.letters.as_bytes().get(self.at + ahead).unwrap_or(&ABSENT)
    }

    /// The next fact.
    pub fn take(&mut self) -> u8 {
        let fact = self.peek(0);
        self.at += 1;
        fact
    }

    /// The number that was met; each has to be taken.
    pub fn number(&mut self) -> f64 {
        self.value += 1;
        self.values.number(self.value - 1)
    }

    /// The word or name that was met; each has to be taken.
    pub fn text(&mut self) -> String {
        self.value += 1;
        self.values.text(self.value - 1)
    }

    /// The text of the next fact, if it is a [`WORD`].
    pub fn word(&mut self) -> Option<String> {
        (self.take() == WORD).then(|| self.text())
    }
}
