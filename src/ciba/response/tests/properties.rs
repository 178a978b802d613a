//! Whatever AuthSec, or a proxy in its place, responds: it means one thing, and it is the documented one.

use proptest::prelude::*;

use super::*;

const NAMES: [&str; 8] =
    ["access_token", "token", "error", "auth_req_id", "expires_in", "interval", "success", "other"];
const CODES: [&str; 7] =
    ["authorization_pending", "slow_down", "access_denied", "expired_token", "invalid_request", "invalid_grant", ""];

/// The properties that are read, with values that mean something, that mean nothing, and of other types.
fn bodies() -> impl Strategy<Value = Value> {
    let value = prop_oneof![
        3 => proptest::sample::select(&CODES[..]).prop_map(|code| json!(code)),
        3 => any::<String>().prop_map(|text| json!(text)),
        2 => any::<f64>().prop_map(|number| json!(number)),
        1 => any::<i64>().prop_map(|number| json!(number)),
        2 => any::<bool>().prop_map(|truth| json!(truth)),
        1 => Just(Value::Null),
        1 => Just(json!([1])),
        1 => Just(json!({ "token": "deeper" })),
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

/// The JSON that the server itself said: 2xx or 4xx, but not 429.
fn heard(came: &Came) -> Option<&Value> {
    let (status, json) = came.as_ref()?;
    json.as_ref().filter(|_| matches!(status, 200..300 | 400..=428 | 430..500))
}

fn json_of(came: &Came) -> Value {
    came.as_ref().and_then(|(_, json)| json.clone()).unwrap_or_default()
}

/// Whether a response has this code.
fn is_of(code: &Code, json: &Value) -> bool {
    match code {
        Code::Server(error) => text(json, "error") == Some(error) && error != "invalid_request",
        Code::InvalidRequest => text(json, "error") == Some("invalid_request"),
        Code::Http(_) | Code::ConnectionFailed | Code::NetworkTimeout => text(json, "error").is_none(),
        _ => false,
    }
}

proptest! {
    #[test]
    fn a_poll_is_approved_by_a_token_alone_and_ended_by_what_the_server_says_alone(came in responses()) {
        let json = json_of(&came);
        let token = heard(&came).and_then(|json| text(json, "access_token").or(text(json, "token")));
        match response(&came).reply() {
            Reply::Approved(approved) => prop_assert_eq!(token, Some(&*approved)),
            _ if token.is_some() => prop_assert!(false, "a token was thrown away"),
            Reply::Ended(Code::AccessDenied) => prop_assert_eq!(text(&json, "error"), Some("access_denied")),
            Reply::Ended(Code::ExpiredToken) => prop_assert_eq!(text(&json, "error"), Some("expired_token")),
            Reply::Ended(code) => {
                prop_assert!(heard(&came).is_some(), "ended by what the server did not say: {:?}", code);
                prop_assert!(is_of(&code, &json), "{:?}", code);
            }
            Reply::SlowDown(interval) => {
                let is_limit = matches!(came, Some((429, _)));
                prop_assert!(is_limit || text(&json, "error") == Some("slow_down"));
                prop_assert!(interval.is_none_or(|seconds| seconds > 0.0));
            }
            Reply::Fault(code) => prop_assert!(is_of(&code, &json), "{:?}", code),
            Reply::Pending => {}
        }
    }

    #[test]
    fn a_totp_code_is_judged_by_json_of_2xx_or_4xx_except_429_and_by_nothing_else(came in responses()) {
        let judged = heard(&came).map(|json| {
            text(json, "token").is_some() || text(json, "access_token").is_some() || json.get("success") == Some(&json!(true))
        });
        match response(&came).verdict() {
            Verdict::Right(token) => {
                prop_assert_eq!(judged, Some(true));
                let tokens = heard(&came).map(|json| text(json, "token").or(text(json, "access_token")));
                prop_assert_eq!(tokens, Some(token.as_deref()));
            }
            Verdict::Wrong => prop_assert_eq!(judged, Some(false)),
            Verdict::NotJudged(code) => {
                prop_assert_eq!(judged, None);
                prop_assert!(is_of(&code, &json_of(&came)), "{:?}", code);
            }
        }
    }

    #[test]
    fn a_request_is_taken_up_by_a_2xx_with_its_id_alone_and_its_times_are_times(came in responses()) {
        let id = match &came {
            Some((200..300, Some(json))) if text(json, "error").is_none() => text(json, "auth_req_id"),
            _ => None,
        };
        match response(&came).initiated() {
            Ok(initiated) => {
                prop_assert_eq!(id, Some(&*initiated.auth_req_id));
                prop_assert!(initiated.interval > 0.0 && initiated.expires_in > 0.0);
                prop_assert!(initiated.interval.is_finite() && initiated.expires_in.is_finite());
            }
            Err(code) => {
                prop_assert_eq!(id, None);
                prop_assert!(is_of(&code, &json_of(&came)), "{:?}", code);
            }
        }
    }
}
