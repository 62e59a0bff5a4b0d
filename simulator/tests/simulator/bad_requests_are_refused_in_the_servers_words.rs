use serde_json::{Value, json};
use slidewright_simulator::Request;

use crate::harness::*;

fn refusal(body: Value) -> (u16, Value) {
    let reply = Caller::of("presenton,contract=b").post(V1, &body);
    (reply.status, reply.json().expect("JSON"))
}

fn detail(body: Value) -> String {
    let (status, reply) = refusal(body);
    assert_eq!(status, 400);
    string(&reply, "/detail")
}

#[test]
fn ranges_and_names_are_400() {
    assert_eq!(
        detail(json!({"content": "  "})),
        "Either content or slides markdown or files is required to generate presentation"
    );
    assert_eq!(
        detail(json!({"content": "Tea", "n_slides": 0})),
        "Number of slides must be greater than 0"
    );
    assert_eq!(
        detail(json!({"content": "Tea", "n_slides": 51})),
        "Number of slides cannot be greater than 50"
    );
    assert_eq!(
        detail(json!({"content": "Tea", "n_slides": 2, "include_table_of_contents": true})),
        "Number of slides cannot be less than 3 if table of contents is included"
    );
    assert_eq!(
        detail(json!({"content": "Tea", "template": "no-such"})),
        "Template not found. Please use a valid template."
    );
}

#[test]
fn both_ends_of_the_range_are_taken() {
    let mut caller = Caller::of("presenton,contract=b");
    caller.submit(json!({"content": "Tea", "n_slides": 1}));
    caller.submit(json!({"content": "Tea", "n_slides": 50}));
}

#[test]
fn an_absent_field_is_422_with_the_body_as_input() {
    let (status, reply) = refusal(json!({"n_slides": 3}));
    assert_eq!(status, 422);
    assert_eq!(
        reply,
        json!({"detail": [{
            "type": "missing",
            "loc": ["body", "content"],
            "msg": "Field required",
            "input": {"n_slides": 3},
        }]})
    );
}

#[test]
fn every_mistyped_field_is_named_at_once() {
    let (status, reply) = refusal(json!({
        "content": 5, "n_slides": "many", "tone": "angry", "export_as": "png", "files": [1],
    }));
    assert_eq!(status, 422);
    let faults = reply["detail"].as_array().expect("a list");
    let named: Vec<_> = faults
        .iter()
        .map(|it| (it["type"].as_str().unwrap_or(""), it["loc"].clone()))
        .collect();
    assert_eq!(
        named,
        [
            ("string_type", json!(["body", "content"])),
            ("enum", json!(["body", "tone"])),
            ("string_type", json!(["body", "files", 0])),
            ("int_parsing", json!(["body", "n_slides"])),
            ("enum", json!(["body", "export_as"])),
        ]
    );
}

#[test]
fn broken_json_is_422_with_its_place() {
    let mut caller = Caller::of("presenton");
    let reply = caller.send(Request::new("POST", V1).json("{\"content\": }"));
    assert_eq!(reply.status, 422);
    let body = reply.json().expect("JSON");
    assert_eq!(body["detail"][0]["type"], "json_invalid");
    assert_eq!(body["detail"][0]["loc"], json!(["body", 12]));
}

#[test]
fn a_wrong_method_is_405() {
    let reply = Caller::of("presenton").get(V1);
    assert_eq!(reply.status, 405);
    assert_eq!(reply.json(), Some(json!({"detail": "Method Not Allowed"})));
}

#[test]
fn a_slash_too_many_is_a_redirect() {
    let reply = Caller::of("presenton").post(&format!("{V1}/"), &json!({"content": "Tea"}));
    assert_eq!(reply.status, 307);
    let right = format!("http://deck.test/sim/presenton{V1}");
    assert_eq!(reply.header("location"), Some(right.as_str()));
}

#[test]
fn a_refused_submit_makes_no_job() {
    let mut caller = Caller::of("presenton");
    caller.post(V1, &json!({"content": ""}));
    assert_eq!(caller.log()["jobs"], 0);
}
