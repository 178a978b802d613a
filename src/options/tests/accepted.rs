//! Valid options, and the copy that the browser gets.

use super::*;

#[test]
fn valid_request_options_are_copied_with_buffers() {
    assert_eq!(
        read_as(Ceremony::Authentication, request()).unwrap(),
        json!({
            "challenge": bytes(&[1, 2, 3]),
            "timeout": 60000,
            "rpId": "shop.example",
            "allowCredentials": [
                { "type": "public-key", "id": bytes(&[1]) },
                { "type": "public-key", "id": bytes(&[2]), "transports": ["usb"] },
            ],
            "userVerification": "required",
            "hints": ["client-device"],
            "extensions": {
                "appid": "https://shop.example",
                "prf": {
                    "eval": { "first": bytes(&[1]), "second": bytes(&[]) },
                    "evalByCredential": { "AQ": { "first": bytes(&[2]) } },
                },
                "largeBlob": { "write": bytes(&[1]), "read": true },
            },
        })
    );
}

#[test]
fn valid_creation_options_are_copied_with_buffers() {
    let mut expected = creation();
    expected["user"]["id"] = bytes(&[1, 2, 3]);
    expected["challenge"] = bytes(&[1, 2, 3]);
    expected["excludeCredentials"][0]["id"] = bytes(&[1]);
    assert_eq!(read_as(Ceremony::Registration, creation()).unwrap(), expected);
}

#[test]
fn every_optional_property_may_be_absent_or_null() {
    for (ceremony, options, optional) in [
        (
            Ceremony::Authentication,
            request(),
            vec![
                "/timeout",
                "/rpId",
                "/allowCredentials",
                "/allowCredentials/1/transports",
                "/userVerification",
                "/hints",
                "/extensions",
                "/status",
                "/errorMessage",
            ],
        ),
        (
            Ceremony::Registration,
            creation(),
            vec![
                "/rp/id",
                "/timeout",
                "/excludeCredentials",
                "/excludeCredentials/0/transports",
                "/authenticatorSelection",
                "/authenticatorSelection/authenticatorAttachment",
                "/authenticatorSelection/residentKey",
                "/authenticatorSelection/requireResidentKey",
                "/authenticatorSelection/userVerification",
                "/attestation",
                "/attestationFormats",
                "/hints",
                "/extensions",
            ],
        ),
    ] {
        for path in optional {
            let absent = read_as(ceremony, with(options.clone(), path, None)).expect(path);
            let null = read_as(ceremony, with(options.clone(), path, Some(Json::Null))).expect(path);
            assert_eq!(absent, null, "{path}");
            assert_eq!(absent.pointer(path), None, "{path}");
        }
    }
}

#[test]
fn an_empty_rp_id_and_empty_lists_of_credentials_count_as_absent() {
    for (ceremony, options, path, value) in [
        (Ceremony::Authentication, request(), "/rpId", json!("")),
        (Ceremony::Authentication, request(), "/allowCredentials", json!([])),
        (Ceremony::Registration, creation(), "/rp/id", json!("")),
        (Ceremony::Registration, creation(), "/excludeCredentials", json!([])),
    ] {
        let copy = read_as(ceremony, with(options, path, Some(value))).unwrap();
        assert_eq!(copy.pointer(path), None, "{path}");
    }
}

#[test]
fn a_timeout_of_more_than_32_bits_becomes_the_longest() {
    let copy = read_as(Ceremony::Authentication, with(request(), "/timeout", Some(json!(1e12)))).unwrap();
    assert_eq!(copy["timeout"], json!(f64::from(u32::MAX)));
}

#[test]
fn extension_inputs_that_are_not_strings_are_passed_on() {
    let extensions = json!({ "prf": { "eval": { "first": { "buffer": [9] } } }, "largeBlob": true });
    let copy = read_as(Ceremony::Authentication, with(request(), "/extensions", Some(extensions.clone())));
    assert_eq!(copy.unwrap()["extensions"], extensions);
}

#[test]
fn padding_is_accepted_wherever_base64url_is_and_reaches_no_browser() {
    let options = with(request(), "/extensions/prf/evalByCredential", Some(json!({ "AAECAw==": { "first": "AA==" } })));
    let copy = read_as(Ceremony::Authentication, options).unwrap();
    assert_eq!(copy["extensions"]["prf"]["evalByCredential"], json!({ "AAECAw": { "first": bytes(&[0]) } }));
}

#[test]
fn rp_may_be_called_relying_party_as_on_one_page_of_the_vendor() {
    let renamed = with(with(creation(), "/rp", None), "/relyingParty", Some(json!({ "name": "Shop" })));
    let copy = read_as(Ceremony::Registration, renamed).unwrap();
    assert_eq!(copy["rp"], json!({ "name": "Shop" }));
    let both = with(creation(), "/relyingParty", Some(json!({ "name": "Other" })));
    assert_eq!(read_as(Ceremony::Registration, both).unwrap()["rp"], creation()["rp"]);
}

#[test]
fn a_user_id_has_up_to_64_bytes() {
    let options = with(creation(), "/user/id", Some(json!("A".repeat(86))));
    assert_eq!(read_as(Ceremony::Registration, options).unwrap()["user"]["id"], bytes(&[0; 64]));
}
