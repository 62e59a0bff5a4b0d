use serde_json::json;

use crate::harness::*;

#[test]
fn submit_has_empty_data_and_whole_seconds() {
    let mut caller = Caller::of("presenton,contract=cloud");
    let task = caller.submit(json!({"content": "Introduction to Machine Learning", "n_slides": 5}));
    let id = id(&task);
    assert_eq!(id.len(), "task-9a827c13f4".len());
    assert_eq!(
        task,
        json!({
            "id": id,
            "status": "pending",
            "message": "Presentation generation task created",
            "created_at": "2026-11-21T23:58:09Z",
            "updated_at": "2026-11-21T23:58:09Z",
            "data": {},
        })
    );
}

#[test]
fn completed_has_absolute_links_and_credits() {
    let segment = "presenton,contract=cloud,duration=1000";
    let mut caller = Caller::of(segment);
    let id =
        id(&caller.submit(json!({"content": "Introduction to Machine Learning", "n_slides": 5})));
    let task = caller.task_at(&id, 90_000);
    let deck = string(&task, "/data/presentation_id");
    let root = format!("http://deck.test/sim/{segment}");
    assert_eq!(
        task["data"],
        json!({
            "presentation_id": deck,
            "path": format!("{root}/static/user_data/{deck}/Introduction_to_Machine_Learning.pptx"),
            "edit_path": format!("{root}/presentation?id={deck}"),
            "credits_consumed": 5,
        })
    );
    let page = caller.get(&format!("/presentation?id={deck}"));
    assert!(text(&page).contains("Introduction to Machine Learning"));
}
