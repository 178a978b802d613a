//! Invalid options, and the message that names the property and what it must be.

use super::*;

#[test]
fn every_required_property_that_is_missing_is_named() {
    let table = [
        (Ceremony::Authentication, "/challenge", ".challenge must be a base64url string"),
        (Ceremony::Authentication, "/allowCredentials/1/id", ".allowCredentials[1].id must be a base64url string"),
        (Ceremony::Authentication, "/allowCredentials/0/type", ".allowCredentials[0].type must be a string"),
        (Ceremony::Registration, "/rp", ".rp must be an object"),
        (Ceremony::Registration, "/rp/name", ".rp.name must be a string"),
        (Ceremony::Registration, "/user", ".user must be an object"),
        (Ceremony::Registration, "/user/id", ".user.id must be a base64url string of 1 to 64 bytes"),
        (Ceremony::Registration, "/user/name", ".user.name must be a string"),
        (Ceremony::Registration, "/user/displayName", ".user.displayName must be a string"),
        (Ceremony::Registration, "/challenge", ".challenge must be a base64url string"),
        (Ceremony::Registration, "/pubKeyCredParams", ".pubKeyCredParams must be an array"),
        (Ceremony::Registration, "/pubKeyCredParams/1/alg", ".pubKeyCredParams[1].alg must be a 32-bit integer"),
        (Ceremony::Registration, "/pubKeyCredParams/0/type", ".pubKeyCredParams[0].type must be a string"),
        (Ceremony::Registration, "/excludeCredentials/0/id", ".excludeCredentials[0].id must be a base64url string"),
    ];
    for (ceremony, path, expected) in table {
        let options = match ceremony {
            Ceremony::Authentication => request(),
            Ceremony::Registration => creation(),
        };
        for value in [None, Some(Json::Null)] {
            assert_eq!(
                read_as(ceremony, with(options.clone(), path, value)).unwrap_err(),
                format!("{}{expected}, but is missing", ceremony.options_name())
            );
        }
    }
}

#[test]
fn every_invalid_property_is_named_with_what_it_must_be() {
    let authentication = [
        ("/challenge", json!(""), ".challenge must be a base64url string, but is empty"),
        ("/challenge", json!("===="), ".challenge must be a base64url string"),
        ("/challenge", json!("AQID+"), ".challenge must be a base64url string"),
        ("/challenge", json!("AQ ID"), ".challenge must be a base64url string"),
        ("/challenge", json!(7), ".challenge must be a base64url string"),
        ("/challenge", json!("throw!"), ".challenge must be readable, but reading it threw"),
        ("/timeout", json!(-1), ".timeout must be a non-negative number of milliseconds"),
        ("/timeout", json!("60000"), ".timeout must be a non-negative number of milliseconds"),
        ("/rpId", json!(1), ".rpId must be a string"),
        ("/allowCredentials", json!({}), ".allowCredentials must be an array"),
        ("/allowCredentials", json!("AQ"), ".allowCredentials must be an array"),
        ("/allowCredentials/1", json!(3), ".allowCredentials[1] must be an object"),
        ("/allowCredentials/1", json!("throw!"), ".allowCredentials[1] must be readable, but reading it threw"),
        ("/allowCredentials/1/id", json!("*"), ".allowCredentials[1].id must be a base64url string"),
        ("/allowCredentials/1/id", json!(""), ".allowCredentials[1].id must be a base64url string, but is empty"),
        ("/allowCredentials/0/type", json!(1), ".allowCredentials[0].type must be a string"),
        ("/allowCredentials/1/transports", json!("usb"), ".allowCredentials[1].transports must be an array"),
        ("/allowCredentials/1/transports", json!(["usb", 1]), ".allowCredentials[1].transports[1] must be a string"),
        ("/userVerification", json!(true), ".userVerification must be a string"),
        ("/hints", json!([null]), ".hints[0] must be a string"),
        ("/extensions", json!("prf"), ".extensions must be an object"),
        ("/extensions/prf/eval/first", json!("*"), ".extensions.prf.eval.first must be a base64url string"),
        (
            "/extensions/prf/evalByCredential/AQ/first",
            json!("*"),
            ".extensions.prf.evalByCredential.AQ.first must be a base64url string",
        ),
        ("/extensions/largeBlob/write", json!("A"), ".extensions.largeBlob.write must be a base64url string"),
        ("/status", json!("failed"), ".status must be \"ok\""),
        ("/status", json!(200), ".status must be \"ok\""),
    ];
    let registration = [
        ("/rp", json!("shop"), ".rp must be an object"),
        ("/rp/name", json!(1), ".rp.name must be a string"),
        ("/rp/id", json!({}), ".rp.id must be a string"),
        ("/user/id", json!("ada!"), ".user.id must be a base64url string of 1 to 64 bytes"),
        ("/user/id", json!(""), ".user.id must be a base64url string of 1 to 64 bytes, but is empty"),
        // 65 bytes.
        ("/user/id", json!("A".repeat(87)), ".user.id must be a base64url string of 1 to 64 bytes"),
        ("/user/displayName", json!(1), ".user.displayName must be a string"),
        ("/pubKeyCredParams", json!({}), ".pubKeyCredParams must be an array"),
        ("/pubKeyCredParams/0/alg", json!("-7"), ".pubKeyCredParams[0].alg must be a 32-bit integer"),
        ("/pubKeyCredParams/0/alg", json!(-7.5), ".pubKeyCredParams[0].alg must be a 32-bit integer"),
        ("/pubKeyCredParams/0/alg", json!(3_000_000_000_u32), ".pubKeyCredParams[0].alg must be a 32-bit integer"),
        ("/excludeCredentials/0/id", json!("="), ".excludeCredentials[0].id must be a base64url string"),
        ("/authenticatorSelection", json!(true), ".authenticatorSelection must be an object"),
        (
            "/authenticatorSelection/requireResidentKey",
            json!("yes"),
            ".authenticatorSelection.requireResidentKey must be a boolean",
        ),
        ("/authenticatorSelection/residentKey", json!(1), ".authenticatorSelection.residentKey must be a string"),
        ("/attestation", json!(1), ".attestation must be a string"),
        ("/attestationFormats", json!([1]), ".attestationFormats[0] must be a string"),
    ];
    for (path, value, message) in authentication {
        assert_eq!(
            read_as(Ceremony::Authentication, with(request(), path, Some(value))).unwrap_err(),
            ["credentialRequestOptions", message].concat()
        );
    }
    for (path, value, message) in registration {
        assert_eq!(
            read_as(Ceremony::Registration, with(creation(), path, Some(value))).unwrap_err(),
            ["credentialCreationOptions", message].concat()
        );
    }
}

#[test]
fn missing_options_are_distinguished_from_unreadable_ones() {
    for (argument, message) in [
        (json!(null), " must be an object, but is missing"),
        (json!(7), " must be an object, but is missing"),
        (json!({}), " must be an object, but is missing"),
        (json!({ "credentialRequestOptions": null }), " must be an object, but is missing"),
        (json!({ "credentialRequestOptions": "throw!" }), " must be readable, but reading it threw"),
        (json!({ "credentialRequestOptions": 7 }), " must be an object"),
    ] {
        let failure = validate(Ceremony::Authentication, &argument, &Json::Null).unwrap_err();
        assert_eq!(failure.message, ["credentialRequestOptions", message].concat());
    }
}

#[test]
fn the_error_message_of_the_cloud_is_included() {
    let mut options = with(request(), "/status", Some(json!("failed")));
    options["errorMessage"] = json!("no such user");
    assert_eq!(
        read_as(Ceremony::Authentication, options).unwrap_err(),
        "credentialRequestOptions.status must be \"ok\", but errorMessage is: no such user"
    );
}

#[test]
fn a_list_has_at_most_100000_items_and_a_wrong_one_ends_the_validation() {
    let list = |count: usize, item: Json| with(request(), "/hints", Some(Json::Array(vec![item; count])));
    let refused = |options| read_as(Ceremony::Authentication, options).unwrap_err();
    assert!(read_as(Ceremony::Authentication, list(100_000, json!("hybrid"))).is_ok());
    assert_eq!(refused(list(100_001, json!(1))), "credentialRequestOptions.hints must have at most 100000 items");
    assert_eq!(refused(list(100_000, json!(1))), "credentialRequestOptions.hints[0] must be a string");
}
