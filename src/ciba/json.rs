//! Objects as JSON text: the bodies of requests, and results, which so cross into JavaScript in one piece.

use crate::text::{decimal, quote};

/// The value of a member.
#[derive(Clone, Copy)]
pub enum Member<'a> {
    /// No such member.
    Absent,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Count(u32),
    /// Milliseconds, told in seconds with up to three decimals; below 50 days.
    Seconds(f64),
    /// Text, which cannot break out of its quotes.
    Text(&'a str),
}

/// The object of these members, in this order.
pub fn object(members: &[(&str, Member)]) -> String {
    let mut json = String::new();
    for (name, value) in members {
        if let Member::Absent = value {
            continue;
        }
        json.push(if json.is_empty() { '{' } else { ',' });
        quote(&mut json, name);
        json.push(':');
        match *value {
            Member::Absent => {}
            Member::Null => json.push_str("null"),
            Member::Boolean(value) => json.push_str(if value { "true" } else { "false" }),
            Member::Count(count) => json.push_str(&decimal(count)),
            Member::Seconds(ms) => seconds(&mut json, ms),
            Member::Text(text) => quote(&mut json, text),
        }
    }
    json.push('}');
    json
}

/// A token or `null`.
pub fn token_json(token: Option<String>) -> String {
    let Some(token) = token else {
        return String::from("null");
    };
    let mut json = String::new();
    quote(&mut json, &token);
    json
}

// The standard library's own way to write a fraction costs more bytes than this module.
fn seconds(json: &mut String, ms: f64) {
    let ms = (ms + 0.5) as u32;
    json.push_str(&decimal(ms / 1000));
    let mut rest = ms % 1000;
    if rest > 0 {
        json.push('.');
    }
    let mut unit = 100;
    while rest > 0 {
        json.push_str(&decimal(rest / unit));
        rest %= unit;
        unit /= 10;
    }
}

#[cfg(test)]
mod tests;
