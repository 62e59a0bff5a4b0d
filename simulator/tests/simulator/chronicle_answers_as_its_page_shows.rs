use serde_json::{Value, json};

use crate::harness::*;

#[test]
fn a_submit_names_the_generation_and_where_to_poll() {
    let mut caller = Caller::of("chronicle");
    let reply = caller.accepted(CHRONICLE, json!({"prompt": "Agency pitch deck"}));
    let id = string(&reply, "/generation_id");
    assert!(id.starts_with("gen_"), "{id}");
    assert_eq!(
        reply,
        json!({
            "generation_id": id,
            "status": "generating",
            "poll_url": format!("/api/v1/presentations/generate/{id}/status"),
        })
    );
}

#[test]
fn without_a_template_a_storyline_comes_first() {
    let mut caller = Caller::of("chronicle,duration=10000");
    let id = caller.generation(json!({"prompt": "Agency pitch deck"}));
    assert_eq!(
        caller.generation_at(&id, 0),
        json!({"generation_id": id, "status": "generating", "phase": "storyline"})
    );
    assert_eq!(
        caller.generation_at(&id, 2000),
        json!({"generation_id": id, "status": "generating", "phase": "storyline", "tokens_used": 7640})
    );
    assert_eq!(
        caller.generation_at(&id, 6000),
        json!({
            "generation_id": id,
            "status": "generating",
            "phase": "slides",
            "progress": {
                "slides_total": 9,
                "slides_completed": 3,
                "current_step": "Creating slide 4 of 9",
            },
            "tokens_used": 22920,
        })
    );
}

#[test]
fn with_a_template_there_is_no_phase() {
    let mut caller = Caller::of("chronicle,duration=10000");
    let id = caller.generation(json!({"prompt": "Tea", "template_id": "tpl_pitch"}));
    let early = caller.generation_at(&id, 500);
    assert_eq!(
        (&early["phase"], &early["progress"]),
        (&Value::Null, &Value::Null)
    );
    let later = caller.generation_at(&id, 5500);
    assert_eq!(later["phase"], Value::Null);
    assert_eq!(
        later["progress"],
        json!({"slides_total": 5, "slides_completed": 2, "current_step": "Creating slide 3 of 5"})
    );
}

#[test]
fn completed_has_the_presentation() {
    let segment = "chronicle,duration=1000";
    let mut caller = Caller::of(segment);
    let id = caller.generation(json!({"prompt": "Agency pitch deck"}));
    let done = caller.generation_at(&id, 90_000);
    let deck = string(&done, "/presentation/id");
    let workspace = string(&done, "/presentation/workspace_id");
    assert!(deck.starts_with("pres_") && workspace.starts_with("ws_"));
    let presentation = json!({
        "id": deck,
        "title": "Agency pitch deck",
        "workspace_id": workspace,
        "sections": [],
        "is_public": false,
        "url": format!("http://deck.test/sim/{segment}/{workspace}/document/{deck}"),
        "created_at": "2026-11-21T23:58:09.153Z",
        "updated_at": "2026-11-21T23:58:10.153Z",
    });
    assert_eq!(
        done,
        json!({
            "generation_id": id,
            "status": "completed",
            "presentation": presentation,
            "tokens_used": 38200,
        })
    );
    assert_eq!(
        caller.read(&format!("/api/v1/presentations/{deck}")),
        presentation
    );
}

#[test]
fn a_presentation_is_there_only_when_it_is_done() {
    let mut caller = Caller::of("chronicle,duration=1000");
    let id = caller.generation(json!({"prompt": "Tea"}));
    let deck = string(&caller.generation_at(&id, 1000), "/presentation/id");
    caller.now -= 1;
    let reply = caller.get(&format!("/api/v1/presentations/{deck}"));
    assert_eq!(reply.status, 404);
    assert_eq!(
        reply.json().expect("JSON")["error"]["code"],
        "DOCUMENT_NOT_FOUND"
    );
}

#[test]
fn failed_has_a_plain_text() {
    let mut caller = Caller::of("chronicle,duration=1000,fail=failed");
    let id = caller.generation(json!({"prompt": "Tea"}));
    assert_eq!(
        caller.generation_at(&id, 500),
        json!({"generation_id": id, "status": "failed", "error": "Generation timed out"})
    );
}

#[test]
fn a_presentation_may_be_public() {
    let mut caller = Caller::of("chronicle,duration=0,public=1");
    let id = caller.generation(json!({"prompt": "Tea"}));
    let done = caller.generation_at(&id, 0);
    assert_eq!(done["presentation"]["is_public"], true);
    let page = caller.open(&string(&done, "/presentation/url"));
    assert!(text(&page).contains("Public."));
}

#[test]
fn the_page_shows_the_prompt_and_what_was_wished_for() {
    let mut caller = Caller::of("chronicle,duration=0");
    let id = caller.generation(json!({
        "prompt": "Tea & <cake>\nServed at four",
        "non_interactive": true,
        "narrative_type": "Guide",
        "rewrite_style": "Strong",
        "language": "de",
        "section_count": 3,
    }));
    let done = caller.generation_at(&id, 0);
    let page = caller.open(&string(&done, "/presentation/url"));
    assert_eq!(page.status, 200);
    let page = text(&page);
    assert!(page.contains("<h1>Tea &amp; &lt;cake&gt;</h1>"), "{page}");
    assert!(page.contains("Served at four"), "{page}");
    assert_eq!(page.matches("<h2>").count(), 3);
    for wish in [
        "narrative_type: Guide",
        "rewrite_style: Strong",
        "language: de",
    ] {
        assert!(page.contains(wish), "{page}");
    }
}

#[test]
fn wishes_count_only_without_template_and_questions() {
    let wishes = json!({"prompt": "Tea", "section_count": 3, "language": "de"});
    for (more, slides) in [
        (json!({}), 9),
        (json!({"non_interactive": false}), 9),
        (json!({"non_interactive": true}), 3),
        (json!({"non_interactive": true, "section_count": "auto"}), 9),
        (
            json!({"non_interactive": true, "template_id": "tpl_report"}),
            3,
        ),
        (
            json!({"non_interactive": true, "template_id": "tpl_plain"}),
            2,
        ),
        (
            json!({"template_id": "tpl_pitch", "selected_section_ids": ["sec_pitch_cover"]}),
            1,
        ),
        (json!({"selected_section_ids": ["nobody knows"]}), 9),
    ] {
        let mut body = wishes.clone();
        let given = more.as_object().expect("an object").clone();
        body.as_object_mut().expect("an object").extend(given);
        let mut caller = Caller::of("chronicle,duration=1000");
        let id = caller.generation(body);
        let state = caller.generation_at(&id, 900);
        assert_eq!(state["progress"]["slides_total"], slides, "{more}");
    }
}
