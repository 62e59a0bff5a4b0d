use serde_json::{Value, json};

use crate::harness::*;

fn link(done: &Value) -> String {
    string(done, "/downloads/0/url")
}

fn deck() -> Value {
    json!({"prompt": "Tea", "output_type": "deck"})
}

#[test]
fn for_an_hour_unless_the_scenario_says() {
    for (segment, life_ms) in [
        ("perceptis,duration=0", 3_600_000),
        ("perceptis,duration=0,life=2", 2000),
    ] {
        let mut caller = Caller::of(segment);
        let id = caller.job(deck());
        let url = link(&caller.job_at(&id, 0));
        caller.now = START + life_ms - 1;
        assert_eq!(caller.open(&url).status, 200, "{segment}");
        caller.now += 1;
        let late = caller.open(&url);
        assert_eq!(late.status, 403, "{segment}");
        assert_eq!(late.header("content-type"), Some("application/xml"));
        assert!(text(&late).contains("<Code>AccessDenied</Code>"));
    }
}

#[test]
fn the_status_gives_fresh_ones() {
    let mut caller = Caller::of("perceptis,duration=0,life=2");
    let id = caller.job(deck());
    let first = link(&caller.job_at(&id, 0));
    let second = link(&caller.job_at(&id, 5000));
    let parts = |url: &str| {
        let (rest, signature) = url.split_once("&signature=").expect(url);
        let (_, expires) = rest.split_once("?expires=").expect(url);
        (expires.to_owned(), signature.to_owned())
    };
    let (old, new) = (parts(&first), parts(&second));
    assert!(old.0 != new.0 && old.1 != new.1, "{first} {second}");
    assert_eq!(caller.open(&first).status, 403);
    assert_eq!(caller.open(&second).status, 200);
}

#[test]
fn they_need_no_key_but_their_own_signature() {
    let mut caller =
        Caller::of("perceptis,duration=0,auth=sk-1").with("Authorization", "Bearer sk-1");
    let id = caller.job(deck());
    let url = link(&caller.job_at(&id, 0));
    caller.headers.clear();
    assert_eq!(caller.open(&url).status, 200);
    for forged in [
        url.replace("signature=", "signature=0"),
        url.replace("expires=", "expires=9"),
        url.replace(".pptx", "-2.pptx"),
        url.replace("expires=", "expire="),
        url.split('?').next().expect("an address").to_owned(),
    ] {
        assert_eq!(caller.open(&forged).status, 403, "{forged}");
    }
    assert_eq!(caller.get(&format!("/api/v1/status/{id}")).status, 401);
}

#[test]
fn until_the_files_are_gone() {
    let mut caller = Caller::of("perceptis,duration=1000,gone-after=10");
    let id = caller.job(deck());
    let url = link(&caller.job_at(&id, 10_999));
    assert_eq!(caller.open(&url).status, 200);
    let later = caller.job_at(&id, 11_000);
    assert_eq!(later["status"], "completed");
    assert_eq!(later["downloads"], json!([]));
    let gone = caller.open(&url);
    assert_eq!(gone.status, 404);
    assert!(text(&gone).contains("<Code>NoSuchKey</Code>"));
}

#[test]
fn only_the_creating_key_sees_the_job() {
    let mut caller = Caller::of("perceptis").with("Authorization", "Bearer sk-1");
    let id = caller.job(deck());
    caller.headers[0].1 = "Bearer sk-2".into();
    let reply = caller.get(&format!("/api/v1/status/{id}"));
    assert_eq!(reply.status, 404);
    assert_eq!(reply.json().expect("JSON")["error"]["code"], "not_found");
}
