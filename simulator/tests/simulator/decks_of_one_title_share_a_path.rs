use serde_json::json;

use crate::harness::*;

#[test]
fn and_the_later_replaces_the_earlier() {
    let mut caller = Caller::of("presenton,duration=1000");
    let first = id(&caller.submit(json!({"content": "Tea", "n_slides": 2})));
    caller.now += 500;
    let second = id(&caller.submit(json!({"content": "Tea", "n_slides": 3})));
    let early = string(&caller.task_at(&first, 1000), "/data/path");
    assert_eq!(slides(&caller.file(&early).body).len(), 2);
    let late = string(&caller.task_at(&second, 1500), "/data/path");
    assert_eq!(early, late);
    assert_eq!(slides(&caller.file(&early).body).len(), 3);
}

#[test]
fn it_is_kept_for_a_year_and_saved_under_its_name() {
    let mut caller = Caller::of("presenton,duration=0");
    let id = id(&caller.submit(json!({"content": "Thé  50% #1"})));
    let path = string(&caller.task_at(&id, 0), "/data/path");
    assert_eq!(path, "/app_data/exports/Thé  50% #1.pptx");
    let file = caller.file(&path);
    assert_eq!(
        file.header("cache-control"),
        Some("public, immutable, max-age=31536000")
    );
    let disposition = file.header("content-disposition").expect("a disposition");
    assert!(disposition.starts_with("attachment; filename=\"Th_  50_ #1.pptx\""));
    assert!(disposition.ends_with("filename*=UTF-8''Th%C3%A9%20%2050%25%20%231%2Epptx"));
}

#[test]
fn what_no_file_name_holds_is_left_out() {
    let mut caller = Caller::of("presenton,duration=0");
    let id = id(&caller.submit(json!({"content": "a/b\\c: \"d\"?*<e>|"})));
    let path = string(&caller.task_at(&id, 0), "/data/path");
    assert_eq!(path, "/app_data/exports/abc de.pptx");
    assert_eq!(caller.file(&path).status, 200);
}
