use crate::harness::{Visit, WORKING, ok, presenton, read_status};
use proptest::prelude::*;
use slidewright::job::State;
use slidewright::json::Json;
use slidewright::provider::{HttpReply, JobId, ReplyBody};
use slidewright::status::{Progress, Site, Stage};

#[test]
fn the_five_status_words_mean_what_servers_mean_by_them() {
    let stage = |word: &str| {
        read_status(&format!(
            r#"{{"status":"{word}","data":{{"path":"/x.pptx"}},"error":{{"detail":"x"}}}}"#
        ))
        .stage
    };
    assert_eq!(stage("pending"), Stage::Queued);
    assert_eq!(stage("processing"), Stage::Working);
    assert_eq!(stage("completed"), Stage::Done);
    assert_eq!(stage("Completed"), Stage::Done);
    assert!(matches!(stage("error"), Stage::Failed(_)));
    assert!(matches!(stage("failed"), Stage::Failed(_)));
    assert_eq!(
        stage("warming_up"),
        Stage::Working,
        "an unknown word is still working"
    );
}

#[test]
fn links_are_believed_when_the_word_says_done_and_not_before() {
    let status =
        read_status(r#"{"status":"processing","data":{"path":"/x.pptx","edit_path":"/e"}}"#);
    assert!(status.downloads.is_empty() && status.links.is_empty());
}

#[test]
fn an_odd_field_costs_only_itself() {
    let status = read_status(
        r#"{"status":"completed","message":7,"data":{"path":["no"],"edit_path":"/presentation?id=1","created_slides":-4,"remaining_slides":"x","credits_consumed":"5"},"error":{}}"#,
    );
    assert_eq!(status.stage, Stage::Done);
    assert_eq!(status.links.len(), 1);
    assert_eq!(status.credits, Some(5));
    assert_eq!(status.progress, Progress::default());
}

#[test]
fn counts_out_of_bounds_are_shown_sanely() {
    let progress = |created: &str, remaining: &str| {
        read_status(&format!(r#"{{"status":"processing","data":{{"created_slides":{created},"remaining_slides":{remaining}}}}}"#)).progress
    };
    assert_eq!(progress("1", "3").percent, Some(25));
    assert_eq!(
        progress("0", "0"),
        Progress::default(),
        "before the outline: nothing is known"
    );
    assert_eq!(progress("1e300", "1"), Progress::default());
    assert_eq!(Progress::slides(Some(9), Some(4)).percent, Some(100));
}

#[test]
fn progress_never_runs_back_on_the_screen() {
    let mut visit = Visit::waiting();
    visit.poll(ok(WORKING));
    visit.poll(ok(r#"{"id":"task-1","status":"pending","message":"Queued","data":{"created_slides":0,"remaining_slides":3}}"#));
    let status = visit.shown().status;
    assert_eq!(
        (&status.stage, status.progress.slides_done),
        (&Stage::Working, Some(1))
    );
}

#[test]
fn no_remaining_slides_is_not_done() {
    let mut visit = Visit::waiting();
    visit.poll(ok(
        r#"{"status":"processing","data":{"created_slides":3,"remaining_slides":0}}"#,
    ));
    assert_eq!(visit.state(), State::Waiting);
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        any::<f64>().prop_map(Json::Number),
        Just(Json::Number(-1.0)),
        Just(Json::Number(1e300)),
        ".{0,20}".prop_map(Json::Text),
        Just(Json::Text("completed".into())),
        Just(Json::Text("/app_data/x.pptx".into())),
        Just(Json::Text("javascript:alert(1)".into())),
    ];
    let key = prop_oneof![
        Just("id".to_string()),
        Just("status".into()),
        Just("message".into()),
        Just("data".into()),
        Just("error".into()),
        Just("path".into()),
        Just("edit_path".into()),
        Just("created_slides".into()),
        Just("remaining_slides".into()),
        Just("detail".into()),
        Just("status_code".into()),
        Just("created_at".into()),
        ".{0,4}",
    ];
    leaf.prop_recursive(3, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Json::List),
            prop::collection::vec((key.clone(), inner), 0..8).prop_map(Json::Map),
        ]
    })
}

proptest! {
    #[test]
    fn any_document_gives_a_sensible_status_or_none(document in any_json(), code in 100_u16..600) {
        let provider = presenton();
        let job = JobId::parse("task-1").expect("an id");
        let site = Site::new("/relay", None);
        let reply = HttpReply { code, problem: false, retry_after: None, body: ReplyBody::Json(document) };
        if let Some(status) = provider.status(&reply, &job, &site) {
            prop_assert!(status.progress.percent.is_none_or(|percent| percent <= 100));
            for url in status.downloads.iter().map(|download| &download.url).chain(status.links.iter().map(|link| &link.url)) {
                prop_assert!(url.starts_with("/relay/") || url.starts_with("http"), "{}", url);
            }
        }
        provider.accepted(&reply, &site);
        let refusal = slidewright::provider::Refusal::read(&reply, &*provider);
        prop_assert!(refusal.text.is_none_or(|text| text.chars().count() <= 301));
    }
}

#[test]
fn a_total_that_shrinks_takes_what_is_done_along() {
    let mut visit = Visit::waiting();
    visit.poll(ok(
        r#"{"status":"processing","data":{"created_slides":5,"remaining_slides":3}}"#,
    ));
    visit.poll(ok(
        r#"{"status":"processing","data":{"created_slides":1,"remaining_slides":2}}"#,
    ));
    let progress = visit.shown().status.progress;
    assert_eq!(
        (progress.slides_done, progress.slides_total),
        (Some(3), Some(3))
    );
}

#[test]
fn file_names_with_odd_letters_keep_their_format() {
    let format = |path: &str| {
        let body = format!(r#"{{"status":"completed","data":{{"path":"{path}"}}}}"#);
        read_status(&body).downloads[0].format.clone()
    };
    assert_eq!(format("/app_data/exports/Why bees?.pptx"), "pptx");
    assert_eq!(format("/app_data/exports/C# basics.PPTX"), "pptx");
    assert_eq!(format("https://x.example/a.pdf?sig=a.b"), "pdf");
    assert_eq!(format("/no/ending"), "");
}
