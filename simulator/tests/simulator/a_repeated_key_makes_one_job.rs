use serde_json::json;
use slidewright_simulator::{Fault, Reply, Request};

use crate::harness::*;

fn keyed(caller: &mut Caller, key: &str) -> Reply {
    let request = Request::new("POST", V1).json(&json!({"content": "Tea"}).to_string());
    caller.send(request.header("Idempotency-Key", key))
}

#[test]
fn and_is_answered_with_the_first_reply() {
    let mut caller = Caller::of("presenton");
    let first = keyed(&mut caller, "k1");
    caller.now += 2500;
    let repeat = keyed(&mut caller, "k1");
    assert_eq!(first.body, repeat.body);
    let other = keyed(&mut caller, "k2");
    assert_ne!(
        first.json().expect("a task")["id"],
        other.json().expect("a task")["id"]
    );
    let log = caller.log();
    assert_eq!((&log["jobs"], &log["submits"]), (&json!(2), &json!(3)));
    assert_eq!(log["keys"], json!(["k1", "k2"]));
}

#[test]
fn even_where_the_first_reply_was_lost() {
    let mut caller = Caller::of("presenton,submit=drop,submit-times=1,accept=1");
    assert_eq!(keyed(&mut caller, "k1").fault, Some(Fault::Drop));
    let repeat = keyed(&mut caller, "k1");
    assert_eq!((repeat.status, repeat.fault), (200, None));
    assert_eq!(caller.log()["jobs"], 1);
}

#[test]
fn but_a_refusal_is_judged_afresh() {
    let mut caller = Caller::of("presenton,submit=500,submit-times=1");
    assert_eq!(keyed(&mut caller, "k1").status, 500);
    assert_eq!(caller.log()["jobs"], 0);
    assert_eq!(keyed(&mut caller, "k1").status, 200);
    assert_eq!(caller.log()["jobs"], 1);
}

#[test]
fn without_a_key_every_submit_makes_one() {
    let mut caller = Caller::of("presenton");
    caller.submit(json!({"content": "Tea"}));
    caller.submit(json!({"content": "Tea"}));
    assert_eq!(caller.log()["jobs"], 2);
}
