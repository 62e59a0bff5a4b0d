use serde_json::{Value, json};
use slidewright_simulator::{Reply, Request};

use crate::harness::*;

fn finish(caller: &mut Caller) -> Reply {
    caller.send(Request::new("POST", "/_finish"))
}

#[test]
fn done() {
    for service in services() {
        let mut caller = Caller::of(&format!("{},duration=60000", service.name));
        let status = service.start(&mut caller);
        assert_ne!(caller.json_at(&status, 500)[service.word], service.done);
        assert_eq!(finish(&mut caller).status, 200);
        assert_eq!(caller.json_at(&status, 500)[service.word], service.done);
        assert_eq!(caller.json_at(&status, 90_000)[service.word], service.done);
        if let Some(link) = service.link(&mut caller, &status, 500) {
            assert_eq!(caller.open(&link).status, 200);
        }
    }
}

#[test]
fn or_failed_where_that_is_its_end() {
    for service in services() {
        let segment = format!("{},duration=60000,fail=key,fail-at=90", service.name);
        let mut caller = Caller::of(&segment);
        let status = service.start(&mut caller);
        finish(&mut caller);
        assert_eq!(caller.json_at(&status, 0)[service.word], service.failed);
    }
}

#[test]
fn at_that_time() {
    let mut caller = Caller::of("presenton,duration=60000");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    caller.now = START + 1500;
    finish(&mut caller);
    let task = caller.task_at(&id, 30_000);
    assert_eq!(task["updated_at"], "2026-11-21T23:58:10.653004Z");
}

#[test]
fn failed_ones_too() {
    let mut caller = Caller::of("presenton,duration=60000,fail=key");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    caller.now = START + 1500;
    finish(&mut caller);
    let task = caller.task_at(&id, 30_000);
    assert_eq!(task["updated_at"], "2026-11-21T23:58:10.653004Z");
}

#[test]
fn past_its_questions() {
    let mut caller = Caller::of("chronicle,duration=1000,questions=2");
    let id = caller.generation(json!({"prompt": "Tea"}));
    assert_eq!(caller.generation_at(&id, 5000)["status"], "awaiting_input");
    finish(&mut caller);
    let told = caller.generation_at(&id, 5000);
    assert_eq!(told["status"], "completed");
    let done_at = &told["presentation"]["updated_at"];
    assert_eq!(done_at, "2026-11-21T23:58:14.153Z");
}

#[test]
fn the_last_one_alone() {
    let mut caller = Caller::of("presenton,duration=60000");
    let ids = ["Tea", "Milk"].map(|it| id(&caller.submit(json!({"content": it}))));
    assert_eq!(
        finish(&mut caller).json(),
        Some(json!({"finished": ids[1]}))
    );
    let words = ids.map(|id| caller.task_at(&id, 0)["status"].clone());
    assert_eq!(words, [json!("pending"), json!("completed")]);
}

#[test]
fn and_is_forgotten_as_long_after_as_it_would_have_been() {
    let mut caller = Caller::of("presenton,duration=1000,forget-at=150");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    caller.now = START + 200;
    finish(&mut caller);
    assert_eq!(caller.task_at(&id, 699)["status"], "completed");
    caller.now = START + 700;
    let reply = caller.get(&format!("/api/v1/ppt/presentation/status/{id}"));
    assert_eq!(reply.status, 404);
}

#[test]
fn and_one_that_has_ended_stays_as_it_is() {
    let mut caller = Caller::of("presenton,duration=1000");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    // The order of the fields goes with the time, so they are compared as such.
    let ended: Value = caller.task_at(&id, 1000);
    caller.now = START + 9000;
    assert_eq!(finish(&mut caller).status, 200);
    assert_eq!(caller.task_at(&id, 9000), ended);
}

#[test]
fn without_a_job_that_is_a_mistake() {
    let mut caller = Caller::of("presenton");
    assert_eq!(finish(&mut caller).status, 409);
    assert_eq!(caller.get("/_finish").status, 405);
}
