//! Any JSON as the options, and valid options with anything in any place, are accepted or refused as documented. A refusal is
//! `error-0000` or `error-1000` and names the options.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use proptest::prelude::*;

use super::*;
use crate::result::ResultParts;

/// Strings: base64url, nearly base64url, values with a meaning here, and any other.
fn strings() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z0-9_-]{0,9}={0,2}",
        "[AQ+/=]{0,5}",
        prop_oneof![Just("ok"), Just("failed"), Just("public-key"), Just("usb"), Just("required")]
            .prop_map(String::from),
        any::<String>(),
    ]
}

/// Limits of numbers: zero, integers, 32 bits with and without a sign.
const EDGES: [f64; 10] = [
    0.0,
    -0.0,
    0.5,
    -1.0,
    2_147_483_647.0,
    2_147_483_648.0,
    -2_147_483_648.0,
    -2_147_483_649.0,
    4_294_967_296.0,
    1e300,
];

fn numbers() -> impl Strategy<Value = Json> {
    prop_oneof![
        any::<i64>().prop_map(|number| json!(number)),
        any::<f64>().prop_map(|number| json!(number)),
        (-300..300_i32).prop_map(|number| json!(number)),
        proptest::sample::select(&EDGES[..]).prop_map(|number| json!(number)),
    ]
}

/// Names of properties in the schema.
const NAMES: [&str; 26] = [
    "rp",
    "id",
    "name",
    "user",
    "displayName",
    "challenge",
    "pubKeyCredParams",
    "type",
    "alg",
    "timeout",
    "status",
    "errorMessage",
    "transports",
    "allowCredentials",
    "hints",
    "extensions",
    "prf",
    "eval",
    "evalByCredential",
    "first",
    "largeBlob",
    "write",
    "rpId",
    "authenticatorSelection",
    "requireResidentKey",
    "userVerification",
];

/// Names of properties in the schema, and any other.
fn names() -> impl Strategy<Value = String> {
    prop_oneof![3 => proptest::sample::select(&NAMES[..]).prop_map(String::from), 1 => any::<String>()]
}

fn jsons() -> impl Strategy<Value = Json> {
    let leaf =
        prop_oneof![Just(Json::Null), any::<bool>().prop_map(Json::Bool), numbers(), strings().prop_map(Json::String),];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::Array),
            proptest::collection::vec((names(), inner), 0..5)
                .prop_map(|properties| Json::Object(properties.into_iter().collect())),
        ]
    })
}

/// Every place in a value, as JSON pointers.
fn places(value: &Json, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Json::Object(properties) => {
            properties.iter().for_each(|(name, property)| places(property, &format!("{at}/{name}"), found))
        }
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| places(item, &format!("{at}/{index}"), found))
        }
        _ => {}
    }
}

/// Valid options with up to three places changed.
fn nearly_valid() -> impl Strategy<Value = (Ceremony, Json)> {
    let value = prop_oneof![3 => jsons(), 1 => Just(Json::Null), 1 => numbers(), 1 => strings().prop_map(Json::String)];
    let changes = proptest::collection::vec((any::<proptest::sample::Index>(), value), 0..=3);
    (any::<Ceremony>(), changes).prop_map(|(ceremony, changes)| {
        let mut options = match ceremony {
            Ceremony::Authentication => request(),
            Ceremony::Registration => creation(),
        };
        for (index, value) in changes {
            let mut found = Vec::new();
            places(&options, "", &mut found);
            if let Some(place) = options.pointer_mut(index.get::<String>(&found)) {
                *place = value;
            }
        }
        (ceremony, options)
    })
}

/// A second implementation of the documented tables, on plain JSON.
mod documented {
    use super::*;

    type Check = fn(&Json) -> bool;

    fn bytes_of(text: &str) -> Option<Vec<u8>> {
        let decode = |padding| {
            let config = GeneralPurposeConfig::new().with_decode_padding_mode(padding);
            GeneralPurpose::new(&URL_SAFE, config.with_decode_allow_trailing_bits(true)).decode(text).ok()
        };
        decode(DecodePaddingMode::RequireNone).or_else(|| decode(DecodePaddingMode::RequireCanonical))
    }

    fn bytes(json: &Json) -> bool {
        json.as_str().and_then(bytes_of).is_some_and(|bytes| !bytes.is_empty())
    }

    fn binary_input(json: &Json) -> bool {
        json.as_str().is_none_or(|text| bytes_of(text).is_some())
    }

    fn texts(json: &Json) -> bool {
        json.as_array().is_some_and(|items| items.iter().all(Json::is_string))
    }

    fn milliseconds(json: &Json) -> bool {
        json.as_f64().is_some_and(|number| number >= 0.0 && number.is_finite())
    }

    fn algorithm(json: &Json) -> bool {
        json.as_f64()
            .is_some_and(|number| number.fract() == 0.0 && number.abs() <= 2_147_483_648.0 && number < 2_147_483_648.0)
    }

    fn there(json: &Json, name: &str, check: Check) -> bool {
        json.get(name).is_some_and(|property| !property.is_null() && check(property))
    }

    fn absent_or(json: &Json, name: &str, check: Check) -> bool {
        json.get(name).is_none_or(|property| property.is_null() || check(property))
    }

    fn descriptors(json: &Json) -> bool {
        json.as_array().is_some_and(|items| {
            items.iter().all(|item| {
                there(item, "type", Json::is_string) && there(item, "id", bytes) && absent_or(item, "transports", texts)
            })
        })
    }

    fn prf_values(json: &Json) -> bool {
        !is_object(json) || (absent_or(json, "first", binary_input) && absent_or(json, "second", binary_input))
    }

    /// An array is an object in JavaScript.
    fn is_object(json: &Json) -> bool {
        json.is_object() || json.is_array()
    }

    fn extensions(json: &Json) -> bool {
        is_object(json)
            && absent_or(json, "prf", |prf| {
                !is_object(prf)
                    || (absent_or(prf, "eval", prf_values)
                        && absent_or(prf, "evalByCredential", |each| {
                            each.as_object().is_none_or(|each| each.values().all(prf_values))
                                && each.as_array().is_none_or(|each| each.iter().all(prf_values))
                        }))
            })
            && absent_or(json, "largeBlob", |blob| !is_object(blob) || absent_or(blob, "write", binary_input))
    }

    fn of_both(options: &Json) -> bool {
        there(options, "challenge", bytes)
            && absent_or(options, "timeout", milliseconds)
            && absent_or(options, "hints", texts)
            && absent_or(options, "extensions", extensions)
            && absent_or(options, "status", |status| status == "ok")
    }

    fn request(options: &Json) -> bool {
        absent_or(options, "rpId", Json::is_string)
            && absent_or(options, "allowCredentials", descriptors)
            && absent_or(options, "userVerification", Json::is_string)
    }

    fn creation(options: &Json) -> bool {
        there(options, "rp", |rp| there(rp, "name", Json::is_string) && absent_or(rp, "id", Json::is_string))
            && there(options, "user", |user| {
                there(user, "id", bytes)
                    && there(user, "name", Json::is_string)
                    && there(user, "displayName", Json::is_string)
            })
            && there(options, "pubKeyCredParams", |list| {
                let is_valid = |item: &Json| there(item, "type", Json::is_string) && there(item, "alg", algorithm);
                list.as_array().is_some_and(|items| items.iter().all(is_valid))
            })
            && absent_or(options, "excludeCredentials", descriptors)
            && absent_or(options, "authenticatorSelection", |selection| {
                is_object(selection)
                    && absent_or(selection, "authenticatorAttachment", Json::is_string)
                    && absent_or(selection, "residentKey", Json::is_string)
                    && absent_or(selection, "requireResidentKey", Json::is_boolean)
                    && absent_or(selection, "userVerification", Json::is_string)
            })
            && absent_or(options, "attestation", Json::is_string)
            && absent_or(options, "attestationFormats", texts)
    }

    pub fn is_valid(ceremony: Ceremony, options: &Json) -> bool {
        of_both(options)
            && match ceremony {
                Ceremony::Authentication => request(options),
                Ceremony::Registration => creation(options),
            }
    }
}

/// The options are accepted if they are valid, otherwise refused with a message that starts with their name.
fn check(ceremony: Ceremony, options: &Json) -> Result<(), TestCaseError> {
    let name = ceremony.options_name();
    let is_valid = documented::is_valid(ceremony, options);
    let argument = json!({ name: options, "userId": "ada", "statusToken": "S" });
    match validate(ceremony, &argument, &Json::Null) {
        Ok(request) => {
            prop_assert!(is_valid, "accepted");
            prop_assert!(request.public_key.get("status").is_none(), "the server's own properties stay out");
        }
        Err(failure) => {
            prop_assert!(!is_valid, "refused: {}", failure.message);
            prop_assert!(failure.message.starts_with(name), "{}", failure.message);
            let parts = json!(ResultParts { ceremony, outcome: Err(failure) });
            let expected = if ceremony == Ceremony::Authentication { "error-0000" } else { "error-1000" };
            prop_assert_eq!(&parts[1], expected);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn valid_options_with_anything_in_any_place_are_judged_as_documented((ceremony, options) in nearly_valid()) {
        check(ceremony, &options)?;
    }

    #[test]
    fn any_json_as_the_options_is_judged_as_documented(ceremony: Ceremony, options in jsons()) {
        check(ceremony, &options)?;
    }

    #[test]
    fn any_json_as_the_argument_is_refused(ceremony: Ceremony, argument in jsons()) {
        let failure = validate(ceremony, &argument, &Json::Null).unwrap_err();
        prop_assert_eq!(failure.kind, FailureKind::Options);
    }
}
