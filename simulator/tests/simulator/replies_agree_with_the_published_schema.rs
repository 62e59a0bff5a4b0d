use serde_json::{Value, json};

use crate::harness::*;

/// `AsyncTaskModel` of the Cloud's interface description: a field, whether it
/// is required, and what it may be.
const TASK: [(&str, bool, &[&str]); 7] = [
    ("id", false, &["string"]),
    ("status", false, &["string"]),
    ("message", true, &["string"]),
    ("data", false, &["object", "null"]),
    ("error", false, &["object", "null"]),
    ("created_at", true, &["string"]),
    ("updated_at", true, &["string"]),
];

/// `ValidationError` of the same.
const FAULT: [(&str, bool, &[&str]); 5] = [
    ("loc", true, &["array"]),
    ("msg", true, &["string"]),
    ("type", true, &["string"]),
    (
        "input",
        false,
        &["string", "number", "boolean", "array", "object", "null"],
    ),
    ("ctx", false, &["object"]),
];

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn check(value: &Value, schema: &[(&str, bool, &[&str])]) {
    for (field, required, kinds) in schema {
        match value.get(field) {
            Some(found) => assert!(kinds.contains(&kind(found)), "{field} in {value}"),
            None => assert!(!required, "{field} is missing in {value}"),
        }
    }
}

#[test]
fn in_every_state_of_every_contract() {
    for contract in ["cloud", "a", "b", "c"] {
        for ending in ["", ",fail=key", ",fail=failed", ",restart-at=60"] {
            let segment = format!("presenton,contract={contract},duration=1000{ending}");
            let mut caller = Caller::of(&segment);
            let task = caller.submit(json!({"content": "Tea"}));
            check(&task, &TASK);
            for after in (0..=1100).step_by(50) {
                check(&caller.task_at(&id(&task), after), &TASK);
            }
        }
    }
}

#[test]
fn the_cloud_uses_the_words_of_its_enum() {
    for (ending, last) in [("", "completed"), (",fail=model", "error")] {
        let mut caller = Caller::of(&format!("presenton,contract=cloud,duration=1000{ending}"));
        let id = id(&caller.submit(json!({"content": "Tea"})));
        assert_eq!(caller.task_at(&id, 400)["status"], "pending");
        assert_eq!(caller.task_at(&id, 1000)["status"], last);
    }
}

#[test]
fn times_are_date_times() {
    for contract in ["cloud", "a", "b", "c"] {
        let mut caller = Caller::of(&format!("presenton,contract={contract}"));
        let task = caller.submit(json!({"content": "Tea"}));
        let stamp = string(&task, "/created_at");
        assert!(stamp.starts_with("2026-11-21T23:58:09"), "{stamp}");
        assert_eq!(stamp.ends_with('Z'), matches!(contract, "cloud" | "c"));
    }
}

#[test]
fn in_validation_errors() {
    let mut caller = Caller::of("presenton,contract=cloud");
    let body = json!({"content": 1, "tone": 2, "n_slides": 2.5, "web_search": [], "files": {}});
    let reply = caller.post(V1, &body);
    assert_eq!(reply.status, 422);
    let body = reply.json().expect("JSON");
    let faults = body["detail"].as_array().expect("a list");
    assert_eq!(faults.len(), 5);
    for fault in faults {
        check(fault, &FAULT);
    }
}
