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
    let error = body["error"].as_object().expect("an error");
    assert_eq!(error.len(), 3, "{body}");
    assert!(error["message"].is_string(), "{body}");
    assert_eq!(error["status"], reply.status, "{body}");
    (reply.status, string(&body, "/error/code"))
}

fn bad(body: Value) -> (u16, String) {
    refused(&Caller::of("chronicle").post(CHRONICLE, &body))
}

#[test]
fn what_a_submit_lacks_or_mistypes() {
    for body in [
        json!({}),
        json!({"prompt": "  "}),
        json!({"prompt": null}),
        json!({"prompt": 7}),
        json!([]),
        json!({"prompt": "Tea", "narrative_type": "Epic"}),
        json!({"prompt": "Tea", "narrative_type": "pitch"}),
        json!({"prompt": "Tea", "rewrite_style": "Mild"}),
        json!({"prompt": "Tea", "language": "en"}),
        json!({"prompt": "Tea", "section_count": 0}),
        json!({"prompt": "Tea", "section_count": -1}),
        json!({"prompt": "Tea", "section_count": 2.5}),
        json!({"prompt": "Tea", "section_count": "many"}),
        json!({"prompt": "Tea", "section_count": 1_000_000_000}),
        json!({"prompt": "Tea", "non_interactive": "yes"}),
        json!({"prompt": "Tea", "template_id": 3}),
        json!({"prompt": "Tea", "selected_section_ids": "sec"}),
        json!({"prompt": "Tea", "template_id": "tpl_pitch", "selected_section_ids": ["sec"]}),
    ] {
        assert_eq!(bad(body.clone()), (400, "BAD_REQUEST".into()), "{body}");
    }
}

#[test]
fn a_body_that_is_no_json() {
    let mut caller = Caller::of("chronicle");
    let mut request = Request::new("POST", CHRONICLE);
    request.body = b"prompt=Tea".to_vec();
    let plain = caller.send(request.clone().header("Content-Type", "text/plain"));
    assert_eq!(refused(&plain), (400, "BAD_REQUEST".into()));
    assert_eq!(refused(&caller.send(request)), (400, "BAD_REQUEST".into()));
    assert_eq!(caller.log()["jobs"], 0);
}

#[test]
fn a_template_that_is_not_there() {
    let body = json!({"prompt": "Tea", "template_id": "tpl_none"});
    assert_eq!(bad(body), (404, "TEMPLATE_NOT_FOUND".into()));
}

#[test]
fn every_documented_word_is_taken() {
    for (name, words) in [
        (
            "narrative_type",
            "Pitch Showcase Sales Proposal Research Guide Meeting Portfolio Auto",
        ),
        ("rewrite_style", "Strong Subtle Preserve"),
        ("language", "us uk es fr de it pt cn in ja ko ar hi bn"),
    ] {
        for word in words.split(' ') {
            let mut body = json!({"prompt": "Tea", "non_interactive": true});
            body[name] = json!(word);
            Caller::of("chronicle").generation(body);
        }
    }
}

#[test]
fn what_is_not_there() {
    let mut caller = Caller::of("chronicle");
    for path in [
        "/api/v1/presentations/generate/gen_0/status",
        "/api/v1/presentations/pres_0",
        "/api/v1/nothing",
        "/presentations/generate",
    ] {
        let reply = caller.get(path);
        assert_eq!(
            refused(&reply),
            (404, "DOCUMENT_NOT_FOUND".into()),
            "{path}"
        );
    }
    let reply = caller.get(CHRONICLE);
    assert_eq!(refused(&reply).0, 405);
    assert_eq!(reply.header("allow"), Some("POST"));
}

#[test]
fn troubles_have_the_documented_codes() {
    for (code, name) in [
        (400, "BAD_REQUEST"),
        (401, "UNAUTHORIZED"),
        (402, "PRICING_REMIX_OVER_LIMIT"),
        (403, "INSUFFICIENT_PRIVILEGES"),
        (404, "DOCUMENT_NOT_FOUND"),
        (429, "API_KEY_RATE_LIMITED"),
        (500, "INTERNAL_ERROR"),
        (503, "UNKNOWN_INTERNAL_ERROR"),
    ] {
        let mut caller = Caller::of(&format!("chronicle,submit={code}"));
        let reply = caller.post(CHRONICLE, &json!({"prompt": "Tea"}));
        assert_eq!(refused(&reply), (code, name.into()));
        assert_eq!(reply.header("retry-after"), None);
    }
}

#[test]
fn either_header_carries_the_key() {
    for (name, value, status) in [
        ("Authorization", "Bearer chr_1", 200),
        ("x-api-key", "chr_1", 200),
        ("X-API-Key", "chr_2", 401),
        ("Authorization", "chr_1", 401),
    ] {
        let mut caller = Caller::of("chronicle,auth=chr_1").with(name, value);
        assert_eq!(
            caller.get("/api/v1/templates").status,
            status,
            "{name}: {value}"
        );
    }
}
