use serde_json::{Value, json};

use super::*;

#[cfg(not(target_arch = "wasm32"))]
mod properties;

#[test]
fn members_keep_their_order_and_the_absent_one_leaves_no_trace() {
    let members = [
        ("first", Member::Absent),
        ("zeta", Member::Text("z")),
        ("gap", Member::Absent),
        ("alpha", Member::Boolean(true)),
        ("beta", Member::Boolean(false)),
        ("none", Member::Null),
        ("count", Member::Count(4_294_967_295)),
        ("last", Member::Absent),
    ];
    assert_eq!(object(&members), r#"{"zeta":"z","alpha":true,"beta":false,"none":null,"count":4294967295}"#);
}

#[test]
fn seconds_are_told_to_the_millisecond() {
    let table = [
        (0.0, "0"),
        (1.0, "0.001"),
        (20.0, "0.02"),
        (250.0, "0.25"),
        (999.6, "1"),
        (1000.0, "1"),
        (1001.0, "1.001"),
        (5000.0, "5"),
        (10_500.0, "10.5"),
        (300_000.0, "300"),
    ];
    for (ms, text) in table {
        assert_eq!(object(&[("s", Member::Seconds(ms))]), [r#"{"s":"#, text, "}"].concat());
    }
}

#[test]
fn no_text_breaks_out_of_its_quotes() {
    let texts = [
        "\",\"approved\":true,\"x\":\"",
        "\\",
        "\\\"",
        "\n\r\t\u{8}\u{c}\0\u{1f}",
        "\u{2028}\u{2029}",
        "é😀\u{7f}",
        "",
    ];
    for text in texts {
        let parsed: Value = serde_json::from_str(&object(&[("text", Member::Text(text))])).expect("JSON");
        assert_eq!(parsed, json!({ "text": text }));
    }
}
