use serde_json::json;

use super::*;

fn fields(flow: Flow, body: Value) -> Fields {
    let Value::Object(properties) = body else { panic!("not an object") };
    Fields {
        headers: HeaderMap::new(),
        flow,
        type_name: "TOTPLoginRequest",
        properties,
        wrong_type: None,
        broken_rules: Vec::new(),
    }
}

const RULES: &[Rule] = &[Rule::Required, Rule::Email];

#[test]
fn a_text_is_checked_up_to_the_first_rule_that_it_breaks() {
    for (email, code, broken) in [
        (json!("a@b.c"), json!("123456"), vec![]),
        (json!(""), json!("123456"), vec!["Email' failed on the 'required'"]),
        (json!(null), json!("12345"), vec!["Email' failed on the 'required'", "TOTPCode' failed on the 'len'"]),
        (json!("a@b"), json!("١٢٣٤٥٦"), vec!["Email' failed on the 'email'"]),
    ] {
        let mut fields = fields(Flow::Tenant, json!({ "email": email, "totp_code": code }));
        fields.text("Email", "email", RULES);
        fields.text("TOTPCode", "totp_code", &[Rule::Required, Rule::Length(6)]);
        assert_eq!(fields.broken_rules.len(), broken.len(), "{email} {code}: {:?}", fields.broken_rules);
        for (message, part) in fields.broken_rules.iter().zip(broken) {
            assert!(message.starts_with("Key: 'TOTPLoginRequest.") && message.contains(part), "{message}");
        }
    }
}

#[test]
fn the_first_wrong_type_is_reported_rather_than_broken_rules() {
    let mut fields = fields(Flow::Tenant, json!({ "email": "", "totp_code": 5, "scopes": "x", "approved": "yes" }));
    fields.text("Email", "email", RULES);
    fields.text("TOTPCode", "totp_code", RULES);
    assert!(fields.texts("scopes").is_empty());
    assert!(!fields.is_true("approved"));
    let message = "json: cannot unmarshal number into Go struct field TOTPLoginRequest.totp_code of type string";
    assert_eq!(fields.wrong_type.as_deref(), Some(message));
    assert!(fields.check().is_err());
}

#[test]
fn an_email_has_no_blanks_and_a_domain_with_a_dot() {
    for email in ["a@b.c", "Ada.Lovelace+x@mail.example.com", "jörg@münchen.example"] {
        assert!(is_email(email), "{email}");
    }
    for email in ["", "a", "@b.c", "a@b", "a@.c", "a@b.", "a b@c.d", " a@b.c", "a@b.c ", "a@b@c.d", "a@b.c\n"] {
        assert!(!is_email(email), "{email:?}");
    }
}
