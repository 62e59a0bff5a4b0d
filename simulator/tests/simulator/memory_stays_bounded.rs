use serde_json::json;
use slidewright_simulator::{Request, World};

use crate::harness::*;

#[test]
fn the_oldest_jobs_are_forgotten() {
    let mut caller = Caller::of("presenton");
    let first = id(&caller.submit(json!({"content": "Tea"})));
    for _ in 0..255 {
        caller.submit(json!({"content": "Tea"}));
    }
    caller.task_at(&first, 0);
    caller.submit(json!({"content": "Tea"}));
    let reply = caller.get(&format!("/api/v1/ppt/presentation/status/{first}"));
    assert_eq!(reply.status, 404);
}

#[test]
fn the_log_keeps_the_latest_requests() {
    let mut caller = Caller::of("presenton");
    for turn in 0..1100 {
        caller.get(&format!("/api/v1/ppt/template/all?turn={turn}"));
    }
    let log = caller.log();
    let requests = log["requests"].as_array().expect("a list");
    assert_eq!(requests.len(), 1000);
    assert_eq!(requests[999]["query"], "turn=1099");
}

#[test]
fn the_base_path_that_was_idle_longest_goes_first() {
    let mut world = World::new();
    let mut jobs = |segment: &str, path: &str, method: &str| {
        let request = Request::new(method, &format!("/sim/{segment}{path}"));
        let request = request.json(r#"{"content": "Tea"}"#);
        world.handle(START, &request).json().expect("JSON")["jobs"].clone()
    };
    jobs("presenton,run=busy", V1, "POST");
    jobs("presenton,run=idle", V1, "POST");
    for turn in 0..255 {
        jobs("presenton,run=busy", "/_log", "GET");
        jobs(&format!("presenton,run=other-{turn}"), "/_log", "GET");
    }
    assert_eq!(jobs("presenton,run=busy", "/_log", "GET"), 1);
    assert_eq!(jobs("presenton,run=idle", "/_log", "GET"), 0);
}
