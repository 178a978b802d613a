use serde_json::{Value as Json, json};

use super::*;

#[test]
fn the_results_are_those_of_the_contract() {
    let request = Initiated { auth_req_id: "r".into(), expires_in: 300.0, interval: 5.0 };
    let results: [(Json, Json); 10] = [
        (initiated(&request), json!({ "auth_req_id": "r", "expires_in": 300.0, "interval": 5.0 })),
        (approved(Some("tok".into())), json!({ "status": "approved", "token": "tok" })),
        (status(&Code::Cancelled), json!({ "status": "cancelled" })),
        (succeeded(Some("tok".into())), json!({ "success": true, "token": "tok" })),
        (verified(Some("tok".into()), 3), json!({ "success": true, "token": "tok", "remaining": 3.0 })),
        (verified(None, 3), json!({ "success": true, "token": null, "remaining": 3.0 })),
        (token(Some("tok".into())), json!("tok")),
        (token(None), json!(null)),
        (
            progress(Progress { attempt: 2, left: 7_500.0, next: Some(2_000.0) }),
            json!({ "attempt": 2.0, "secondsLeft": 7.5, "secondsToNextPoll": 2.0 }),
        ),
        (
            progress(Progress { attempt: 1, left: 0.0, next: None }),
            json!({ "attempt": 1.0, "secondsLeft": 0.0, "secondsToNextPoll": null }),
        ),
    ];
    for (result, documented) in results {
        assert_eq!(result.to_string(), documented.to_string(), "the properties are in this order");
    }
}
