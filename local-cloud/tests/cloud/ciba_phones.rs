//! A phone's view of requests, and its decisions, in both flows of both editions.

use std::collections::HashSet;

use serde_json::json;

use crate::ciba::{CLIENT, Edition, FAMILIES, Flow, Person, WORKSPACE, is};

#[test]
fn the_first_decision_is_final() {
    for family in FAMILIES {
        let server = family.server(&[]);
        let anna = Person::new(&server, "anna@example.com");
        for approved in [true, false] {
            let id = family.initiated(&server, "anna@example.com");
            family.decide(&server, &anna, &id, approved);
            for again in [true, false] {
                let response = family.respond(&server, &anna, &id, again);
                match family.flow {
                    Flow::Admin => {
                        let body = json!({ "error": "Failed to respond", "details": "request already processed" });
                        is("again", &response, 400, body);
                    }
                    Flow::Tenant => {
                        let body = json!({ "success": false, "message": "Request is no longer pending" });
                        is("again", &response, 200, body);
                    }
                }
            }
            assert_eq!(family.poll(&server, &id).json()["access_token"].is_string(), approved, "{family:?}");
        }
    }
}

#[test]
fn a_decision_of_another_user_is_refused_except_by_springs_admin_flow() {
    for family in FAMILIES {
        let server = family.server(&[]);
        let ben = Person::new(&server, "ben@example.com");
        Person::new(&server, "anna@example.com");
        let id = family.initiated(&server, "anna@example.com");
        let response = family.respond(&server, &ben, &id, true);
        let is_refused = (family.edition, family.flow) != (Edition::Spring, Flow::Admin);
        match (is_refused, family.flow) {
            (false, _) => assert_eq!(response.status, 200),
            (true, Flow::Admin) => {
                let details = "unauthorized: responder identity does not match challenged user";
                is("ben", &response, 400, json!({ "error": "Failed to respond", "details": details }));
            }
            (true, Flow::Tenant) => {
                let message = "You are not authorized to respond to this request";
                is("ben", &response, 200, json!({ "success": false, "message": message }));
            }
        }
        assert_eq!(family.poll(&server, &id).json()["access_token"].is_string(), !is_refused, "{family:?}");
        let unknown = family.respond(&server, &ben, "unknown", true);
        match family.flow {
            Flow::Admin => {
                let body = json!({ "error": "Failed to respond", "details": "invalid auth_req_id" });
                is("unknown", &unknown, 400, body);
            }
            Flow::Tenant => {
                let body = json!({ "success": false, "message": "Authentication request not found or expired" });
                is("unknown", &unknown, 200, body);
            }
        }
    }
}

#[test]
fn a_phone_sees_who_asks_for_what_and_until_when_the_newest_first() {
    for family in FAMILIES {
        let server = family.server(&[]);
        let (anna, ben) = (Person::new(&server, "anna@example.com"), Person::new(&server, "ben@example.com"));
        let ids: Vec<_> = (0..3).map(|_| family.initiated(&server, "anna@example.com")).collect();
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 3);
        assert!(ids.iter().all(|id| id.len() == 44), "32 random bytes: {ids:?}");
        family.poll(&server, &ids[0]);
        let listed = anna.requests(&server);
        let shown: Vec<_> = listed.iter().rev().map(|request| request["auth_req_id"].clone()).collect();
        assert_eq!(json!(shown), json!(ids));
        let request = &listed[2];
        assert_eq!(request["binding_message"], "Pay CHF 72.50");
        assert_eq!(request.get("client_id").and_then(|id| id.as_str()), family.either(None, Some(CLIENT.id)));
        assert_eq!((&request["user_email"], &request["user_id"]), (&json!("anna@example.com"), &json!(anna.id)));
        assert_eq!((&request["status"], &request["biometric_verified"]), (&json!("pending"), &json!(false)));
        assert_eq!(request["expires_at"].as_i64(), request["created_at"].as_i64().map(|at| at + 300));
        assert!(request["last_polled_at"].is_i64() && listed[0].get("last_polled_at").is_none());
        let (here, elsewhere) = match family.edition {
            Edition::Spring => ("tenant_id", "workspace_id"),
            Edition::Autumn => ("workspace_id", "tenant_id"),
        };
        assert_eq!((&request[here], request.get(elsewhere)), (&json!(WORKSPACE), None));
        assert!(ben.requests(&server).is_empty());

        let none = family.send(&server, "/ciba/initiate", &family.initiation("ben@example.com", ""));
        assert_eq!(none.status, 200);
        assert!(ben.requests(&server)[0].get("binding_message").is_none());
    }
}
