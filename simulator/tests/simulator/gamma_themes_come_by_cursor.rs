use serde_json::Value;

use crate::harness::*;

#[test]
fn until_there_are_no_more() {
    let mut caller = Caller::of("gamma");
    let mut names = Vec::new();
    let mut target = "/v1.0/themes".to_owned();
    loop {
        let page = caller.json_at(&target, 0);
        assert_eq!(page.as_object().map(|it| it.len()), Some(3));
        for theme in page["data"].as_array().expect("a list") {
            assert!(theme["id"].is_string());
            names.push(string(theme, "/name"));
        }
        if page["hasMore"] == false {
            assert_eq!(page["nextCursor"], Value::Null);
            break;
        }
        target = format!("/v1.0/themes?after={}", string(&page, "/nextCursor"));
    }
    assert_eq!(names.len(), 5);
    names.dedup();
    assert_eq!(names.len(), 5);
    assert!(target.contains("after="));
}

#[test]
fn as_many_at_a_time_as_asked_for() {
    let mut caller = Caller::of("gamma");
    let page = caller.json_at("/v1.0/themes?limit=50", 0);
    assert_eq!(page["data"].as_array().map(Vec::len), Some(5));
    for query in ["limit=0", "limit=x", "after=x"] {
        assert_eq!(caller.get(&format!("/v1.0/themes?{query}")).status, 400);
    }
}
