//! Values from outside: what a page passes, and what a server responds. The validator sees them through this trait alone,
//! so that native tests and fuzzing run the code that ships.

/// A value that nobody vouches for. Where a function returns an `Option`, `None` means that asking threw.
pub trait Value: Clone {
    /// Whether it is `undefined` or `null`.
    fn is_absent(&self) -> bool;
    /// Whether it is a primitive string.
    fn is_string(&self) -> bool;
    /// Whether it is the empty string, or another value that counts as false.
    fn is_falsy(&self) -> bool;
    /// The boolean, if it is one.
    fn as_boolean(&self) -> Option<bool>;
    /// The number, if it is one.
    fn as_number(&self) -> Option<f64>;
    /// The string, if it is one.
    fn as_string(&self) -> Option<String>;
    /// Whether it is a function.
    fn is_function(&self) -> bool;
    /// Whether it is an object, arrays included, functions not.
    fn is_object(&self) -> bool;
    /// Whether it is an array. A revoked proxy throws.
    fn is_array(&self) -> Option<bool>;

    /// Reads a property, once.
    fn get(&self, name: &'static str) -> Option<Self>;
    /// Reads a property by a name that another value holds.
    fn get_by(&self, name: &Self) -> Option<Self>;
    /// Reads an item of an array.
    fn item(&self, index: u32) -> Option<Self>;

    /// The URL to put paths behind, if it is https, or http on a loopback host.
    fn parse_base_url(&self) -> Option<Self>;

    /// An object without properties, on which none that the page gave to all objects shows.
    fn new_record() -> Self;
    /// Such an object, with this object's own properties.
    fn copy_properties(&self) -> Option<Self>;
    /// The names of an object's own properties, in an array.
    fn names(&self) -> Option<Self>;
    /// The length of an array; 0 if it is not a number.
    fn length(&self) -> Option<f64> {
        Some(self.get("length")?.as_number().unwrap_or(0.0))
    }
    /// Sets a property of a record.
    fn set(&mut self, name: &'static str, value: &Self);
    /// Sets a property of a record by a name that another value holds.
    fn set_by(&mut self, name: &Self, value: &Self);
    /// An empty array.
    fn new_array() -> Self;
    /// Adds an item to such an array.
    fn push(&mut self, item: &Self) -> Option<()>;
    /// A number.
    fn from_number(number: f64) -> Self;
    /// Bytes, as the browser takes them.
    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

/// A property that holds a string. Anything else, or an empty one, counts as absent.
pub fn non_empty_string<V: Value>(owner: &V, name: &'static str) -> Option<V> {
    owner.get(name).filter(|value| value.is_string() && !value.is_falsy())
}
