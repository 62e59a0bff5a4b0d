use serde_json::{Value, json};

use crate::harness::*;

fn keys(object: &Value) -> Vec<&str> {
    let fields = object.as_object().expect("an object");
    fields.keys().map(String::as_str).collect()
}

#[test]
fn a_submit_is_202_with_an_absolute_status_url() {
    let mut caller = Caller::of("duomi");
    let reply = caller.post(DUOMI, &plain_slides(5));
    assert_eq!(reply.status, 202);
    let body = reply.json().expect("JSON");
    let id = string(&body, "/generation_id");
    assert!(id.starts_with("gen_") && id.len() == 16, "{id}");
    let message = string(&body, "/message");
    assert_eq!(
        body,
        json!({
            "generation_id": id,
            "status": "pending",
            "status_url": format!("http://deck.test/sim/duomi/api/v1/presentations/{id}/status"),
            "created_at": "2026-11-21T23:58:09Z",
            "message": message,
        })
    );
    assert_eq!(caller.open(&string(&body, "/status_url")).status, 200);
}

#[test]
fn a_single_slide_is_answered_the_same() {
    let mut caller = Caller::of("duomi,duration=0");
    let body = slide("Tea", json!([{"bullets": ["Yunnan"]}]));
    let reply = caller.post("/api/v1/presentations/generate", &body);
    assert_eq!(reply.status, 202);
    let url = string(&reply.json().expect("JSON"), "/status_url");
    let done = caller.open(&url).json().expect("JSON");
    assert_eq!(
        (&done["status"], &done["total_slides_requested"]),
        (&json!("completed"), &json!(1))
    );
}

#[test]
fn nothing_is_known_while_pending() {
    let mut caller = Caller::of("duomi,duration=1000");
    let status = service("duomi").start(&mut caller);
    let body = caller.json_at(&status, 0);
    let id = string(&body, "/generation_id");
    assert_eq!(
        body,
        json!({
            "generation_id": id,
            "status": "pending",
            "created_at": "2026-11-21T23:58:09Z",
            "progress": 0,
            "current_step": null,
            "message": null,
            "total_slides_requested": 2,
            "total_pages_generated": 0,
            "slide_results": null,
            "file_size": null,
            "download_url": null,
            "download_url_expires_in": null,
            "error": null,
            "started_at": null,
            "completed_at": null,
        })
    );
}

#[test]
fn progress_and_step_grow_while_processing() {
    let mut caller = Caller::of("duomi,duration=10000");
    let reply = caller.post(DUOMI, &plain_slides(5)).json().expect("JSON");
    let status = service("duomi").status(&reply);
    let mut last = 0;
    for (after, step) in [(600, 1), (2500, 2), (4100, 3), (9999, 5)] {
        let body = caller.json_at(&status, after);
        assert_eq!(body["status"], "processing");
        assert_eq!(
            body["current_step"],
            format!("Generating slide {step} of 5")
        );
        let progress = body["progress"].as_u64().expect("a whole number");
        assert!(progress > last && progress < 100);
        last = progress;
        assert!(body["started_at"].is_string());
        for field in [
            "message",
            "slide_results",
            "file_size",
            "download_url",
            "error",
            "completed_at",
        ] {
            assert_eq!(body[field], Value::Null, "{field}");
        }
    }
}

#[test]
fn completed_has_every_field_of_the_example() {
    let mut caller = Caller::of("duomi,duration=20000");
    let reply = caller.post(DUOMI, &plain_slides(2)).json().expect("JSON");
    let status = service("duomi").status(&reply);
    let body = caller.json_at(&status, 20_000);
    let url = string(&body, "/download_url");
    let file = caller.open(&url);
    let result = |index: usize| {
        json!({
            "slide_index": index,
            "template_slide_id": "slide_abc123def456",
            "status": "completed",
            "pages_generated": 1,
            "error": null,
        })
    };
    assert_eq!(
        body,
        json!({
            "generation_id": reply["generation_id"],
            "status": "completed",
            "created_at": "2026-11-21T23:58:09Z",
            "progress": 100,
            "current_step": "Generating slide 2 of 2",
            "message": "Generated 2 pages from 2/2 slides",
            "total_slides_requested": 2,
            "total_pages_generated": 2,
            "slide_results": [result(0), result(1)],
            "file_size": file.body.len(),
            "download_url": url,
            "download_url_expires_in": 3600,
            // As in the page's example: filled, and of no meaning here.
            "error": {"code": "GENERATION_FAILED", "message": "Template not found"},
            "started_at": "2026-11-21T23:58:10Z",
            "completed_at": "2026-11-21T23:58:29Z",
        })
    );
    assert_eq!(slides(&file.body).len(), 2);
}

#[test]
fn failed_tells_code_and_message() {
    for (word, error) in [
        (
            "key",
            json!({"code": "GENERATION_FAILED", "message": "Storage credentials were refused"}),
        ),
        (
            "model",
            json!({"code": "GENERATION_FAILED", "message": "Template not found"}),
        ),
        (
            "renderer",
            json!({"code": "GENERATION_TIMEOUT", "message": "Generation timed out"}),
        ),
        (
            "outline",
            json!({"code": "NO_VALID_SLIDES", "message": "No valid slides to generate"}),
        ),
        ("failed", Value::Null),
    ] {
        let mut caller = Caller::of(&format!("duomi,duration=1000,fail={word}"));
        let status = service("duomi").start(&mut caller);
        assert_eq!(caller.json_at(&status, 499)["status"], "processing");
        let body = caller.json_at(&status, 500);
        assert_eq!(body["status"], "failed");
        assert_eq!(body["error"], error);
        assert_eq!(body["progress"], 50);
        assert_eq!(body["total_pages_generated"], 0);
        assert_eq!(body["slide_results"][1]["status"], "failed");
        assert!(body["slide_results"][1]["error"].is_string());
        assert!(body["completed_at"].is_string());
        for field in ["file_size", "download_url", "download_url_expires_in"] {
            assert_eq!(body[field], Value::Null);
        }
        assert_eq!(keys(&body).len(), 15);
    }
}

#[test]
fn errors_have_the_documented_envelopes() {
    let code = |code: u16| {
        let mut caller = Caller::of(&format!("duomi,submit={code}"));
        let reply = caller.post(DUOMI, &plain_slides(1));
        assert_eq!(reply.status, code);
        reply.json().expect("JSON")
    };
    for plain in [400, 401, 403, 404, 429, 503] {
        assert!(code(plain)["detail"].is_string(), "{plain}");
    }
    assert!(code(422)["detail"].is_array());
    let body = code(500);
    assert_eq!(body["error"]["code"], "INTERNAL_SERVER_ERROR");
    assert_eq!(body["error"]["details"], json!({}));
    assert!(body["error"]["message"].is_string());
    let unknown = Caller::of("duomi").get("/api/v1/presentations/gen_x/status");
    assert_eq!(unknown.status, 404);
    assert!(unknown.json().expect("JSON")["detail"].is_string());
}
