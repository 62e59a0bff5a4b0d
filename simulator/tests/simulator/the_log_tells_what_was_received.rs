use serde_json::{Value, json};
use slidewright_simulator::Request;

use crate::harness::*;

#[test]
fn in_order_with_lower_case_header_names() {
    let mut caller = Caller::of("presenton,run=log");
    caller.send(
        Request::new("POST", V1)
            .json("{}")
            .header("X-Twice", "a")
            .header("x-twice", "b"),
    );
    caller.now += 5;
    caller.get("/api/v1/ppt/template/all?include_defaults=true");
    let log = caller.log();
    assert_eq!(
        log,
        json!({
            "requests": [
                {
                    "method": "POST",
                    "path": V1,
                    "query": "",
                    "headers": {"content-type": "application/json", "host": "deck.test", "x-twice": "a, b"},
                    "body": "{}",
                    "status": 422,
                    "reused": false,
                    "at_ms": START,
                },
                {
                    "method": "GET",
                    "path": "/api/v1/ppt/template/all",
                    "query": "include_defaults=true",
                    "headers": {"host": "deck.test"},
                    "body": "",
                    "status": 200,
                    "reused": false,
                    "at_ms": START + 5,
                },
            ],
            "jobs": 0,
            "submits": 1,
            "keys": [],
        })
    );
}

#[test]
fn a_reply_that_never_comes_has_status_0() {
    let mut caller = Caller::of("presenton,submit=hang");
    caller.post(V1, &json!({"content": "Tea"}));
    assert_eq!(caller.log()["requests"][0]["status"], 0);
}

#[test]
fn a_reset_forgets_everything() {
    let mut caller = Caller::of("presenton,submit=500,submit-times=1");
    let submit = json!({"content": "Tea"});
    assert_eq!(caller.post(V1, &submit).status, 500);
    assert_eq!(caller.post(V1, &submit).status, 200);
    assert_eq!(caller.send(Request::new("POST", "/_reset")).status, 200);
    assert_eq!(
        caller.log(),
        json!({"requests": [], "jobs": 0, "submits": 0, "keys": Vec::<Value>::new()})
    );
    assert_eq!(caller.post(V1, &submit).status, 500);
}
