use serde_json::{Value, json};

use crate::harness::*;

fn ended(segment: &str) -> (Caller, Value) {
    let mut caller = Caller::of(segment);
    let reply = caller.post(DUOMI, &plain_slides(3)).json().expect("JSON");
    let status = service("duomi").status(&reply);
    let body = caller.json_at(&status, 0);
    (caller, body)
}

#[test]
fn some_of_them_leave_a_partial_deck() {
    let (mut caller, body) = ended("duomi,duration=0,bad-slides=0.2.9");
    assert_eq!(body["status"], "partial");
    assert_eq!(body["progress"], 100);
    assert_eq!(body["message"], "Generated 1 pages from 1/3 slides");
    assert_eq!(body["total_slides_requested"], 3);
    assert_eq!(body["total_pages_generated"], 1);
    assert_eq!(body["error"], Value::Null);
    let words: Vec<_> = (0..3)
        .map(|at| {
            let result = &body["slide_results"][at];
            assert_eq!(result["slide_index"], at);
            let pages = result["pages_generated"].as_u64();
            (
                string(result, "/status"),
                pages,
                result["error"].is_string(),
            )
        })
        .collect();
    let bad = ("failed".to_owned(), Some(0), true);
    assert_eq!(
        words,
        [bad.clone(), ("completed".to_owned(), Some(1), false), bad]
    );
    let file = caller.open(&string(&body, "/download_url"));
    assert_eq!(body["file_size"], file.body.len());
    let deck = slides(&file.body);
    assert_eq!(deck.len(), 1);
    assert_eq!(deck[0].0, "Slide 2");
}

#[test]
fn all_of_them_leave_nothing() {
    let (_, body) = ended("duomi,duration=0,bad-slides=0.1.2");
    assert_eq!(body["status"], "failed");
    assert_eq!(body["error"]["code"], "NO_VALID_SLIDES");
    assert_eq!(body["message"], "Generated 0 pages from 0/3 slides");
    assert_eq!(body["slide_results"].as_array().map(Vec::len), Some(3));
    for field in ["file_size", "download_url", "download_url_expires_in"] {
        assert_eq!(body[field], Value::Null);
    }
}

#[test]
fn one_that_is_not_there_fails_nobody() {
    let (_, body) = ended("duomi,duration=0,bad-slides=7");
    assert_eq!(body["status"], json!("completed"));
}
