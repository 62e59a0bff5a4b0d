use crate::harness::{ACCEPTED, COMPLETED, Visit, WORKING, answer, later, ok};
use slidewright::job::{Event, FailureKind, Fault, Notice, State};

#[test]
fn a_dead_service_is_asked_again_and_the_notice_goes_with_the_next_reply() {
    let mut visit = Visit::waiting();
    for fault in [Fault::Network, Fault::TimedOut, Fault::Network] {
        visit.until_poll();
        visit.fault(fault);
        assert_eq!(visit.shown().notice, Some(Notice::Unreachable));
    }
    visit.poll(ok(WORKING));
    assert_eq!(visit.shown().notice, None);
    visit.poll(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
}

#[test]
fn offline_needs_a_failed_request_too() {
    let mut visit = Visit::waiting();
    visit.event(Event::Online(false));
    assert_eq!(visit.shown().notice, None);
    visit.until_poll();
    assert!(visit.flying.is_some(), "the hint does not stop a question");
    visit.fault(Fault::Network);
    assert_eq!(visit.shown().notice, Some(Notice::Offline));
}

#[test]
fn server_trouble_never_ends_a_job() {
    for code in [408, 425, 500, 502, 503, 504] {
        let mut visit = Visit::waiting();
        for _ in 0..20 {
            visit.poll(answer(code, "<html>Bad Gateway</html>"));
        }
        assert_eq!(
            (visit.state(), visit.shown().notice),
            (State::Waiting, Some(Notice::Unreachable)),
            "{code}"
        );
    }
}

#[test]
fn too_many_requests_asks_for_patience() {
    let mut visit = Visit::waiting();
    visit.poll(answer(429, "{}"));
    assert_eq!(visit.shown().notice, Some(Notice::SlowDown));
}

#[test]
fn signed_out_asks_the_host_once_more_and_then_waits_for_other_headers() {
    let mut visit = Visit::waiting();
    visit.until_poll();
    visit.reply(answer(401, r#"{"detail":"Unauthorized"}"#));
    assert!(visit.flying.is_some(), "at once, with fresh headers");
    visit.reply(answer(401, r#"{"detail":"Unauthorized"}"#));
    assert_eq!(visit.shown().notice, Some(Notice::SignedOut));
    visit.step(1_500);
    visit.event(Event::HeadersChanged);
    assert!(visit.flying.is_some());
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done);
}

/// A question under way has the old ones; unless a function gives them, which may be
/// what the host has changed while it was asked for this very question.
#[test]
fn other_headers_are_used_at_once() {
    for headers_may_change in [false, true] {
        let mut visit = Visit::with(|settings| settings.headers_may_change = headers_may_change);
        visit.submit();
        visit.reply(ok(ACCEPTED));
        for _ in 0..=usize::from(headers_may_change) {
            visit.until_poll();
            visit.reply(answer(401, "{}"));
        }
        assert_eq!(visit.shown().notice, Some(Notice::SignedOut));
        visit.until_poll();
        let old = visit.flying;
        visit.event(Event::HeadersChanged);
        visit.pass(1_000);
        assert!(visit.flying.is_some());
        assert_eq!(visit.flying == old, headers_may_change);
    }
}

/// However long the reply was on its way.
#[test]
fn a_pause_is_counted_from_the_reply_that_wants_it() {
    let mut visit = Visit::waiting();
    visit.until_poll();
    visit.step(8_000);
    visit.reply(later(429, "6"));
    visit.step(5_000);
    visit.event(Event::Visible(true));
    assert_eq!(visit.flying, None, "five of six seconds");
    visit.pass(1_000);
    assert!(visit.flying.is_some());
}

#[test]
fn an_unknown_job_is_believed_the_third_time() {
    let mut visit = Visit::waiting();
    let unknown = r#"{"detail":"No presentation generation task found"}"#;
    visit.poll(answer(404, unknown));
    visit.poll(answer(404, unknown));
    assert_eq!(visit.state(), State::Waiting);
    visit.poll(answer(404, unknown));
    assert_eq!(
        visit.shown().failure.expect("a failure").kind,
        FailureKind::JobUnknown
    );
}

#[test]
fn a_page_in_between_is_a_notice_with_its_first_words_and_in_the_end_a_failure() {
    let mut visit = Visit::waiting();
    visit.poll(ok("<html><title>Hotel login</title>"));
    assert_eq!(visit.state(), State::Waiting);
    assert!(
        matches!(visit.shown().notice, Some(Notice::Unreadable(Some(said))) if said.contains("Hotel login"))
    );
    for _ in 0..5 {
        visit.poll(ok("<html><title>Hotel login</title>"));
    }
    let failure = visit.shown().failure.expect("never a hang");
    assert_eq!(failure.kind, FailureKind::Unreadable);
    visit.event(Event::KeepWaiting);
    visit.until_poll();
    visit.reply(ok(COMPLETED));
    assert_eq!(visit.state(), State::Done, "the job itself was well");
}

#[test]
fn accepted_without_a_word_is_still_working() {
    let mut visit = Visit::waiting();
    visit.poll(answer(202, ""));
    assert_eq!(
        (visit.state(), visit.shown().notice),
        (State::Waiting, None)
    );
}

#[test]
fn a_late_reply_to_an_earlier_call_is_ignored() {
    let mut visit = Visit::waiting();
    visit.until_poll();
    let late = visit.flying.expect("a call");
    visit.event(Event::Stop);
    visit.event(Event::KeepWaiting);
    visit.event(Event::Reply {
        call: late,
        outcome: Ok(ok(COMPLETED)),
    });
    assert_eq!(visit.state(), State::Waiting);
}

#[test]
fn in_a_row_means_without_anything_else_between() {
    let unknown = r#"{"detail":"No presentation generation task found"}"#;
    let mut visit = Visit::waiting();
    visit.poll(ok("<html>"));
    visit.poll(ok("<html>"));
    visit.poll(answer(404, unknown));
    visit.poll(answer(404, unknown));
    visit.poll(answer(503, ""));
    visit.poll(answer(404, unknown));
    visit.poll(answer(404, unknown));
    assert_eq!(visit.state(), State::Waiting);
    visit.poll(answer(404, unknown));
    assert_eq!(visit.state(), State::Failed);
}
