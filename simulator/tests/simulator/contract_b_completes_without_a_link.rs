use serde_json::json;

use crate::harness::*;

#[test]
fn submit_answers_the_transcripts_fields() {
    let mut caller = Caller::of("presenton,contract=b");
    let task = caller.submit(json!({"content": "Tea", "n_slides": 3}));
    assert_eq!(
        task,
        json!({
            "type": "presentation.generate",
            "id": id(&task),
            "data": {"created_slides": 0, "remaining_slides": 3},
            "error": null,
            "message": "Queued for generation",
            "status": "pending",
            "created_at": "2026-11-21T23:58:09.153004",
            "updated_at": "2026-11-21T23:58:09.153004",
        })
    );
}

#[test]
fn no_slide_remains_before_it_is_done() {
    let mut caller = Caller::of("presenton,contract=b,duration=1000");
    let id = id(&caller.submit(json!({"content": "Tea", "n_slides": 4})));
    let task = caller.task_at(&id, 900);
    assert_eq!(task["status"], "processing");
    assert_eq!(task["message"], "Fetching assets for slides");
    assert_eq!(
        task["data"],
        json!({"created_slides": 4, "remaining_slides": 0})
    );
}

#[test]
fn counts_never_go_back_and_always_add_up() {
    let mut caller = Caller::of("presenton,contract=b,duration=1000");
    let id = id(&caller.submit(json!({"content": "Tea", "n_slides": 7})));
    let mut seen = vec![0];
    for after in 0..1000 {
        let task = caller.task_at(&id, after);
        let created = task["data"]["created_slides"].as_u64().expect("a count");
        let remaining = task["data"]["remaining_slides"].as_u64().expect("a count");
        assert_eq!(created + remaining, 7);
        let last = *seen.last().expect("one");
        assert!(created >= last);
        if created > last {
            seen.push(created);
        }
    }
    assert_eq!(seen, [0, 1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn an_open_count_is_zero_until_the_outline_is_there() {
    let mut caller = Caller::of("presenton,contract=b,duration=1000");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    let early = caller.task_at(&id, 200);
    assert_eq!(
        early["data"],
        json!({"created_slides": 0, "remaining_slides": 0})
    );
    let later = caller.task_at(&id, 400);
    assert_eq!(
        later["data"],
        json!({"created_slides": 0, "remaining_slides": 8})
    );
}

#[test]
fn completed_holds_counts_only() {
    let mut caller = Caller::of("presenton,contract=b,duration=1000");
    let id = id(&caller.submit(json!({"content": "Tea", "n_slides": 3})));
    let task = caller.task_at(&id, 1000);
    assert_eq!(task["status"], "completed");
    assert_eq!(
        task["data"],
        json!({"created_slides": 3, "remaining_slides": 0})
    );
}

#[test]
fn the_task_is_found_at_the_newer_path_too() {
    let mut caller = Caller::of("presenton,contract=b,duration=1000");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    let reply = caller.get(&format!("/api/v1/async-tasks/status/{id}"));
    assert_eq!(reply.json().expect("a task")["id"], json!(id));
}
