use serde_json::{Value, json};
use slidewright_simulator::{Fault, Reply};

use crate::harness::*;

fn status(word: &str) -> Reply {
    let mut caller = Caller::of(&format!("presenton,status={word},duration=1000"));
    let id = id(&caller.submit(json!({"content": "Tea"})));
    caller.get(&format!("/api/v1/ppt/presentation/status/{id}"))
}

#[test]
fn codes_come_with_the_observed_bodies() {
    for code in [
        400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 422, 425, 428, 429, 500, 502, 503, 504,
    ] {
        assert_eq!(status(&code.to_string()).status, code);
    }
    assert_eq!(
        status("401").json(),
        Some(json!({"detail": "Unauthorized"}))
    );
    assert_eq!(
        status("428").json(),
        Some(json!({"detail": "Login setup is required", "setup_required": true}))
    );
    assert_eq!(
        status("404").json(),
        Some(json!({"detail": "No presentation generation task found"}))
    );
    assert_eq!(text(&status("500")), "Internal Server Error");
    assert!(text(&status("502")).starts_with("<html>"));
    assert!(status("422").json().expect("JSON")["detail"].is_array());
}

#[test]
fn bodies_are_spoiled_as_the_word_says() {
    assert_eq!(
        (status("202empty").status, status("202empty").body.len()),
        (202, 0)
    );
    assert_eq!((status("204").status, status("204").body.len()), (204, 0));
    assert_eq!(
        (status("empty").status, status("empty").body.len()),
        (200, 0)
    );
    assert_eq!(
        status("html").header("content-type"),
        Some("text/html; charset=utf-8")
    );
    for word in ["garbage", "truncated"] {
        let reply = status(word);
        assert_eq!(reply.header("content-type"), Some("application/json"));
        assert!(!reply.body.is_empty() && reply.json().is_none(), "{word}");
    }
    assert!(status("huge").body.len() > 10_000_000);
    assert!(status("deep").body.starts_with(&[b'['; 10_000]));
    let problem = status("problem");
    assert_eq!(
        problem.header("content-type"),
        Some("application/problem+json")
    );
    let body = problem.json().expect("JSON");
    assert_eq!(body["code"], "quota");
    assert_eq!(body["action"]["href"], "https://example.org/upgrade");
}

#[test]
fn a_true_reply_is_changed_in_one_place() {
    let reply = status("noid").json().expect("JSON");
    assert_eq!(
        (&reply["id"], &reply["status"]),
        (&Value::Null, &json!("pending"))
    );
    let reply = status("unknown-word").json().expect("JSON");
    assert_eq!(reply["status"], "warming_up");
    assert!(reply["id"].is_string());
}

#[test]
fn faults_are_left_to_the_transport() {
    assert_eq!(status("drop").fault, Some(Fault::Drop));
    assert_eq!(status("reset").fault, Some(Fault::ResetMidBody));
    assert_eq!(status("hang").fault, Some(Fault::Hang));
    assert_eq!(status("cut").fault, Some(Fault::CutMidBody));
    assert!(matches!(status("slow").fault, Some(Fault::Drip { .. })));
    let over = |over_ms| Some(Fault::Trickle { over_ms });
    assert_eq!(status("drip").fault, over(3000));
    assert_eq!(status("drip,drip-ms=70").fault, over(70));
}

#[test]
fn progress_can_go_backwards() {
    let mut caller = Caller::of("presenton,contract=b,status=backwards,duration=1000");
    let id = id(&caller.submit(json!({"content": "Tea", "n_slides": 4})));
    let counts: Vec<Value> = (0..4)
        .map(|_| caller.task_at(&id, 5000)["data"]["created_slides"].clone())
        .collect();
    assert_eq!(counts, [4, 1, 0, 0]);
}

#[test]
fn only_the_first_calls_are_met() {
    let mut caller = Caller::of("presenton,status=503,status-times=2,retry-after=Wed_x");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    let path = format!("/api/v1/ppt/presentation/status/{id}");
    let replies: Vec<Reply> = (0..3).map(|_| caller.get(&path)).collect();
    let codes: Vec<u16> = replies.iter().map(|it| it.status).collect();
    assert_eq!(codes, [503, 503, 200]);
    assert_eq!(replies[0].header("retry-after"), Some("Wed x"));
    assert_eq!(replies[2].header("retry-after"), None);
}

#[test]
fn latency_delays_every_reply() {
    let mut caller = Caller::of("presenton,latency=70");
    assert_eq!(caller.get("/api/v1/ppt/template/all").delay_ms, 70);
}
