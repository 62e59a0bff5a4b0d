use serde_json::{Value, json};

use crate::harness::*;

#[test]
fn a_submit_gives_the_tasks_id_and_no_more() {
    let reply = Caller::of("slidespeak").post(SLIDESPEAK, &json!({"plain_text": "Tea"}));
    assert_eq!(reply.status, 200);
    let body = reply.json().expect("JSON");
    assert_eq!(body, json!({"task_id": string(&body, "/task_id")}));
}

#[test]
fn its_words_are_upper_case_and_of_two_sources() {
    for (words, fail, told) in [
        ("docs", "", ["SENT", "SENT", "SUCCESS"]),
        (
            "docs",
            ",fail=model,fail-at=100",
            ["SENT", "SENT", "FAILURE"],
        ),
        ("mcp", "", ["PENDING", "PROCESSING", "SUCCESS"]),
        (
            "mcp",
            ",fail=model,fail-at=100",
            ["PENDING", "PROCESSING", "FAILED"],
        ),
    ] {
        let mut caller = Caller::of(&format!("slidespeak,duration=1000,words={words}{fail}"));
        let status = service("slidespeak").start(&mut caller);
        let found = [0, 999, 1000].map(|after| caller.json_at(&status, after));
        let found = found.map(|it| string(&it, "/task_status"));
        assert_eq!(found, told);
    }
}

#[test]
fn the_result_is_null_then_an_object() {
    let mut caller = Caller::of("slidespeak,duration=1000");
    let accepted = caller.post(SLIDESPEAK, &json!({"plain_text": "Tea", "length": 3}));
    let accepted = accepted.json().expect("JSON");
    let status = service("slidespeak").status(&accepted);
    assert_eq!(
        caller.json_at(&status, 999),
        json!({
            "task_id": accepted["task_id"],
            "task_status": "SENT",
            "task_result": null,
            "task_info": null,
        })
    );
    let done = caller.json_at(&status, 1000);
    let url = string(&done, "/task_result/url");
    let request = string(&done, "/task_result/request_id");
    assert_eq!(
        done["task_result"],
        json!({"url": url, "request_id": request})
    );
    let deck = slides(&caller.open(&url).body);
    assert_eq!((deck.len(), deck[0].0.as_str()), (3, "Tea"));
}

#[test]
fn a_failures_result_is_a_text() {
    for word in ["key", "model", "renderer", "outline"] {
        let mut caller = Caller::of(&format!("slidespeak,duration=0,fail={word}"));
        let status = service("slidespeak").start(&mut caller);
        assert!(caller.json_at(&status, 0)["task_result"].is_string());
    }
    let mut caller = Caller::of("slidespeak,duration=0,fail=failed");
    let status = service("slidespeak").start(&mut caller);
    assert_eq!(caller.json_at(&status, 0)["task_result"], Value::Null);
}

#[test]
fn the_deck_follows_the_request() {
    let mut caller = Caller::of("slidespeak,duration=0");
    let body = json!({
        "document_uuids": ["d-1"], "length": 4, "template": "default", "language": "ORIGINAL",
        "tone": "casual", "verbosity": "text-heavy", "fetch_images": false,
        "include_cover": false, "include_table_of_contents": true,
        "custom_user_instructions": "Short", "response_format": "pdf",
    });
    let accepted = caller.post(SLIDESPEAK, &body).json().expect("JSON");
    let status = service("slidespeak").status(&accepted);
    let url = string(&caller.json_at(&status, 0), "/task_result/url");
    let file = caller.open(&url);
    assert_eq!(file.header("content-type"), Some("application/pdf"));
    assert_eq!(text(&file).matches("/Type /Page\n").count(), 4);
}

#[test]
fn a_bad_request_is_refused() {
    for body in [
        json!({}),
        json!({"plain_text": " "}),
        json!({"plain_text": 1}),
        json!({"plain_text": "Tea", "length": 0}),
        json!({"plain_text": "Tea", "length": "5"}),
        json!({"plain_text": "Tea", "tone": "angry"}),
        json!({"plain_text": "Tea", "verbosity": "long"}),
        json!({"plain_text": "Tea", "include_cover": "yes"}),
        json!({"plain_text": "Tea", "response_format": "pptx"}),
    ] {
        let mut caller = Caller::of("slidespeak");
        let reply = caller.post(SLIDESPEAK, &body);
        assert_eq!(reply.status, 400, "{body}");
        assert!(reply.json().expect("JSON")["message"].is_string());
        assert_eq!(caller.log()["jobs"], 0);
    }
}

#[test]
fn templates_have_two_pictures() {
    let mut caller = Caller::of("slidespeak,auth=k").with("X-API-Key", "k");
    let all = caller.json_at("/api/v1/presentation/templates", 0);
    let all = all.as_array().expect("a list");
    assert!(!all.is_empty());
    caller.headers.clear();
    for template in all {
        assert!(template["name"].is_string());
        for kind in ["/images/cover", "/images/content"] {
            let picture = caller.open(&string(template, kind));
            assert_eq!(picture.header("content-type"), Some("image/png"));
            assert!(picture.body.starts_with(b"\x89PNG"));
        }
    }
    assert_eq!(caller.get("/images/none-cover.png").status, 404);
}
