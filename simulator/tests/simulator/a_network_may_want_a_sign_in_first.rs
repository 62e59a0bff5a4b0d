use serde_json::json;
use slidewright_simulator::Reply;

use crate::harness::*;

fn is_sign_in(reply: &Reply) -> bool {
    reply.status == 200
        && reply.header("content-type") == Some("text/html; charset=utf-8")
        && text(reply).contains("Sign in to use this network")
}

#[test]
fn for_the_first_calls_about_a_job() {
    let mut caller = Caller::of("presenton,status=html,status-times=2");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    let path = format!("/api/v1/ppt/presentation/status/{id}");
    assert!(is_sign_in(&caller.get(&path)));
    assert!(is_sign_in(&caller.get(&path)));
    assert_eq!(caller.read(&path)["id"], id);
}

#[test]
fn before_a_job_is_made() {
    let mut caller = Caller::of("presenton,submit=html,submit-times=1");
    let submit = json!({"content": "Tea"});
    assert!(is_sign_in(&caller.post(V1, &submit)));
    assert_eq!(caller.log()["jobs"], 0);
    caller.submit(submit);
    assert_eq!(caller.log()["jobs"], 1);
}
