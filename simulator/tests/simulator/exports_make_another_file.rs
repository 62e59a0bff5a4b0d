use serde_json::json;

use crate::harness::*;

const EXPORT: &str = "/api/v1/ppt/presentation/export";

#[test]
fn of_a_finished_deck() {
    let mut caller = Caller::of("presenton,duration=0");
    let task = caller.submit(json!({"content": "Tea"}));
    let deck = string(&task, "/data/presentation_id");
    let reply = caller.post(EXPORT, &json!({"id": deck, "export_as": "pdf"}));
    assert_eq!(
        reply.json(),
        Some(json!({
            "presentation_id": deck,
            "path": "/app_data/exports/Tea.pdf",
            "edit_path": format!("/presentation?id={deck}"),
        }))
    );
    assert!(
        caller
            .file("/app_data/exports/Tea.pdf")
            .body
            .starts_with(b"%PDF-")
    );
}

#[test]
fn not_of_one_that_is_still_made() {
    let mut caller = Caller::of("presenton");
    let task = caller.submit(json!({"content": "Tea"}));
    let deck = string(&task, "/data/presentation_id");
    assert_eq!(caller.post(EXPORT, &json!({"id": deck})).status, 404);
}

#[test]
fn nor_in_a_format_nobody_makes() {
    let mut caller = Caller::of("presenton,duration=0");
    let task = caller.submit(json!({"content": "Tea"}));
    let deck = string(&task, "/data/presentation_id");
    let reply = caller.post(EXPORT, &json!({"id": deck, "export_as": "key"}));
    assert_eq!(reply.status, 422);
}

#[test]
fn version_3_has_its_own_path() {
    let mut caller = Caller::of("presenton-v3,duration=0");
    let id = id(&caller
        .post(V3, &json!({"content": "Tea"}))
        .json()
        .expect("a task"));
    let task = caller.get(&format!("/api/v3/async-task/status/{id}"));
    let deck = string(&task.json().expect("a task"), "/data/presentation_id");
    let body = json!({"id": deck, "export_as": "png"});
    let reply = caller.post("/api/v3/presentation/export", &body);
    let links = reply.json().expect("links");
    assert!(links["credits_consumed"].is_number());
    let file = caller.file(&string(&links, "/path"));
    assert_eq!(file.header("content-type"), Some("image/png"));
}
