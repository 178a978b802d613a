//! Whatever AuthSec, or a proxy in its place, responds: it means one thing, and it is the documented one.

use proptest::prelude::*;

use super::*;

const NAMES: [&str; 9] =
    ["access_token", "token", "error", "message", "auth_req_id", "expires_in", "interval", "success", "other"];
const TEXTS: [&str; 12] = [
    "authorization_pending",
    "slow_down",
    "access_denied",
    "expired_token",
    "server_error",
    "invalid_grant",
    "invalid_code",
    "Invalid TOTP code",
    "User not found",
    "this account is temporarily locked",
    "120",
    "",
];

/// The properties that are read, with values that mean something, that mean nothing, and of other types.
fn bodies() -> impl Strategy<Value = Value> {
    let text = proptest::sample::select(&TEXTS[..]);
    let value = prop_oneof![
        4 => text.clone().prop_map(|text| json!(text)),
        3 => any::<String>().prop_map(|text| json!(text)),
        2 => any::<f64>().prop_map(|number| json!(number)),
        1 => any::<i64>().prop_map(|number| json!(number)),
        2 => any::<bool>().prop_map(|truth| json!(truth)),
        1 => Just(Value::Null),
        1 => Just(json!([1])),
        1 => Just(json!({ "token": "deeper" })),
        1 => text.prop_map(|code| json!({ "code": code })),
    ];
    let member = (proptest::sample::select(&NAMES[..]).prop_map(String::from), value.clone());
    let object =
        proptest::collection::vec(member, 0..6).prop_map(|members| Value::Object(members.into_iter().collect()));
    prop_oneof![8 => object, 1 => value]
}

fn statuses() -> impl Strategy<Value = u16> {
    prop_oneof![Just(200), Just(429), 200..600_u16, any::<u16>()]
}

/// What came back: the HTTP status, and the JSON if it was JSON; or nothing.
type Came = Option<(u16, Option<Value>)>;

fn responses() -> impl Strategy<Value = Came> {
    proptest::option::weighted(0.95, (statuses(), proptest::option::weighted(0.9, bodies())))
}

fn response(came: &Came) -> Response {
    match came.clone() {
        None => UNREACHABLE,
        Some((status, None)) => html(status),
        Some((status, Some(json))) => http(status, json),
    }
}

/// A property that is a string and not empty.
fn text<'a>(json: &'a Value, name: &str) -> Option<&'a str> {
    json.get(name)?.as_str().filter(|text| !text.is_empty())
}

/// An `error` that JavaScript takes for true.
fn error_of(json: &Value) -> Option<&Value> {
    json.get("error").filter(|error| {
        !matches!(error, Value::Null | Value::Bool(false)) && **error != "" && error.as_f64() != Some(0.0)
    })
}

fn json_of(came: &Came) -> Value {
    came.as_ref().and_then(|(_, json)| json.clone()).unwrap_or_default()
}

/// The token of a 2xx in JSON without an `error`: the only kind of success.
fn token_of(came: &Came) -> Option<String> {
    let json = json_of(came);
    let is_success = matches!(came, Some((200..300, _))) && error_of(&json).is_none();
    text(&json, "access_token").or(text(&json, "token")).filter(|_| is_success).map(String::from)
}

/// Whether a failure can have this code.
fn is_of(failure: &Failure, came: &Came) -> bool {
    let json = json_of(came);
    let error = error_of(&json);
    match (&failure.code, came) {
        (Code::ConnectionFailed, came) => came.is_none(),
        (Code::UnexpectedResponse, Some((200..300, _))) => true,
        (Code::Http(code), Some((status, _))) => code == status && !(200..300).contains(status),
        (Code::Server(_) | Code::AccessDenied | Code::ExpiredToken | Code::InvalidCode, Some(_)) => {
            let code = failure.code.text();
            let named = error.map(|error| error.as_str().or(text(error, "code")).or(text(error, "error")));
            // By its name, or by a sentence.
            named.flatten() == Some(&*code)
                || failure.words.message.as_ref().is_some_and(|message| {
                    let message = message.to_lowercase();
                    match &*code {
                        "invalid_code" => message.contains("invalid") && message.contains("code"),
                        "user_not_found" => message.contains("user not found"),
                        "temporarily_locked" => message.contains("temporarily locked"),
                        _ => false,
                    }
                })
        }
        _ => false,
    }
}

proptest! {
    #[test]
    fn a_poll_is_approved_by_a_token_without_an_error_alone_and_ended_by_what_the_server_says_alone(came in responses()) {
        let json = json_of(&came);
        let token = token_of(&came);
        match response(&came).reply() {
            Reply::Approved(approved) => prop_assert_eq!(token, Some(approved)),
            _ if token.is_some() => prop_assert!(false, "a token was thrown away"),
            Reply::Ended(failure) => {
                let is_undecided = matches!(came, None | Some((408 | 429 | 500.., _)));
                let is_named = matches!(failure.code, Code::AccessDenied | Code::ExpiredToken);
                prop_assert!(is_named || !is_undecided, "ended by what the server did not decide: {:?}", failure);
                prop_assert!(is_of(&failure, &came), "{:?}", failure);
            }
            Reply::SlowDown(interval) => {
                let is_limit = matches!(came, Some((429, _)));
                prop_assert!(is_limit || json.to_string().contains("slow_down"));
                prop_assert!(interval.is_none_or(|seconds| seconds > 0.0));
            }
            Reply::Fault(failure) => prop_assert!(is_of(&failure, &came), "{:?}", failure),
            Reply::Pending => {}
        }
    }

    #[test]
    fn a_totp_code_is_right_or_wrong_by_what_speaks_of_it_and_by_nothing_else(came in responses()) {
        let json = json_of(&came);
        let success = json.get("success").and_then(Value::as_bool);
        let is_ok = matches!(came, Some((200..300, Some(_)))) && error_of(&json).is_none();
        match response(&came).verdict() {
            Verdict::Right(token) => {
                prop_assert!(is_ok && success != Some(false) && (token.is_some() || success == Some(true)));
                prop_assert_eq!(token, token_of(&came));
            }
            _ if is_ok && success == Some(true) => prop_assert!(false, "a success was thrown away"),
            Verdict::Wrong(words) => {
                prop_assert!(!matches!(came, None | Some((_, None) | (408 | 429 | 500.., _))));
                let failure = Failure::new(Code::InvalidCode, words);
                prop_assert!(success == Some(false) || is_of(&failure, &came), "{:?}", failure);
            }
            Verdict::NotJudged(failure) => prop_assert!(is_of(&failure, &came), "{:?}", failure),
        }
    }

    #[test]
    fn a_request_is_taken_up_by_a_2xx_with_its_id_alone_and_its_times_are_times(came in responses()) {
        let id = match &came {
            Some((200..300, Some(json))) if error_of(json).is_none() => {
                text(json, "auth_req_id").map(String::from).or_else(|| Some(json.get("auth_req_id")?.as_number()?.to_string()))
            }
            _ => None,
        };
        match response(&came).initiated() {
            Ok(initiated) => {
                prop_assert_eq!(id, Some(initiated.auth_req_id));
                prop_assert!(initiated.interval > 0.0 && initiated.expires_in > 0.0);
                prop_assert!(initiated.interval.is_finite() && initiated.expires_in.is_finite());
            }
            Err(failure) => {
                prop_assert_eq!(id, None);
                prop_assert!(is_of(&failure, &came), "{:?}", failure);
            }
        }
    }
}
