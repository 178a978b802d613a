//! Text without the standard formatter, which costs more bytes than all of this.

/// The parts as one text.
pub fn concat(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// A number in decimal digits.
pub fn decimal(number: u32) -> String {
    let mut text = if number < 10 { String::new() } else { decimal(number / 10) };
    let digit = (number % 10) as usize;
    // Not as a `char`: the encoder of those would be here for nothing else.
    text.push_str("0123456789".get(digit..=digit).unwrap_or_default());
    text
}

/// Appends `text` to `json` as a JSON string (RFC 8259 section 7).
pub fn quote(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                json.push('\\');
                json.push(character);
            }
            '\0'..='\x1f' => {
                json.push_str(if character < '\x10' { "\\u000" } else { "\\u001" });
                json.push(char::from_digit(character as u32 & 15, 16).unwrap_or('0'));
            }
            _ => json.push(character),
        }
    }
    json.push('"');
}

/// Appends a member that is text to a JSON object that is being written.
pub fn member(json: &mut String, name: &str, text: &str) {
    if !json.ends_with('{') {
        json.push(',');
    }
    quote(json, name);
    json.push(':');
    quote(json, text);
}
