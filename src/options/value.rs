//! Untrusted values: what a page passes, and what a server returns. The validator reads them only through this trait, so that
//! native tests and fuzzing run the code that ships.

/// An untrusted value. Where a function returns an `Option`, `None` means that reading threw, unless it says otherwise.
pub trait Value: Clone + Default {
    /// Whether it is `undefined` or `null`.
    fn is_absent(&self) -> bool;
    /// Whether it is a primitive string.
    fn is_string(&self) -> bool;
    /// Whether it is falsy, such as the empty string.
    fn is_falsy(&self) -> bool;
    /// The boolean, if it is one.
    fn as_boolean(&self) -> Option<bool>;
    /// The number, if it is one.
    fn as_number(&self) -> Option<f64>;
    /// The string, if it is one.
    fn as_string(&self) -> Option<String>;
    /// The number, also of a string that is one. `NaN` of any other string, or `None`.
    fn to_number(&self) -> Option<f64>;
    /// The string, or that of a finite number.
    fn as_text(&self) -> Option<String>;
    /// Whether it is a function.
    fn is_function(&self) -> bool;
    /// Whether it is an object; arrays are, functions are not.
    fn is_object(&self) -> bool;
    /// Whether it is an array. Throws for a revoked proxy.
    fn is_array(&self) -> Option<bool>;

    /// Reads a property, once.
    fn get(&self, name: &'static str) -> Option<Self>;
    /// Reads a property whose name is another value.
    fn get_by(&self, name: &Self) -> Option<Self>;
    /// Reads an item of an array.
    fn item(&self, index: u32) -> Option<Self>;

    /// The URL without slashes at its end, if it is https, http on a loopback host, or a path, which is of the page's own
    /// origin. Of an absent value it is that origin, unless the page has none.
    fn parse_base_url(&self) -> Option<Self>;

    /// An empty object that inherits nothing that the page may have added to `Object.prototype`.
    fn new_record() -> Self;
    /// Such an object with this object's own properties.
    fn copy_properties(&self) -> Option<Self>;
    /// The names of an object's own properties, in an array.
    fn names(&self) -> Option<Self>;
    /// The length of an array; 0 if it is not a number.
    fn length(&self) -> Option<f64> {
        Some(self.get("length")?.as_number().unwrap_or(0.0))
    }
    /// Sets a property of a record.
    fn set(&mut self, name: &'static str, value: &Self);
    /// Sets a property of a record whose name is another value.
    fn set_by(&mut self, name: &Self, value: &Self);
    /// An empty array.
    fn new_array() -> Self;
    /// Appends an item to such an array.
    fn push(&mut self, item: &Self) -> Option<()>;
    /// `null`.
    fn null() -> Self;
    /// A boolean.
    fn from_boolean(boolean: bool) -> Self;
    /// A number.
    fn from_number(number: f64) -> Self;
    /// A string.
    fn from_string(text: &str) -> Self;
    /// Bytes, in the form that the browser takes.
    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

/// A property that holds a string. Anything else, or an empty one, counts as absent.
pub fn non_empty_string<V: Value>(owner: &V, name: &'static str) -> Option<V> {
    owner.get(name).filter(|value| value.is_string() && !value.is_falsy())
}
