//! Clients that authenticate by `private_key_jwt` (RFC 7523) at the standard's routes.

use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use crate::ciba::{CLIENT, OTHER_CLIENT, Person, TENANT, error, is};
use crate::http::Response;
use crate::server::{Data, Server};
use crate::signer::{JWT_BEARER, Signer, claims, now};
use crate::standard::{BC_AUTHORIZE, GRANT, TOKEN, id_of, post, post_as};

/// A client that only has keys.
const SIGNING: &str = "signing-client";
const ALGORITHMS: [Algorithm; 8] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
];

fn server_with(keys: &[&Signer]) -> Server {
    let keys = keys.iter().map(|key| key.jwk.clone()).collect::<Vec<_>>();
    Server::start_with_keys(Data::new(), &["--xaa-ciba"], &json!({ SIGNING: { "keys": keys } }))
}

fn initiate(server: &Server, assertion: &str) -> Response {
    let fields = [("login_hint", "anna@example.com"), JWT_BEARER, ("client_assertion", assertion)];
    post(server, BC_AUTHORIZE, &fields)
}

fn poll(server: &Server, id: &str, assertion: &str) -> Response {
    post(server, TOKEN, &[GRANT, ("auth_req_id", id), JWT_BEARER, ("client_assertion", assertion)])
}

fn is_refused(case: &str, response: &Response, problem: &str) {
    is(case, response, 401, error("invalid_client", &format!("invalid_client: {problem}")));
}

#[test]
fn every_algorithm_authenticates_at_both_routes() {
    let (rsa, p256, p384) =
        (Signer::new(Algorithm::RS256), Signer::new(Algorithm::ES256), Signer::new(Algorithm::ES384));
    let keys = [rsa.named("rsa"), p256.named("p256"), p384.named("p384")];
    let [rsa, p256, p384] = &keys;
    let server = server_with(&[rsa, p256, p384]);
    let anna = Person::new(&server, "anna@example.com");
    for algorithm in ALGORITHMS {
        let (key, name) = match algorithm {
            Algorithm::ES256 => (p256, "p256"),
            Algorithm::ES384 => (p384, "p384"),
            _ => (rsa, "rsa"),
        };
        let sign = || key.sign(algorithm, Some(name), &claims(&server, SIGNING));
        let id = id_of(&initiate(&server, &sign()));
        assert_eq!(anna.requests(&server)[0]["client_id"], SIGNING);
        TENANT.decide(&server, &anna, &id, true);
        let response = poll(&server, &id, &sign());
        assert!(response.json()["access_token"].is_string(), "{algorithm:?}: {}", response.text());
    }
}

#[test]
fn an_assertion_goes_before_a_secret() {
    let key = Signer::new(Algorithm::ES256);
    let server = server_with(&[&key]);
    let anna = Person::new(&server, "anna@example.com");
    let assertion = key.sign(Algorithm::ES256, None, &claims(&server, SIGNING));
    let fields = [("login_hint", "anna@example.com"), JWT_BEARER, ("client_assertion", assertion.as_str())];
    assert_eq!(post_as(CLIENT, &server, BC_AUTHORIZE, &fields).status, 200);
    assert_eq!(anna.requests(&server)[0]["client_id"], SIGNING);
    let refused = post_as(CLIENT, &server, BC_AUTHORIZE, &fields);
    is_refused("used", &refused, "client_assertion jti already used (replay detected)");
    // Without the right type it is no assertion.
    for kind in ["", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"] {
        let fields = [fields[0], ("client_assertion_type", kind), fields[2]];
        assert_eq!(post_as(CLIENT, &server, BC_AUTHORIZE, &fields).status, 200, "{kind}");
        assert_eq!(anna.requests(&server)[0]["client_id"], CLIENT.id, "{kind}");
        is_refused(kind, &post(&server, BC_AUTHORIZE, &fields), "no client authentication provided");
    }
    let workload =
        [fields[0], ("client_assertion_type", "urn:authsec:params:oauth:client-assertion-type:spiffe-svid"), fields[2]];
    let refused = post_as(CLIENT, &server, BC_AUTHORIZE, &workload);
    is_refused("workload", &refused, "no workload identity provider for this issuer");
}

#[test]
fn an_assertion_is_accepted_once_for_both_routes_and_after_a_restart() {
    let key = Signer::new(Algorithm::ES256);
    let server = server_with(&[&key]);
    Person::new(&server, "anna@example.com");
    let replayed = "client_assertion jti already used (replay detected)";
    let first = claims(&server, SIGNING);
    let assertion = key.sign(Algorithm::ES256, None, &first);
    let id = id_of(&initiate(&server, &assertion));
    is_refused("the same route", &initiate(&server, &assertion), replayed);
    is_refused("the other route", &poll(&server, &id, &assertion), replayed);
    // Signed anew, it is the same assertion.
    let mut again = first.clone();
    again["exp"] = (now() + 50).into();
    is_refused("another exp", &initiate(&server, &key.sign(Algorithm::ES256, None, &again)), replayed);

    let server = server.kill_and_restart_with(&["--xaa-ciba"]);
    again["aud"] = claims(&server, SIGNING)["aud"].clone();
    is_refused("restarted", &initiate(&server, &key.sign(Algorithm::ES256, None, &again)), replayed);
}

#[test]
fn of_twenty_copies_at_once_one_is_accepted() {
    let key = Signer::new(Algorithm::ES256);
    let server = server_with(&[&key]);
    Person::new(&server, "anna@example.com");
    let assertion = key.sign(Algorithm::ES256, None, &claims(&server, SIGNING));
    let accepted = std::thread::scope(|scope| {
        let copies: Vec<_> = (0..20).map(|_| scope.spawn(|| initiate(&server, &assertion).status)).collect();
        copies.into_iter().map(|copy| copy.join().expect("a status")).filter(|status| *status == 200).count()
    });
    assert_eq!(accepted, 1);
}

#[test]
fn an_assertion_is_used_up_once_its_client_is_known() {
    let key = Signer::new(Algorithm::ES256);
    let server = server_with(&[&key]);
    Person::new(&server, "anna@example.com");
    let right = claims(&server, SIGNING);
    let sign = |claims: &Value| key.sign(Algorithm::ES256, None, claims);
    // It is not, if it was meant for somebody else.
    let mut elsewhere = right.clone();
    elsewhere["aud"] = "https://elsewhere.example/oauth/token".into();
    let refused = initiate(&server, &sign(&elsewhere));
    is_refused("elsewhere", &refused, "client_assertion aud must be the token endpoint");
    // It is, even if the request is refused.
    let fields = [JWT_BEARER, ("client_assertion", &sign(&right))];
    is("no hint", &post(&server, BC_AUTHORIZE, &fields), 400, error("invalid_request", "login_hint is required"));
    let refused = initiate(&server, &sign(&right));
    is_refused("used", &refused, "client_assertion jti already used (replay detected)");
}

#[test]
fn an_assertion_must_be_for_the_token_endpoint_and_name_its_end() {
    let key = Signer::new(Algorithm::ES256);
    let server = server_with(&[&key]);
    Person::new(&server, "anna@example.com");
    let base = format!("http://localhost:{}", server.port);
    let initiate_with = |change: &Value| {
        let mut claims = claims(&server, SIGNING);
        for (name, value) in change.as_object().expect("claims") {
            claims[name] = value.clone();
        }
        initiate(&server, &key.sign(Algorithm::ES256, None, &claims))
    };
    let audience = "client_assertion aud must be the token endpoint";
    let validation = |problem: &str| format!("client_assertion validation failed: token has invalid claims: {problem}");
    for (change, problem) in [
        (json!({ "aud": base }), audience.to_owned()),
        (json!({ "aud": format!("{base}{BC_AUTHORIZE}") }), audience.to_owned()),
        (json!({ "aud": format!("{base}/oauth/token/") }), audience.to_owned()),
        (json!({ "aud": format!("http://127.0.0.1:{}/oauth/token", server.port) }), audience.to_owned()),
        (json!({ "aud": [] }), audience.to_owned()),
        (json!({ "aud": null }), audience.to_owned()),
        (json!({ "jti": "" }), "client_assertion must contain jti".to_owned()),
        (json!({ "jti": null }), "client_assertion must contain jti".to_owned()),
        (json!({ "jti": 5 }), "client_assertion must contain jti".to_owned()),
        (json!({ "exp": null }), validation("token is missing required claim: exp claim is required")),
        (json!({ "exp": now() - 35 }), validation("token is expired")),
        (json!({ "nbf": now() + 40 }), validation("token is not valid yet")),
    ] {
        is_refused(&change.to_string(), &initiate_with(&change), &problem);
    }
    for change in [
        json!({ "aud": ["https://elsewhere.example", format!("{base}/oauth/token")] }),
        json!({ "exp": now() - 20 }),
        json!({ "exp": now() + 10 * 365 * 86400 }),
        json!({ "nbf": now() + 20 }),
        json!({ "iat": now() + 10_000 }),
        json!({ "iat": now() - 10_000 }),
    ] {
        let response = initiate_with(&change);
        assert_eq!(response.status, 200, "{change}: {}", response.text());
    }
}

#[test]
fn another_key_or_a_changed_assertion_is_refused() {
    let (key, another) = (Signer::new(Algorithm::ES256), Signer::new(Algorithm::ES256));
    let server = server_with(&[&key]);
    let invalid = "client_assertion validation failed: token signature is invalid: crypto/ecdsa: verification error";
    let foreign = another.sign(Algorithm::ES256, None, &claims(&server, SIGNING));
    is_refused("another key", &initiate(&server, &foreign), invalid);
    let (mine, other) = (
        key.sign(Algorithm::ES256, None, &claims(&server, SIGNING)),
        key.sign(Algorithm::ES256, None, &claims(&server, SIGNING)),
    );
    let (signed, _) = mine.rsplit_once('.').expect("a signature");
    let (_, signature) = other.rsplit_once('.').expect("a signature");
    is_refused("another's signature", &initiate(&server, &format!("{signed}.{signature}")), invalid);

    let rsa = Signer::new(Algorithm::RS256);
    let server = server_with(&[&rsa]);
    let signed = rsa.sign(Algorithm::PS256, None, &claims(&server, SIGNING));
    let broken = format!("{}AAAA", signed.strip_suffix(&signed[signed.len() - 4..]).expect("its end"));
    let invalid = "client_assertion validation failed: token signature is invalid: crypto/rsa: verification error";
    is_refused("a broken signature", &initiate(&server, &broken), invalid);
}

#[test]
fn a_client_has_a_secret_or_keys_or_both() {
    let key = Signer::new(Algorithm::ES256);
    let keys = json!({ CLIENT.id: { "keys": [key.jwk] } });
    let server = Server::start_with_keys(Data::new(), &["--xaa-ciba"], &keys);
    Person::new(&server, "anna@example.com");
    let of = |client: &str| key.sign(Algorithm::ES256, None, &claims(&server, client));
    let id = id_of(&initiate(&server, &of(CLIENT.id)));
    assert_eq!(crate::standard::poll(&server, &id).status, 400, "pending, with the secret");
    is_refused("only a secret", &initiate(&server, &of(OTHER_CLIENT.id)), "client does not support private_key_jwt");
    is_refused("unknown", &initiate(&server, &of("unknown")), "unknown client_id");
    // The workspace's routes take JSON, in which the server looks for no assertion.
    let body = json!({ "email": "anna@example.com", JWT_BEARER.0: JWT_BEARER.1, "client_assertion": of(CLIENT.id) });
    assert_eq!(server.page_sends("/authsec/uflow/auth/workspace/ciba/initiate", &body).status, 401);
}
