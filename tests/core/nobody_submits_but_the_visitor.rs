use crate::harness::{ACCEPTED, COMPLETED, MINUTE, Visit, answer, ok};
use slidewright::job::{Event, Fault, State};

#[test]
fn a_second_click_changes_nothing() {
    let mut visit = Visit::new();
    visit.press_generate();
    visit.press_generate();
    visit.host_agrees();
    visit.press_generate();
    visit.host_agrees();
    assert_eq!(visit.submits(), 1);
    visit.reply(ok(ACCEPTED));
    visit.press_generate();
    assert_eq!((visit.submits(), visit.keys().len()), (1, 1));
}

#[test]
fn without_an_answer_it_is_uncertain_and_stays_so() {
    for fault in [Fault::Network, Fault::TimedOut, Fault::TooLarge] {
        let mut visit = Visit::new();
        visit.submit();
        visit.fault(fault);
        assert_eq!(visit.state(), State::Uncertain);
        visit.pass(60 * MINUTE);
        visit.event(Event::Online(true));
        visit.event(Event::Visible(true));
        visit.press_generate();
        visit.host_agrees();
        assert_eq!(
            visit.submits(),
            1,
            "never by itself, and not by a stray click"
        );
    }
}

#[test]
fn answers_that_leave_it_open_are_uncertain_too() {
    for (code, body) in [
        (408, ""),
        (500, "Internal Server Error"),
        (502, "<html>"),
        (503, "{}"),
        (504, ""),
        (200, "<html>"),
        (202, ""),
        (200, "{}"),
        (200, r#"{"id":""}"#),
        (204, ""),
    ] {
        let mut visit = Visit::new();
        visit.submit();
        visit.reply(answer(code, body));
        assert_eq!(visit.state(), State::Uncertain, "{code} {body}");
    }
}

#[test]
fn sending_again_is_the_visitors_choice_and_carries_the_same_key() {
    let mut visit = Visit::new();
    visit.submit();
    visit.fault(Fault::Network);
    visit.send_again();
    assert_eq!(visit.submits(), 2);
    assert_eq!(
        visit.keys(),
        ["key-1", "key-1"],
        "a relay that kept the first answers the second with it"
    );
    visit.reply(ok(ACCEPTED));
    assert_eq!(visit.state(), State::Waiting);
}

#[test]
fn a_retry_after_a_failure_is_a_new_request_with_a_new_key() {
    let mut visit = Visit::waiting();
    visit.poll(ok(r#"{"status":"error","error":{"detail":"x"}}"#));
    assert_eq!(visit.state(), State::Failed);
    let key = visit.fresh_key();
    visit.event(Event::Retry { key });
    visit.host_agrees();
    assert_eq!(visit.keys(), ["key-1", "key-2"]);
}

#[test]
fn across_origins_no_header_is_added() {
    let mut visit = Visit::with(|settings| settings.same_origin = false);
    visit.submit();
    assert!(
        visit.sent.iter().all(|request| request.headers.is_empty()),
        "each would need a preflight"
    );
    visit.fault(Fault::Network);
    assert!(visit.shown().doubt.expect("a doubt").maybe_signed_out);
}

#[test]
fn on_the_same_origin_every_call_is_marked() {
    let mut visit = Visit::waiting();
    visit.poll(ok(COMPLETED));
    assert_eq!(visit.sent.len(), 2);
    assert!(visit.sent.iter().all(|request| {
        request
            .headers
            .contains(&("X-Slidewright".into(), "1".into()))
    }));
}

#[test]
fn after_the_deck_is_there_nothing_is_sent_by_itself() {
    let mut visit = Visit::waiting();
    visit.poll(ok(COMPLETED));
    let sent = visit.sent.len();
    visit.pass(60 * MINUTE);
    visit.event(Event::Visible(true));
    visit.event(Event::Online(true));
    visit.event(Event::Wake);
    assert_eq!(visit.sent.len(), sent);
    visit.event(Event::RefreshLinks);
    assert_eq!(visit.sent.len(), sent + 1, "what is asked for is sent");
}

#[test]
fn a_retry_asks_for_what_the_visitor_wanted_and_not_for_what_the_host_made_of_it() {
    let mut visit = Visit::new();
    visit.press_generate();
    let wish = visit.host_asked.take().expect("the host is asked");
    let changed = wish
        .clone()
        .rewritten(crate::harness::json(r#"{"content":"approved"}"#));
    visit.event(Event::HostAnswered(slidewright::job::HostAnswer::Go(
        Box::new(changed),
    )));
    visit.reply(ok(r#"{"id":"t","status":"error"}"#));
    let key = visit.fresh_key();
    visit.event(Event::Retry { key });
    assert_eq!(visit.host_asked, Some(wish));
}
