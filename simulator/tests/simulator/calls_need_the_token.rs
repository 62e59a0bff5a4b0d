use serde_json::json;

use crate::harness::*;

#[test]
fn without_it_they_are_401_without_cors_headers() {
    let mut caller = Caller::of("presenton,auth=sk-1").with("Origin", "http://page.test");
    let reply = caller.post(V1, &json!({"content": "Tea"}));
    assert_eq!(reply.status, 401);
    assert_eq!(reply.json(), Some(json!({"detail": "Unauthorized"})));
    assert_eq!(reply.header("access-control-allow-origin"), None);
    assert_eq!(caller.log()["submits"], 1);
}

#[test]
fn with_it_they_pass() {
    let mut caller = Caller::of("presenton,auth=sk-1").with("Authorization", "Bearer sk-1");
    caller.submit(json!({"content": "Tea"}));
}

#[test]
fn files_need_it_too() {
    let mut caller = Caller::of("presenton,auth=sk-1,duration=0");
    assert_eq!(caller.get("/app_data/exports/Tea.pptx").status, 401);
}

#[test]
fn a_preflight_does_not() {
    let mut caller = Caller::of("presenton,auth=sk-1").with("Origin", "http://page.test");
    let request = slidewright_simulator::Request::new("OPTIONS", V1)
        .header("Access-Control-Request-Method", "POST");
    assert_eq!(caller.send(request).status, 200);
}

#[test]
fn a_later_start_lets_the_first_calls_pass() {
    let mut caller = Caller::of("presenton,auth=sk-1,auth-after=2");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    let reply = caller.get(&format!("/api/v1/ppt/presentation/status/{id}"));
    assert_eq!(reply.status, 401);
}
