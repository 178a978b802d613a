//! Any text as a binary member that the local cloud gets: what it takes is what a page would take.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::json;
use webauthn_result::arguments::rules::{Presence, Rule, Shape};
use webauthn_result_fuzz::local_cloud::base64url::{decode, encode};
use webauthn_result_fuzz::read::read;

static ID: &[Rule] = &[Rule { name: "id", shape: Shape::Bytes, presence: Presence::Required }];

fuzz_target!(|text: &str| {
    if let Some(bytes) = decode(text) {
        let digits = text.trim_end_matches('=');
        assert_eq!(encode(&bytes), digits);
        assert_eq!(read(&json!({ "id": digits }), ID).1, json!({ "id": { "buffer": bytes } }));
    }
});
