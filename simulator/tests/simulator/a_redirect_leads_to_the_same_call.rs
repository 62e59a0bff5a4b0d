use serde_json::json;
use slidewright_simulator::{Reply, Request};

use crate::harness::*;

/// What a browser does with a 307 of the same origin: the same again, there.
fn followed(caller: &mut Caller, redirect: &Reply, request: Request) -> Reply {
    assert_eq!((redirect.status, redirect.body.len()), (307, 0));
    let target = redirect.header("location").expect("a location");
    let root = format!("/sim/{}", caller.segment);
    let target = target.strip_prefix(&root).expect("this base path");
    let there = Request::new(&request.method, target);
    caller.send(Request {
        path: there.path,
        query: there.query,
        ..request
    })
}

#[test]
fn that_makes_the_job() {
    for service in services() {
        let mut caller = Caller::of(&format!("{},submit=307", service.name));
        let request = Request::new("POST", service.submit).json(&service.body.to_string());
        let redirect = caller.send(request.clone());
        assert_eq!(caller.log()["jobs"], 0);
        let reply = followed(&mut caller, &redirect, request);
        assert!(matches!(reply.status, 200..300), "{}", text(&reply));
        let status = service.status(&reply.json().expect("JSON"));
        assert_eq!(caller.get(&status).status, 200);
        assert_eq!(caller.log()["jobs"], 1);
    }
}

#[test]
fn that_tells_the_status() {
    let mut caller = Caller::of("presenton,status=307,duration=1000");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    let request = Request::new(
        "GET",
        &format!("/api/v1/ppt/presentation/status/{id}?a=1&b=%2F"),
    );
    let redirect = caller.send(request.clone());
    let task = followed(&mut caller, &redirect, request).json();
    assert_eq!(task.expect("a task")["id"], id);
}

#[test]
fn and_both_are_in_the_log() {
    let mut caller = Caller::of("presenton,submit=307");
    let request = Request::new("POST", V1)
        .json(r#"{"content": "Tea"}"#)
        .header("Idempotency-Key", "k1");
    let redirect = caller.send(request.clone());
    followed(&mut caller, &redirect, request);
    let log = caller.log();
    assert_eq!(log["submits"], 2);
    for (index, path) in [V1.to_owned(), format!("/_moved{V1}")].iter().enumerate() {
        let request = &log["requests"][index];
        assert_eq!(&request["path"], path);
        assert_eq!(request["body"], r#"{"content": "Tea"}"#);
        assert_eq!(request["headers"]["idempotency-key"], "k1");
    }
}

#[test]
fn and_other_origins_are_let_to_it_as_to_any_reply() {
    for (cors, allowed) in [("a", Some("*")), ("none", None)] {
        let segment = format!("presenton,submit=307,cors={cors}");
        let mut caller = Caller::of(&segment).with("Origin", "http://page.test");
        let reply = caller.post(V1, &json!({"content": "Tea"}));
        assert_eq!(reply.header("access-control-allow-origin"), allowed);
    }
}

#[test]
fn only_the_first_calls_are_sent_away() {
    let mut caller = Caller::of("presenton,submit=307,submit-times=2");
    let submit = Request::new("POST", V1).json(r#"{"content": "Tea"}"#);
    for _ in 0..2 {
        let redirect = caller.send(submit.clone());
        followed(&mut caller, &redirect, submit.clone());
    }
    assert_eq!(caller.send(submit).status, 200);
}

#[test]
fn what_lies_elsewhere_is_not_found_there() {
    let mut caller = Caller::of("presenton,submit=307");
    assert_eq!(caller.get("/_moved/nowhere").status, 404);
    assert_eq!(caller.get("/_moved").status, 404);
    assert_eq!(caller.get("/_movedaway").status, 404);
}
