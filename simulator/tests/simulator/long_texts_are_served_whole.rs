use std::io::Read;

use flate2::read::GzDecoder;
use serde_json::Value;
use slidewright_simulator::Reply;

use crate::harness::*;

/// Longest text of a JSON value, in characters.
fn longest(value: &Value) -> usize {
    match value {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.iter().map(longest).max().unwrap_or(0),
        Value::Object(fields) => fields.values().map(longest).max().unwrap_or(0),
        _ => 0,
    }
}

/// The replies to a submit and to a status call, of a job that works and of
/// one that failed.
fn replies(service: &Service, word: &str) -> Vec<Reply> {
    let mut all = Vec::new();
    for keys in ["duration=10000", "duration=0,fail=key"] {
        let segment = format!("{},{keys},submit={word},status={word}", service.name);
        let mut caller = Caller::of(&segment);
        all.push(caller.post(service.submit, &service.body));
        // The submit's own reply may be packed: the log's count is enough.
        assert_eq!(caller.log()["jobs"], 1);

        let mut caller = Caller::of(&format!("{},{keys},status={word}", service.name));
        let status = service.start(&mut caller);
        all.push(caller.get(&status));
    }
    all
}

#[test]
fn of_a_million_characters() {
    for service in services() {
        for reply in replies(&service, "million") {
            let body = reply.json().expect("JSON");
            assert_eq!(longest(&body), 1_000_000, "{}", service.name);
            assert!(body[service.id].is_string());
        }
    }
}

#[test]
fn of_fifty_million_in_fifty_kilobytes() {
    let service = service("duomi");
    let replies = replies(&service, "long-text");
    for reply in &replies {
        assert_eq!(reply.header("content-encoding"), Some("gzip"));
        assert_eq!(reply.header("content-type"), Some("application/json"));
        assert!(reply.body.len() < 60_000, "{}", reply.body.len());
    }
    // Unpacking takes its time: one shows what all share.
    let mut body = Vec::new();
    // Its sum and its length are looked at as well.
    let mut unpacking = GzDecoder::new(replies[1].body.as_slice());
    unpacking.read_to_end(&mut body).expect("a gzip file");
    let body: Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!(longest(&body), 50_000_000);
    assert!(body[service.id].is_string());
}

#[test]
fn in_a_field_of_their_own_where_there_is_none() {
    let service = service("gamma");
    let mut caller = Caller::of("gamma,status=million");
    let status = service.start(&mut caller);
    let body = caller.read(&status);
    assert_eq!(body["status"], "pending");
    assert_eq!(string(&body, "/message").len(), 1_000_000);
}
