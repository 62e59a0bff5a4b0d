use serde_json::{Value, json};

use crate::harness::*;

#[test]
fn submit_answers_the_transcripts_fields() {
    let mut caller = Caller::of("presenton,contract=a");
    let task = caller.submit(json!({"content": "Tea", "n_slides": 3}));
    let id = id(&task);
    let hex = id.strip_prefix("task-").expect("the prefix");
    assert!(hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit()));
    assert_eq!(
        task,
        json!({
            "status": "pending",
            "message": "Queued for generation",
            "data": null,
            "id": id,
            "error": null,
            "created_at": "2026-11-21T23:58:09.153004",
            "updated_at": "2026-11-21T23:58:09.153004",
        })
    );
}

#[test]
fn messages_move_while_the_word_and_data_do_not() {
    let mut caller = Caller::of("presenton,contract=a,duration=1000");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    let mut messages = Vec::new();
    for after in 0..1000 {
        let task = caller.task_at(&id, after);
        assert_eq!(
            (&task["status"], &task["data"]),
            (&json!("pending"), &Value::Null)
        );
        let message = string(&task, "/message");
        if messages.last() != Some(&message) {
            messages.push(message);
        }
    }
    assert_eq!(
        messages,
        [
            "Queued for generation",
            "Generating presentation outlines",
            "Selecting layout for each slide",
            "Generating slides",
            "Fetching assets for slides",
        ]
    );
}

#[test]
fn completed_gives_relative_links() {
    let mut caller = Caller::of("presenton,contract=a,duration=1000");
    let id = id(&caller.submit(json!({"content": "Stub slide 1  - First point of slide 1"})));
    let task = caller.task_at(&id, 1000);
    let deck = string(&task, "/data/presentation_id");
    assert_eq!(task["status"], "completed");
    assert_eq!(task["message"], "Presentation generation completed");
    assert_eq!(
        task["data"],
        json!({
            "presentation_id": deck,
            "path": "/app_data/exports/Stub slide 1  - First point of slide 1.pptx",
            "edit_path": format!("/presentation?id={deck}"),
        })
    );
}
