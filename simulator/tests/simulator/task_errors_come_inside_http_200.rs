use serde_json::{Value, json};

use crate::harness::*;

fn failed(segment: &str) -> Value {
    let mut caller = Caller::of(segment);
    let id = id(&caller.submit(json!({"content": "Tea", "n_slides": 3})));
    assert_ne!(caller.task_at(&id, 499)["status"], "error");
    let task = caller.task_at(&id, 500);
    assert_eq!(task["message"], "Presentation generation failed");
    task
}

#[test]
fn with_the_observed_codes_and_texts() {
    for (word, code, start) in [
        (
            "key",
            401,
            "Invalid API key. Please verify your API key and try again.",
        ),
        (
            "model",
            500,
            "OpenAI API error: Error code: 429 - {'error': {'message': '",
        ),
        (
            "renderer",
            404,
            "Template 'general' not found: <html>\r\n<head><title>502 Bad Gateway</title></head>",
        ),
        (
            "outline",
            400,
            "Failed to generate presentation outlines. Please try again.",
        ),
    ] {
        let task = failed(&format!("presenton,contract=a,duration=1000,fail={word}"));
        assert_eq!(task["status"], "error");
        assert_eq!(task["error"]["status_code"], code);
        assert!(string(&task, "/error/detail").starts_with(start));
    }
}

#[test]
fn the_guides_word_is_failed() {
    let task = failed("presenton,contract=cloud,duration=1000,fail=failed");
    assert_eq!(task["status"], "failed");
}

#[test]
fn data_stays_what_it_was() {
    assert_eq!(
        failed("presenton,contract=a,duration=1000,fail=key")["data"],
        Value::Null
    );
    assert_eq!(
        failed("presenton,contract=b,duration=1000,fail=key")["data"],
        json!({"created_slides": 0, "remaining_slides": 3})
    );
    let c = failed("presenton,contract=c,duration=1000,fail=key");
    assert!(c["data"]["presentation_id"].is_string());
}

#[test]
fn a_mark_sets_when() {
    let mut caller = Caller::of("presenton,duration=1000,fail=key,fail-at=90");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    assert_eq!(caller.task_at(&id, 899)["status"], "pending");
    assert_eq!(caller.task_at(&id, 900)["status"], "error");
}
