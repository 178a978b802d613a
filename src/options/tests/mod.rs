//! The validity rules (docs/contract.md, section A3) as a table, and the checks around them.

use serde_json::{Value as Json, json};

use super::Request;
use crate::result::{Ceremony, Failure, FailureKind};

mod documented;
mod properties;
mod settings;

/// What bytes look like, so that a test sees what became some.
fn bytes(bytes: &[u8]) -> Json {
    json!({ "bytes": bytes })
}

fn request() -> Json {
    json!({
        "challenge": "AQID",
        "timeout": 60000,
        "rpId": "shop.example",
        "allowCredentials": [
            { "type": "public-key", "id": "AQ" },
            { "type": "public-key", "id": "Ag==", "transports": ["usb"] },
        ],
        "userVerification": "required",
        "hints": ["client-device"],
        "extensions": {
            "appid": "https://shop.example",
            "prf": { "eval": { "first": "AQ", "second": "" }, "evalByCredential": { "AQ": { "first": "Ag" } } },
            "largeBlob": { "write": "AQ", "read": true },
        },
        "status": "ok",
        "errorMessage": "",
        "fromTheFuture": { "ignored": true },
    })
}

fn creation() -> Json {
    json!({
        "rp": { "id": "shop.example", "name": "The shop" },
        "user": { "id": "AQID", "name": "ada", "displayName": "Ada" },
        "challenge": "AQID",
        "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -257 }],
        "timeout": 60000,
        "excludeCredentials": [{ "type": "public-key", "id": "AQ", "transports": ["internal"] }],
        "authenticatorSelection": {
            "authenticatorAttachment": "platform",
            "residentKey": "preferred",
            "requireResidentKey": false,
            "userVerification": "required",
        },
        "attestation": "none",
        "attestationFormats": ["packed"],
        "hints": ["hybrid"],
        "extensions": { "credProps": true },
    })
}

/// What validating the argument and the settings comes to.
fn validate(ceremony: Ceremony, argument: &Json, settings: &Json) -> Result<Request<Json>, Failure> {
    Request::read(ceremony, argument, settings)
}

/// The copy of the options, or the message.
fn read_as(ceremony: Ceremony, options: Json) -> Result<Json, String> {
    let argument = json!({ ceremony.options_name(): options, "userId": "ada", "statusToken": "S" });
    match validate(ceremony, &argument, &Json::Null) {
        Ok(request) => Ok(request.public_key),
        Err(failure) => {
            assert_eq!(failure.kind, FailureKind::Options);
            Err(failure.message)
        }
    }
}

/// The options with the member at `path` (as JSON pointer) replaced, or removed where `value` is `None`.
fn with(mut options: Json, path: &str, value: Option<Json>) -> Json {
    let (parent, name) = path.rsplit_once('/').unwrap();
    let parent = options.pointer_mut(parent).unwrap();
    match value {
        Some(value) if parent.is_array() => parent[name.parse::<usize>().unwrap()] = value,
        Some(value) => parent[name] = value,
        None => {
            parent.as_object_mut().unwrap().remove(name);
        }
    }
    options
}

#[test]
fn valid_request_options_become_what_the_browser_takes() {
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
fn valid_creation_options_become_what_the_browser_takes() {
    let mut expected = creation();
    expected["user"]["id"] = bytes(&[1, 2, 3]);
    expected["challenge"] = bytes(&[1, 2, 3]);
    expected["excludeCredentials"][0]["id"] = bytes(&[1]);
    assert_eq!(read_as(Ceremony::Registration, creation()).unwrap(), expected);
}

#[test]
fn every_optional_member_may_be_absent_or_null() {
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
fn every_required_member_is_missed_by_name() {
    let table = [
        (Ceremony::Authentication, "/challenge", ".challenge"),
        (Ceremony::Authentication, "/allowCredentials/1/id", ".allowCredentials[1].id"),
        (Ceremony::Authentication, "/allowCredentials/0/type", ".allowCredentials[0].type"),
        (Ceremony::Registration, "/rp", ".rp"),
        (Ceremony::Registration, "/rp/name", ".rp.name"),
        (Ceremony::Registration, "/user", ".user"),
        (Ceremony::Registration, "/user/id", ".user.id"),
        (Ceremony::Registration, "/user/name", ".user.name"),
        (Ceremony::Registration, "/user/displayName", ".user.displayName"),
        (Ceremony::Registration, "/challenge", ".challenge"),
        (Ceremony::Registration, "/pubKeyCredParams", ".pubKeyCredParams"),
        (Ceremony::Registration, "/pubKeyCredParams/1/alg", ".pubKeyCredParams[1].alg"),
        (Ceremony::Registration, "/pubKeyCredParams/0/type", ".pubKeyCredParams[0].type"),
        (Ceremony::Registration, "/excludeCredentials/0/id", ".excludeCredentials[0].id"),
    ];
    for (ceremony, path, name) in table {
        let options = match ceremony {
            Ceremony::Authentication => request(),
            Ceremony::Registration => creation(),
        };
        for value in [None, Some(Json::Null)] {
            assert_eq!(
                read_as(ceremony, with(options.clone(), path, value)).unwrap_err(),
                format!("{}{name} is missing", ceremony.options_name())
            );
        }
    }
}

#[test]
fn every_broken_rule_is_told_with_its_member() {
    let authentication = [
        ("/challenge", json!(""), ".challenge is empty"),
        ("/challenge", json!("===="), ".challenge is not base64url"),
        ("/challenge", json!("AQID+"), ".challenge is not base64url"),
        ("/challenge", json!("AQ ID"), ".challenge is not base64url"),
        ("/challenge", json!(7), ".challenge is not text"),
        ("/challenge", json!("throw!"), ".challenge cannot be read"),
        ("/timeout", json!(-1), ".timeout is not a number of milliseconds"),
        ("/timeout", json!("60000"), ".timeout is not a number of milliseconds"),
        ("/rpId", json!(1), ".rpId is not text"),
        ("/allowCredentials", json!({}), ".allowCredentials is not an array"),
        ("/allowCredentials", json!("AQ"), ".allowCredentials is not an array"),
        ("/allowCredentials/1", json!(3), ".allowCredentials[1] is not an object"),
        ("/allowCredentials/1", json!("throw!"), ".allowCredentials[1] cannot be read"),
        ("/allowCredentials/1/id", json!("*"), ".allowCredentials[1].id is not base64url"),
        ("/allowCredentials/1/id", json!(""), ".allowCredentials[1].id is empty"),
        ("/allowCredentials/0/type", json!(1), ".allowCredentials[0].type is not text"),
        ("/allowCredentials/1/transports", json!("usb"), ".allowCredentials[1].transports is not an array"),
        ("/allowCredentials/1/transports", json!(["usb", 1]), ".allowCredentials[1].transports[1] is not text"),
        ("/userVerification", json!(true), ".userVerification is not text"),
        ("/hints", json!([null]), ".hints[0] is not text"),
        ("/extensions", json!("prf"), ".extensions is not an object"),
        ("/extensions/prf/eval/first", json!("*"), ".extensions.prf.eval.first is not base64url"),
        (
            "/extensions/prf/evalByCredential/AQ/first",
            json!("*"),
            ".extensions.prf.evalByCredential.AQ.first is not base64url",
        ),
        ("/extensions/largeBlob/write", json!("A"), ".extensions.largeBlob.write is not base64url"),
        ("/status", json!("failed"), ".status is not ok"),
        ("/status", json!(200), ".status is not ok"),
    ];
    let registration = [
        ("/rp", json!("shop"), ".rp is not an object"),
        ("/rp/name", json!(1), ".rp.name is not text"),
        ("/rp/id", json!({}), ".rp.id is not text"),
        ("/user/id", json!("ada!"), ".user.id is not base64url"),
        ("/user/id", json!(""), ".user.id is empty"),
        ("/user/displayName", json!(1), ".user.displayName is not text"),
        ("/pubKeyCredParams", json!({}), ".pubKeyCredParams is not an array"),
        ("/pubKeyCredParams/0/alg", json!("-7"), ".pubKeyCredParams[0].alg is not an integer"),
        ("/pubKeyCredParams/0/alg", json!(-7.5), ".pubKeyCredParams[0].alg is not an integer"),
        ("/pubKeyCredParams/0/alg", json!(3_000_000_000_u32), ".pubKeyCredParams[0].alg is not an integer"),
        ("/excludeCredentials/0/id", json!("="), ".excludeCredentials[0].id is not base64url"),
        ("/authenticatorSelection", json!(true), ".authenticatorSelection is not an object"),
        (
            "/authenticatorSelection/requireResidentKey",
            json!("yes"),
            ".authenticatorSelection.requireResidentKey is not true or false",
        ),
        ("/authenticatorSelection/residentKey", json!(1), ".authenticatorSelection.residentKey is not text"),
        ("/attestation", json!(1), ".attestation is not text"),
        ("/attestationFormats", json!([1]), ".attestationFormats[0] is not text"),
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
fn missing_options_are_told_apart_from_unreadable_ones() {
    for (argument, message) in [
        (json!(null), " is missing"),
        (json!("text"), " is missing"),
        (json!({}), " is missing"),
        (json!({ "credentialRequestOptions": null }), " is missing"),
        (json!({ "credentialRequestOptions": "throw!" }), " cannot be read"),
        (json!({ "credentialRequestOptions": 7 }), " is not an object"),
    ] {
        let failure = validate(Ceremony::Authentication, &argument, &Json::Null).unwrap_err();
        assert_eq!(failure.message, ["credentialRequestOptions", message].concat());
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
fn the_clouds_own_error_message_is_passed_on() {
    let mut options = with(request(), "/status", Some(json!("failed")));
    options["errorMessage"] = json!("no such user");
    assert_eq!(
        read_as(Ceremony::Authentication, options).unwrap_err(),
        "credentialRequestOptions.status is not ok: no such user"
    );
}

#[test]
fn a_timeout_beyond_webauthns_32_bits_does_not_wrap_around() {
    let copy = read_as(Ceremony::Authentication, with(request(), "/timeout", Some(json!(1e12)))).unwrap();
    assert_eq!(copy["timeout"], json!(f64::from(u32::MAX)));
}

#[test]
fn extension_inputs_that_are_no_text_are_handed_on() {
    let extensions = json!({ "prf": { "eval": { "first": { "buffer": [9] } } }, "largeBlob": true });
    let copy = read_as(Ceremony::Authentication, with(request(), "/extensions", Some(extensions.clone())));
    assert_eq!(copy.unwrap()["extensions"], extensions);
}
