use crate::harness::*;

#[test]
fn for_as_long_as_the_file_is_known() {
    let mut caller = Caller::of("slidespeak,duration=1000,life=60");
    let status = service("slidespeak").start(&mut caller);
    let done = caller.json_at(&status, 1000);
    let path = format!(
        "/api/v1/presentation/download/{}",
        string(&done, "/task_result/request_id")
    );
    let old = string(&done, "/task_result/url");
    // The task keeps the link that it was finished with.
    let later = caller.json_at(&status, 61_000);
    assert_eq!(string(&later, "/task_result/url"), old);
    assert_eq!(caller.open(&old).status, 403);
    for after in [61_000, 90_000, 7_200_000] {
        let fresh = caller.json_at(&path, after);
        assert_eq!(fresh.as_object().map(|it| it.len()), Some(1));
        assert_eq!(caller.open(&string(&fresh, "/url")).status, 200);
    }
}

#[test]
fn but_none_before_it_is_finished() {
    let mut caller = Caller::of("slidespeak,duration=1000");
    let status = service("slidespeak").start(&mut caller);
    let done = caller.json_at(&status, 1000);
    let request = string(&done, "/task_result/request_id");
    caller.now = START + 999;
    for id in [request.as_str(), "none"] {
        let reply = caller.get(&format!("/api/v1/presentation/download/{id}"));
        assert_eq!(reply.status, 404);
        assert!(reply.json().expect("JSON")["message"].is_string());
    }
}
