use crate::harness::*;

const LIST: &str = "/api/v1/ppt/template/all";

#[test]
fn until_a_minute_has_passed() {
    let mut caller = Caller::of("presenton,rate=2,retry-after=30");
    assert_eq!(caller.get(LIST).status, 200);
    caller.now += 1000;
    assert_eq!(caller.get(LIST).status, 200);
    let refused = caller.get(LIST);
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), Some("30"));
    assert!(refused.json().expect("JSON")["detail"].is_string());
    caller.now = START + 60_000;
    assert_eq!(caller.get(LIST).status, 200);
    assert_eq!(caller.get(LIST).status, 429);
}

#[test]
fn retry_after_is_sent_only_where_asked_for() {
    let mut caller = Caller::of("presenton,rate=0");
    let refused = caller.get(LIST);
    assert_eq!((refused.status, refused.header("retry-after")), (429, None));
}
