use serde_json::{Value, json};
use slidewright_simulator::{Reply, Request};

use crate::harness::*;

/// HTTP code and error code of a reply, after a look at its envelope.
fn refused(reply: &Reply) -> (u16, String) {
    let body = reply.json().expect("JSON");
    assert_eq!(
        body.as_object().map(serde_json::Map::len),
        Some(1),
        "{body}"
    );
    assert_eq!(
        body["error"].as_object().map(serde_json::Map::len),
        Some(2),
        "{body}"
    );
    assert!(body["error"]["message"].is_string(), "{body}");
    (reply.status, string(&body, "/error/code"))
}

fn bad(body: &Value) -> (u16, String) {
    refused(&Caller::of("perceptis").post(PERCEPTIS, body))
}

#[test]
fn what_a_submit_lacks_or_mistypes() {
    let image = json!([{"data": "aGVsbG8=", "mime_type": "image/png"}]);
    for body in [
        json!({}),
        json!("Tea"),
        json!({"prompt": "Tea"}),
        json!({"output_type": "deck"}),
        json!({"prompt": " ", "output_type": "deck"}),
        json!({"prompt": "Tea", "output_type": "slides"}),
        json!({"prompt": "Tea", "output_type": "deck", "variant_count": 1}),
        json!({"prompt": "Tea", "output_type": "deck", "reference_images": image}),
        json!({"prompt": "Tea", "output_type": "single_slide", "variant_count": 0}),
        json!({"prompt": "Tea", "output_type": "single_slide", "variant_count": "2"}),
        json!({"prompt": "Tea", "output_type": "single_slide", "variant_count": 1_000_000_000}),
        json!({"prompt": "Tea", "output_type": "deck", "template_name": 1}),
        json!({"prompt": "Tea", "output_type": "deck", "use_web_search": "yes"}),
        json!({"prompt": "Tea", "output_type": "deck", "use_knowledge_base": 1}),
    ] {
        assert_eq!(bad(&body), (400, "invalid_request".into()), "{body}");
    }
    for images in [
        json!({}),
        json!(["aGVsbG8="]),
        json!([{"data": "aGVsbG8="}]),
        json!([{"mime_type": "image/png"}]),
        json!([{"data": "data:image/png;base64,aGVsbG8=", "mime_type": "image/png"}]),
        json!([{"data": "aGVsbG8=", "mime_type": "text/plain"}]),
    ] {
        let body =
            json!({"prompt": "Tea", "output_type": "single_slide", "reference_images": images});
        assert_eq!(bad(&body), (400, "invalid_request".into()), "{body}");
    }
}

#[test]
fn a_template_by_a_name_that_is_not_one() {
    for (name, refusal) in [
        ("Corporate", None),
        ("Pitch", None),
        ("Shared", Some((409, "ambiguous_template_name"))),
        ("pitch", Some((404, "not_found"))),
        ("Nobody's", Some((404, "not_found"))),
    ] {
        let body = json!({"prompt": "Tea", "output_type": "deck", "template_name": name});
        let reply = Caller::of("perceptis").post(PERCEPTIS, &body);
        match refusal {
            None => assert_eq!(reply.status, 202, "{name}"),
            Some((code, word)) => assert_eq!(refused(&reply), (code, word.into()), "{name}"),
        }
    }
}

#[test]
fn what_is_not_there() {
    let mut caller = Caller::of("perceptis");
    for path in ["/api/v1/status/none", "/api/v1/templates", "/generate"] {
        assert_eq!(
            refused(&caller.get(path)),
            (404, "not_found".into()),
            "{path}"
        );
    }
    let reply = caller.get(PERCEPTIS);
    assert_eq!(
        (refused(&reply).0, reply.header("allow")),
        (405, Some("POST"))
    );
}

#[test]
fn too_many_calls_with_a_time_to_wait() {
    let mut caller = Caller::of("perceptis,rate=0");
    let reply = caller.get("/api/v1/status/none");
    assert_eq!(refused(&reply), (429, "rate_limit_exceeded".into()));
    assert_eq!(reply.header("retry-after"), Some("2"));
    let mut caller = Caller::of("perceptis,submit=429,retry-after=7");
    let reply = caller.post(PERCEPTIS, &json!({}));
    let sent: Vec<&(String, String)> = reply
        .headers
        .iter()
        .filter(|(name, _)| name == "retry-after")
        .collect();
    assert_eq!(sent, [&("retry-after".to_owned(), "7".to_owned())]);
}

#[test]
fn calls_without_the_key() {
    let mut caller = Caller::of("perceptis,auth=sk-1").with("X-API-Key", "sk-1");
    assert_eq!(refused(&caller.get("/api/v1/status/none")).0, 401);
    let mut caller = Caller::of("perceptis,auth=sk-1").with("Authorization", "Bearer sk-1");
    assert_eq!(refused(&caller.get("/api/v1/status/none")).0, 404);
}

#[test]
fn a_key_that_is_used_again_for_something_else() {
    let mut caller = Caller::of("perceptis");
    let mut keyed = |body: &str| {
        let request = Request::new("POST", PERCEPTIS).json(body);
        caller.send(request.header("Idempotency-Key", "k1"))
    };
    let refusal = keyed(r#"{"prompt": "Tea"}"#);
    assert_eq!(refused(&refusal).0, 400);
    let first = keyed(r#"{"prompt": "Tea", "output_type": "deck"}"#);
    assert_eq!(first.status, 202);
    let reordered = keyed(r#"{"output_type":"deck","prompt":"Tea"}"#);
    assert_eq!((reordered.status, &reordered.body), (202, &first.body));
    let other = keyed(r#"{"prompt": "Coffee", "output_type": "deck"}"#);
    assert_eq!(refused(&other), (409, "idempotency_conflict".into()));
    assert_eq!(caller.log()["jobs"], 1);
}
