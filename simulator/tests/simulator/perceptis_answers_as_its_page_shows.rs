use serde_json::{Value, json};

use crate::harness::*;

#[test]
fn a_submit_gives_an_id() {
    let mut caller = Caller::of("perceptis");
    let reply = caller.accepted(PERCEPTIS, json!({"prompt": "Tea", "output_type": "deck"}));
    let id = string(&reply, "/job_id");
    assert_eq!(id.len(), "550e8400-e29b-41d4-a716-446655440000".len());
    assert_eq!(reply, json!({"job_id": id, "status": "pending"}));
}

#[test]
fn a_job_is_pending_then_processing() {
    let mut caller = Caller::of("perceptis,duration=1000");
    let id = caller.job(json!({"prompt": "Tea", "output_type": "deck"}));
    for (after_ms, word) in [
        (0, "pending"),
        (99, "pending"),
        (100, "processing"),
        (999, "processing"),
    ] {
        assert_eq!(
            caller.job_at(&id, after_ms),
            json!({"job_id": id, "status": word, "output_type": "deck", "error": null})
        );
    }
}

#[test]
fn downloads_may_be_missing_null_or_empty_until_it_is_done() {
    for (word, told) in [
        ("missing", None),
        ("null", Some(Value::Null)),
        ("empty", Some(json!([]))),
    ] {
        let mut caller = Caller::of(&format!("perceptis,duration=1000,downloads={word}"));
        let id = caller.job(json!({"prompt": "Tea", "output_type": "deck"}));
        for after_ms in [0, 500] {
            assert_eq!(caller.job_at(&id, after_ms).get("downloads"), told.as_ref());
        }
        let done = caller.job_at(&id, 1000);
        assert_eq!(
            done["downloads"].as_array().map(Vec::len),
            Some(1),
            "{word}"
        );
    }
}

#[test]
fn completed_has_a_signed_link() {
    let segment = "perceptis,duration=1000";
    let mut caller = Caller::of(segment);
    let id = caller.job(json!({"prompt": "Tea", "output_type": "single_slide"}));
    let done = caller.job_at(&id, 1000);
    let url = string(&done, "/downloads/0/url");
    let start = format!("http://deck.test/sim/{segment}/downloads/{id}.pptx?expires=");
    assert!(
        url.starts_with(&start) && url.contains("&signature="),
        "{url}"
    );
    assert_eq!(
        done,
        json!({
            "job_id": id,
            "status": "completed",
            "output_type": "single_slide",
            "downloads": [{"url": url, "format": "pptx", "variant": 1}],
            "error": null,
        })
    );
}

#[test]
fn a_deck_is_one_file_with_the_prompts_words() {
    let mut caller = Caller::of("perceptis,duration=0");
    let body = json!({"prompt": "Tea & cake\nServed at four", "output_type": "deck", "template_name": "Pitch"});
    let id = caller.job(body);
    let done = caller.job_at(&id, 0);
    assert_eq!(done["downloads"].as_array().map(Vec::len), Some(1));
    let file = caller.open(&string(&done, "/downloads/0/url"));
    let deck = slides(&file.body);
    assert_eq!(deck.len(), 8);
    assert_eq!(deck[0].0, "Tea & cake");
    assert_eq!(deck[0].1[1], "Served at four");
    assert!(deck[7].1[1].ends_with("Template: Pitch"), "{:?}", deck[7]);
    let media = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    assert_eq!(file.header("content-type"), Some(media));
}

#[test]
fn a_single_slide_has_as_many_files_as_variants() {
    let mut caller = Caller::of("perceptis,duration=0");
    let image = json!({"data": "aGVsbG8=", "mime_type": "image/png"});
    let id = caller.job(json!({
        "prompt": "Tea",
        "output_type": "single_slide",
        "variant_count": 3,
        "reference_images": [image],
        "use_web_search": true,
        "use_knowledge_base": false,
    }));
    let done = caller.job_at(&id, 0);
    let downloads = done["downloads"].as_array().expect("a list").clone();
    let numbers: Vec<&Value> = downloads.iter().map(|it| &it["variant"]).collect();
    assert_eq!(numbers, [1, 2, 3]);
    for download in &downloads {
        assert_eq!(download["format"], "pptx");
        let file = caller.open(&string(download, "/url"));
        let deck = slides(&file.body);
        assert_eq!(deck.len(), 1);
        assert_eq!(deck[0].0, "Tea");
        let mark = format!("Reference images: 1; Variant {}", download["variant"]);
        assert_eq!(deck[0].1[1], mark);
    }
}

#[test]
fn failed_has_an_error_and_no_downloads() {
    for word in ["key", "model", "renderer", "outline", "failed"] {
        let mut caller = Caller::of(&format!(
            "perceptis,duration=1000,fail={word},downloads=null"
        ));
        let id = caller.job(json!({"prompt": "Tea", "output_type": "deck"}));
        let failed = caller.job_at(&id, 500);
        let message = string(&failed, "/error/message");
        assert_eq!(
            failed,
            json!({
                "job_id": id,
                "status": "failed",
                "output_type": "deck",
                "error": {"code": "generation_failed", "message": message},
            })
        );
    }
}

#[test]
fn hostile_texts_and_links() {
    let mut caller = Caller::of("perceptis,duration=0,hostile=1");
    let id = caller.job(json!({"prompt": "Tea", "output_type": "deck"}));
    let done = caller.job_at(&id, 0);
    assert!(string(&done, "/downloads/1/url").starts_with("javascript:"));
    let file = caller.open(&string(&done, "/downloads/0/url"));
    assert!(slides(&file.body)[0].0.starts_with("<script>"));
    let mut caller = Caller::of("perceptis,duration=0,hostile=1,fail=model");
    let id = caller.job(json!({"prompt": "Tea", "output_type": "deck"}));
    assert!(string(&caller.job_at(&id, 0), "/error/message").contains("<script>"));
}
