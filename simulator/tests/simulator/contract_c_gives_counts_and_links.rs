use serde_json::json;

use crate::harness::*;

#[test]
fn it_is_pending_with_the_decks_id_from_the_start() {
    let mut caller = Caller::of("presenton,duration=1000");
    let task = caller.submit(json!({"content": "Tea", "n_slides": 4}));
    let deck = string(&task, "/data/presentation_id");
    assert_eq!(task["created_at"], "2026-11-21T23:58:09.153004Z");
    let working = caller.task_at(&id(&task), 900);
    assert_eq!(working["status"], "pending");
    assert_eq!(
        working["data"],
        json!({"created_slides": 4, "remaining_slides": 0, "presentation_id": deck})
    );
}

#[test]
fn completed_holds_all_five_fields() {
    let mut caller = Caller::of("presenton,duration=1000");
    let task = caller.submit(json!({"content": "Tea", "n_slides": 4}));
    let deck = string(&task, "/data/presentation_id");
    let done = caller.task_at(&id(&task), 1000);
    assert_eq!(done["type"], "presentation.generate");
    assert_eq!(
        done["data"],
        json!({
            "created_slides": 4,
            "remaining_slides": 0,
            "presentation_id": deck,
            "path": "/app_data/exports/Tea.pptx",
            "edit_path": format!("/presentation?id={deck}"),
        })
    );
}

#[test]
fn field_order_changes_from_reply_to_reply() {
    let mut caller = Caller::of("presenton,duration=1000");
    let task = id(&caller.submit(json!({"content": "Tea"})));
    let path = format!("/api/v1/ppt/presentation/status/{task}");
    caller.now += 1000;
    let first = caller.get(&path);
    caller.now += 10;
    let second = caller.get(&path);
    assert_ne!(first.body, second.body);
    assert_eq!(first.json(), second.json());
}
