//! What a program gets that uses the crate: without what stands for a browser in the crate's own tests.

use serde_json::json;
use webauthn_result::ciba::response::Json;
use webauthn_result::options::value::Value;

#[test]
fn a_servers_strings_mean_nothing_but_themselves() {
    for text in ["throw!", "function!"] {
        let json =
            Json::read(400, &json!({ "error": text, "message": text, "auth_req_id": text, "access_token": text }));
        assert!(json.has_error, "{text}");
        assert_eq!(json.words.message.as_deref(), Some(text));
        assert_eq!((json.auth_req_id.as_deref(), json.token.as_deref()), (Some(text), Some(text)));
    }
}

#[test]
fn there_is_no_page_and_no_origin_of_its_own() {
    assert_eq!(json!(null).parse_base_url(), None);
    assert_eq!(serde_json::Value::from_bytes(&[1]), None);
}
