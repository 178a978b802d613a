//! Which texts may be shown to a user.

/// Whether `text` has at most `max` characters, on one line, in the order in which they are shown.
pub fn is_displayable(text: &str, max: usize) -> bool {
    text.chars().count() <= max && !text.chars().any(|character| breaks_lines(character) || reorders(character))
}

fn breaks_lines(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

/// Unicode's property `Bidi_Control`: with U+202E, `Pay 01 to Eve` can be shown as `Pay 10 to Eve`.
fn reorders(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
