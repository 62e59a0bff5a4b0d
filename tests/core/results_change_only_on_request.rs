use crate::harness::{MINUTE, Visit, answer, body, described, json, named, ok};
use slidewright::job::{Event, Fault, Happening, Notice, Purpose, State};
use slidewright::provider::{JobId, Method};
use slidewright::status::Status;

fn perceptis(signature: &str) -> String {
    format!(
        r#"{{"job_id":"j1","status":"completed","downloads":[
            {{"url":"https://f.example/a.pptx?s={signature}","format":"pptx","variant":1}}]}}"#
    )
}

fn done() -> Visit {
    let mut visit = Visit::waiting_at("perceptis", r#"{"job_id":"j1"}"#);
    visit.poll(ok(&perceptis("one")));
    assert_eq!(visit.state(), State::Done);
    visit.pass(20 * MINUTE);
    visit
}

fn presenton() -> Visit {
    let mut visit = Visit::waiting();
    visit.poll(ok(
        r#"{"id":"task-1","status":"completed","data":{"presentation_id":"deck-1","path":"/app_data/exports/Bees.pptx"}}"#,
    ));
    assert_eq!(visit.state(), State::Done);
    visit
}

fn urls(status: &Status) -> Vec<&str> {
    status
        .downloads
        .iter()
        .map(|file| file.url.as_str())
        .collect()
}

#[test]
fn nothing_is_sent_by_itself() {
    let mut visit = done();
    let sent = visit.sent.len();
    for event in [
        Event::Visible(false),
        Event::Visible(true),
        Event::Online(true),
        Event::HeadersChanged,
        Event::Wake,
        Event::KeepWaiting,
        Event::SendAgain {
            key: "spare".into(),
        },
        Event::Answer("x".into()),
    ] {
        visit.event(event);
        visit.pass(60 * MINUTE);
    }
    assert_eq!(visit.sent.len(), sent);
    assert_eq!(visit.state(), State::Done);
}

#[test]
fn fresh_links_take_the_place_of_the_old() {
    let mut visit = done();
    let linked = visit.shown().linked;
    visit.event(Event::RefreshLinks);
    assert!(visit.shown().refreshing);
    assert_eq!(visit.last().method, Method::Get);
    assert_eq!(visit.last().path, "/api/v1/status/j1");
    visit.event(Event::RefreshLinks);
    visit.reply(ok(&perceptis("two")));
    let shown = visit.shown();
    assert_eq!(urls(&shown.status), ["https://f.example/a.pptx?s=two"]);
    assert_eq!(linked.age(shown.linked), 20 * MINUTE);
    assert_eq!((shown.notice, shown.state), (None, State::Done));
    assert_eq!(visit.calls(Purpose::Refresh), 1);
    assert_eq!(visit.heard(Happening::Complete), 1);
}

#[test]
fn a_reply_vouches_for_links_whose_life_nobody_states() {
    let mut visit = done();
    let linked = visit.shown().linked;
    visit.event(Event::RefreshLinks);
    visit.reply(ok(&perceptis("one")));
    let shown = visit.shown();
    assert_eq!(shown.notice, None);
    assert!(linked.age(shown.linked) > 0);
    assert_eq!(urls(&shown.status), ["https://f.example/a.pptx?s=one"]);
}

#[test]
fn the_very_link_whose_stated_life_is_over_is_no_fresh_one() {
    const DECK: &str = r#"{"generation_id":"g1","status":"completed","download_url":"https://f.example/a.pptx","download_url_expires_in":600}"#;
    let mut visit = Visit::to(named("duomi"), |_| {});
    visit.event(Event::Watch(JobId::parse("g1").expect("an id")));
    visit.reply(ok(DECK));
    visit.pass(5 * MINUTE);
    visit.event(Event::RefreshLinks);
    visit.reply(ok(DECK));
    assert_eq!(visit.shown().notice, None, "it is still good");
    let linked = visit.shown().linked;
    visit.pass(11 * MINUTE);
    visit.event(Event::RefreshLinks);
    visit.reply(ok(DECK));
    assert_eq!(visit.shown().notice, Some(Notice::SameLinks));
    assert_eq!(visit.shown().linked, linked);
}

#[test]
fn a_refresh_that_fails_keeps_the_result() {
    let replies = [
        Err(Fault::Network),
        Err(Fault::TimedOut),
        Err(Fault::NotSent),
        Err(Fault::TooLarge),
        Ok(answer(404, "{}")),
        Ok(answer(429, "{}")),
        Ok(answer(500, "")),
        Ok(ok("<html>")),
        Ok(ok("{}")),
        Ok(ok(r#"{"job_id":"j1","status":"processing"}"#)),
        Ok(ok(r#"{"job_id":"j1","status":"failed"}"#)),
    ];
    for reply in replies {
        let mut visit = done();
        let before = visit.shown();
        visit.event(Event::RefreshLinks);
        match reply.clone() {
            Ok(reply) => visit.reply(reply),
            Err(fault) => visit.fault(fault),
        }
        let after = visit.shown();
        assert_eq!(after.state, State::Done);
        assert_eq!(after.status, before.status, "{reply:?}");
        assert_eq!(after.linked, before.linked);
        assert!(after.notice.is_some());
        visit.pass(60 * MINUTE);
        assert_eq!(visit.calls(Purpose::Refresh), 1);
        // And again, if somebody wants.
        visit.event(Event::RefreshLinks);
        visit.reply(ok(&perceptis("two")));
        assert_eq!(visit.shown().notice, None);
    }
}

#[test]
fn a_refresh_without_any_links_takes_none_away() {
    let mut visit = done();
    visit.event(Event::RefreshLinks);
    visit.reply(ok(r#"{"job_id":"j1","status":"completed","downloads":[]}"#));
    assert_eq!(
        urls(&visit.shown().status),
        ["https://f.example/a.pptx?s=one"]
    );
    assert!(visit.shown().notice.is_some());
}

#[test]
fn slidespeak_has_a_place_of_its_own_for_fresh_links() {
    let mut visit = Visit::waiting_at("slidespeak", r#"{"task_id":"t1"}"#);
    visit.poll(ok(
        r#"{"task_id":"t1","task_status":"SUCCESS","task_result":{"url":"https://f.example/a.pptx?1","request_id":"req/1"}}"#,
    ));
    visit.event(Event::RefreshLinks);
    assert_eq!(visit.last().path, "/api/v1/presentation/download/req%2F1");
    visit.reply(ok(r#"{"url":"https://f.example/a.pptx?2"}"#));
    assert_eq!(urls(&visit.shown().status), ["https://f.example/a.pptx?2"]);
    visit.event(Event::RefreshLinks);
    visit.reply(ok(r#"{"url":"javascript:alert(1)"}"#));
    assert_eq!(urls(&visit.shown().status), ["https://f.example/a.pptx?2"]);
    assert_eq!(visit.shown().notice, Some(Notice::Unreachable));
}

#[test]
fn another_format_is_another_download() {
    for (name, path) in [
        ("presenton", "/api/v1/ppt/presentation/export"),
        ("presenton-v3", "/api/v3/presentation/export"),
    ] {
        let job = JobId::parse("task-1").expect("an id");
        let mut visit = Visit::to(described(name), |_| {});
        visit.event(Event::Watch(job));
        visit.reply(ok(
            r#"{"id":"task-1","status":"completed","data":{"presentation_id":"deck-1","path":"https://f.example/a.pptx"}}"#,
        ));
        visit.event(Event::Export("pdf".into()));
        assert_eq!(visit.last().path, path);
        assert_eq!(
            body(visit.last()),
            &json(r#"{"id":"deck-1","export_as":"pdf"}"#)
        );
        assert!(visit.keys().is_empty(), "the key is the submit's");
        visit.reply(ok(
            r#"{"presentation_id":"deck-1","path":"https://f.example/a.pdf"}"#,
        ));
        assert_eq!(
            urls(&visit.shown().status),
            ["https://f.example/a.pptx", "https://f.example/a.pdf"]
        );
        assert_eq!(visit.shown().status.downloads[1].format, "pdf");
        assert_eq!(visit.shown().notice, None);
        // Once more: in place of the first, not beside it.
        visit.event(Event::Export("pdf".into()));
        visit.reply(ok(r#"{"path":"https://f.example/b.pdf"}"#));
        assert_eq!(
            urls(&visit.shown().status),
            ["https://f.example/a.pptx", "https://f.example/b.pdf"]
        );
    }
}

#[test]
fn an_export_survives_fresh_links() {
    let mut visit = presenton();
    visit.event(Event::Export("pdf".into()));
    visit.reply(ok(r#"{"path":"/app_data/exports/Bees.pdf"}"#));
    visit.event(Event::RefreshLinks);
    visit.reply(ok(
        r#"{"id":"task-1","status":"completed","data":{"presentation_id":"deck-1","path":"/app_data/exports/Bees.pptx"}}"#,
    ));
    let shown = visit.shown();
    let formats = shown
        .status
        .downloads
        .iter()
        .map(|file| file.format.as_str());
    assert_eq!(formats.collect::<Vec<_>>(), ["pptx", "pdf"]);
}

#[test]
fn what_the_service_does_not_export_is_not_asked_for() {
    let mut visit = presenton();
    let sent = visit.sent.len();
    for format in ["png", "exe", "", " ", "pptx pdf", "PDF"] {
        visit.event(Event::Export(format.into()));
    }
    assert_eq!(visit.sent.len(), sent);
    let mut visit = done();
    visit.event(Event::Export("pdf".into()));
    assert_eq!(visit.calls(Purpose::Export), 0);
}

#[test]
fn an_unfinished_deck_is_not_exported() {
    let mut visit = Visit::waiting();
    visit.event(Event::Export("pdf".into()));
    visit.event(Event::RefreshLinks);
    assert_eq!(visit.sent.len(), 1);
}

#[test]
fn an_export_that_fails_is_a_notice_and_never_repeated_by_itself() {
    let replies = [
        Err(Fault::Network),
        Err(Fault::TimedOut),
        Ok(answer(500, "")),
        Ok(answer(404, "{}")),
        Ok(ok("{}")),
        Ok(ok(r#"{"path":"javascript:alert(1)"}"#)),
    ];
    for reply in replies {
        let mut visit = presenton();
        let before = visit.shown().status;
        visit.event(Event::Export("pdf".into()));
        match reply {
            Ok(reply) => visit.reply(reply),
            Err(fault) => visit.fault(fault),
        }
        let shown = visit.shown();
        assert!(matches!(shown.notice, Some(Notice::NotExported(_))));
        assert_eq!((shown.state, shown.status), (State::Done, before));
        visit.event(Event::Online(true));
        visit.pass(60 * MINUTE);
        assert_eq!(visit.calls(Purpose::Export), 1);
    }
}

#[test]
fn why_it_failed_is_what_the_service_said() {
    let mut visit = presenton();
    visit.event(Event::Export("pdf".into()));
    visit.reply(answer(422, r#"{"detail":"No <b>fonts</b>."}"#));
    let said = Some("No fonts .".into());
    assert_eq!(visit.shown().notice, Some(Notice::NotExported(said)));
}
