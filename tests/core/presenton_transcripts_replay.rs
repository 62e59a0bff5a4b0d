//! The replies of `presenton-observed.md` and of the asynchronous guide, from
//! submit to the end.

use crate::harness::{Visit, answer, ok};
use slidewright::job::{FailureKind, State};
use slidewright::status::LinkKind;

/// Submits and answers every poll with the next reply; tells the end.
fn replay(replies: &[&str]) -> Visit {
    let mut visit = Visit::new();
    visit.submit();
    let (submit, polls) = replies.split_first().expect("a reply to the submit");
    visit.reply(ok(submit));
    for reply in polls {
        assert_eq!(visit.state(), State::Waiting, "before {reply}");
        visit.poll(ok(reply));
    }
    visit
}

#[test]
fn contract_a_stays_pending_and_ends_with_relative_paths() {
    let visit = replay(&[
        r#"{"status":"pending","message":"Queued for generation","data":null,"id":"task-e5a9","error":null,"created_at":"2026-11-21T23:58:09.153004","updated_at":"2026-11-21T23:58:09.153141"}"#,
        r#"{"status":"pending","message":"Generating presentation outlines","data":null,"id":"task-e5a9","error":null,"created_at":"2026-11-21T23:58:09.153004","updated_at":"2026-11-21T23:58:10.1"}"#,
        r#"{"status":"completed","message":"Presentation generation completed","id":"task-e5a9","error":null,"data":{"presentation_id":"70a89a66-b84f-4d34-8595-1448179f20cf","path":"/app_data/exports/Stub slide 1  - First point of slide 1.pptx","edit_path":"/presentation?id=70a89a66-b84f-4d34-8595-1448179f20cf"}}"#,
    ]);
    let shown = visit.shown();
    assert_eq!(shown.state, State::Done);
    assert_eq!(
        shown.status.downloads[0].url,
        "/relay/app_data/exports/Stub%20slide%201%20%20-%20First%20point%20of%20slide%201.pptx?job=task-e5a9"
    );
    assert_eq!(shown.status.downloads[0].format, "pptx");
    assert_eq!(
        shown.status.links[0].url,
        "/relay/presentation?id=70a89a66-b84f-4d34-8595-1448179f20cf"
    );
    assert_eq!(shown.status.links[0].kind, LinkKind::Edit);
}

#[test]
fn contract_b_counts_slides_and_completes_without_any_link() {
    let mut visit = replay(&[
        r#"{"type":"presentation.generate","id":"task-0bc9","data":{"created_slides":0,"remaining_slides":3},"error":null,"message":"Queued for generation","status":"pending","created_at":"2026-11-21T23:58:21.215689","updated_at":"2026-11-21T23:58:21.215694"}"#,
        r#"{"type":"presentation.generate","id":"task-0bc9","data":{"created_slides":2,"remaining_slides":1},"error":null,"message":"Generating slides","status":"processing"}"#,
    ]);
    let status = visit.shown().status;
    assert_eq!(
        (
            status.progress.slides_done,
            status.progress.slides_total,
            status.progress.percent
        ),
        (Some(2), Some(3), Some(66))
    );
    assert_eq!(status.step.as_deref(), Some("Generating slides"));
    visit.poll(ok(r#"{"id":"task-0bc9","data":{"created_slides":3,"remaining_slides":0},"message":"Fetching assets for slides","status":"processing"}"#));
    assert_eq!(visit.state(), State::Waiting, "assets and export follow");
    visit.poll(ok(r#"{"id":"task-0bc9","data":{"created_slides":3,"remaining_slides":0},"error":null,"message":"Presentation generation completed","status":"completed"}"#));
    let shown = visit.shown();
    assert_eq!(shown.state, State::Done);
    assert!(shown.status.downloads.is_empty() && shown.status.links.is_empty());
}

#[test]
fn contract_c_ends_with_all_five_fields_and_survives_a_restart_by_failing() {
    let visit = replay(&[
        r#"{"type":"presentation.generate","id":"task-c","status":"pending","message":"Queued for generation","data":{"created_slides":0,"remaining_slides":3,"presentation_id":"p"},"error":null,"created_at":"2026-11-21T23:58:21.215689+00:00"}"#,
        r#"{"id":"task-c","status":"completed","data":{"created_slides":3,"remaining_slides":0,"presentation_id":"p","path":"/app_data/exports/Bees.pptx","edit_path":"/presentation?id=p"},"error":null}"#,
    ]);
    assert_eq!(visit.shown().status.downloads.len(), 1);
    let visit = replay(&[
        r#"{"id":"task-c","status":"pending","data":{"created_slides":0,"remaining_slides":3},"error":null}"#,
        r#"{"id":"task-c","status":"error","data":{"created_slides":1,"remaining_slides":2},"error":{"status_code":503,"detail":"Server restarted"}}"#,
    ]);
    assert_eq!(visit.state(), State::Failed);
}

#[test]
fn the_cloud_gives_absolute_addresses_and_counts_credits() {
    let visit = replay(&[
        r#"{"id":"task-9a827c13f4","status":"pending","message":"Presentation generation task created","created_at":"2025-09-14T08:00:00Z","updated_at":"2025-09-14T08:00:00Z","data":{}}"#,
        r#"{"id":"task-9a827c13f4","status":"processing","message":"Generating slides","created_at":"2025-09-14T08:00:00Z","updated_at":"2025-09-14T08:00:30Z","data":{}}"#,
        r#"{"id":"task-9a827c13f4","status":"completed","message":"Presentation generated successfully","created_at":"2025-09-14T08:00:00Z","updated_at":"2025-09-14T08:01:30Z","data":{"presentation_id":"d3000f96-096c-4768-b67b-e99aed029b57","path":"https://api.presenton.ai/static/user_data/d3000f96-096c-4768-b67b-e99aed029b57/Introduction_to_Machine_Learning.pptx","edit_path":"https://presenton.ai/presentation?id=d3000f96-096c-4768-b67b-e99aed029b57","credits_consumed":5}}"#,
    ]);
    let status = visit.shown().status;
    assert_eq!(status.credits, Some(5));
    assert_eq!(
        status.downloads[0].url,
        "https://api.presenton.ai/static/user_data/d3000f96-096c-4768-b67b-e99aed029b57/Introduction_to_Machine_Learning.pptx"
    );
}

#[test]
fn task_errors_come_inside_a_200_and_their_codes_are_not_the_visitors() {
    for (error, said) in [
        (
            r#"{"status_code":401,"detail":"Invalid API key. Please verify your API key and try again."}"#,
            "Invalid API key. Please verify your API key and try again.",
        ),
        (
            r#"{"status_code":500,"detail":"OpenAI API error: Error code: 429 - {'error': {'message': '…'}}"}"#,
            "OpenAI API error: Error code: 429 - {'error': {'message': '…'}}",
        ),
        (
            r#"{"status_code":404,"detail":"Template 'general' not found: <html>\r\n<head><title>502 Bad Gateway</title></head>"}"#,
            "Template 'general' not found: 502 Bad Gateway",
        ),
        (
            r#"{"status_code":400,"detail":"Failed to generate presentation outlines. Please try again."}"#,
            "Failed to generate presentation outlines. Please try again.",
        ),
    ] {
        let reply = format!(
            r#"{{"status":"error","message":"Presentation generation failed","id":"t","data":null,"error":{error}}}"#
        );
        let visit = replay(&[r#"{"id":"t","status":"pending"}"#, &reply]);
        let failure = visit.shown().failure.expect("a failure");
        assert_eq!(
            (failure.kind, failure.said.as_deref()),
            (FailureKind::Task, Some(said))
        );
        assert_eq!(visit.shown().notice, None, "nobody is signed out");
    }
}

#[test]
fn http_errors_of_the_submit_keep_their_words() {
    for (code, body, said) in [
        (
            400,
            r#"{"detail":"Number of slides cannot be greater than 50"}"#,
            Some("Number of slides cannot be greater than 50"),
        ),
        (
            405,
            r#"{"detail":"Method Not Allowed"}"#,
            Some("Method Not Allowed"),
        ),
        (
            428,
            r#"{"detail":"Login setup is required","setup_required":true}"#,
            Some("Login setup is required"),
        ),
        (
            422,
            r#"{"detail":[{"type":"missing","loc":["body","content"],"msg":"Field required","input":{"n_slides":3}}]}"#,
            None,
        ),
    ] {
        let mut visit = Visit::new();
        visit.submit();
        visit.reply(answer(code, body));
        assert_eq!(visit.state(), State::Drafting, "{code}");
        assert_eq!(
            visit.shown().refusal.expect("a refusal").text.as_deref(),
            said
        );
    }
}
