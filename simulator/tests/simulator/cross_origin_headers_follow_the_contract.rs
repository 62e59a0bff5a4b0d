use serde_json::json;
use slidewright_simulator::{Reply, Request};

use crate::harness::*;

const ORIGIN: &str = "http://page.test";

fn listed(scenario: &str) -> Reply {
    let mut caller = Caller::of(scenario).with("Origin", ORIGIN);
    caller.get("/api/v1/ppt/template/all")
}

fn allowed(reply: &Reply) -> (Option<&str>, Option<&str>) {
    (
        reply.header("access-control-allow-origin"),
        reply.header("access-control-allow-credentials"),
    )
}

#[test]
fn a_allows_any_without_credentials() {
    assert_eq!(allowed(&listed("presenton,contract=a")), (Some("*"), None));
}

#[test]
fn b_and_c_echo_and_allow_credentials() {
    for contract in ["b", "c"] {
        let reply = listed(&format!("presenton,contract={contract}"));
        assert_eq!(allowed(&reply), (Some(ORIGIN), Some("true")));
        assert_eq!(reply.header("access-control-expose-headers"), None);
    }
}

#[test]
fn the_cloud_says_nothing() {
    assert_eq!(allowed(&listed("presenton,contract=cloud")), (None, None));
    let mut caller = Caller::of("presenton-v3").with("Origin", ORIGIN);
    let preflight = Request::new("OPTIONS", V3).header("Access-Control-Request-Method", "POST");
    let reply = caller.send(preflight);
    assert_eq!((reply.status, allowed(&reply)), (405, (None, None)));
}

#[test]
fn a_scenario_may_say_otherwise() {
    assert_eq!(
        allowed(&listed("presenton,contract=cloud,cors=a")).0,
        Some("*")
    );
    assert_eq!(
        allowed(&listed("presenton,contract=a,cors=none")),
        (None, None)
    );
}

#[test]
fn a_preflight_gets_what_it_asked_for() {
    let mut caller = Caller::of("presenton").with("Origin", ORIGIN);
    let reply = caller.send(
        Request::new("OPTIONS", V1)
            .header("Access-Control-Request-Method", "POST")
            .header(
                "Access-Control-Request-Headers",
                "content-type,authorization",
            ),
    );
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("access-control-allow-methods"), Some("POST"));
    assert_eq!(
        reply.header("access-control-allow-headers"),
        Some("content-type,authorization")
    );
}

#[test]
fn refusals_are_readable_but_for_four_codes() {
    for (code, readable) in [
        (400, true),
        (404, true),
        (405, true),
        (422, true),
        (401, false),
        (428, false),
        (500, false),
        (502, false),
    ] {
        let mut caller = Caller::of(&format!("presenton,submit={code}")).with("Origin", ORIGIN);
        let reply = caller.post(V1, &json!({"content": "Tea"}));
        assert_eq!(reply.status, code);
        assert_eq!(allowed(&reply).0.is_some(), readable, "{code}");
    }
}

#[test]
fn files_carry_none() {
    let mut caller = Caller::of("presenton,duration=0").with("Origin", ORIGIN);
    let id = id(&caller.submit(json!({"content": "Tea"})));
    let path = string(&caller.task_at(&id, 0), "/data/path");
    let file = caller.file(&path);
    assert_eq!((file.status, allowed(&file)), (200, (None, None)));
}

#[test]
fn the_log_is_open_to_all() {
    let mut caller = Caller::of("presenton,cors=none").with("Origin", ORIGIN);
    assert_eq!(allowed(&caller.get("/_log")).0, Some("*"));
}
