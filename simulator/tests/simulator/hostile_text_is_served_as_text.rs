use serde_json::json;

use crate::harness::*;

#[test]
fn in_messages_links_and_titles() {
    let mut caller = Caller::of("presenton,hostile=1,duration=1000");
    let id = id(&caller.submit(json!({"content": "Tea", "n_slides": 2})));
    let task = caller.task_at(&id, 1000);
    assert!(string(&task, "/message").contains("<script>"));
    assert!(string(&task, "/message").contains('\u{202e}'));
    assert!(string(&task, "/data/edit_path").starts_with("javascript:"));
    let file = caller.file(&string(&task, "/data/path"));
    let deck = slides(&file.body);
    assert_eq!(deck.len(), 2);
    assert!(deck[0].0.starts_with("<script>") && deck[0].0.len() > 1000);
}

#[test]
fn in_errors() {
    let mut caller = Caller::of("presenton,hostile=1,duration=0,fail=outline");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    let task = caller.task_at(&id, 0);
    assert!(string(&task, "/error/detail").contains("javascript:"));
}

#[test]
fn but_the_editors_page_escapes_it() {
    let mut caller = Caller::of("presenton,hostile=1,duration=0");
    let task = caller.submit(json!({"content": "Tea"}));
    let deck = string(&task, "/data/presentation_id");
    let page = text(&caller.get(&format!("/presentation?id={deck}")));
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script>"));
}
