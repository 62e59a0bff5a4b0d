use crate::harness::{ACCEPTED, COMPLETED, HOUR, Visit, answer, ok};
use crate::tabs::Tabs;
use slidewright::job::{Event, Fault, Happening, Purpose, Record, State};
use slidewright::provider::JobId;

/// A tab that sends a request, and one that was opened meanwhile.
fn sending() -> Tabs {
    let mut visit = Visit::new();
    visit.submit();
    let mut tabs = Tabs::of(visit);
    tabs.open();
    let shown = tabs.tabs[1].shown();
    assert_eq!(shown.state, State::Submitting);
    assert!(shown.sent_elsewhere);
    tabs
}

fn nothing_left_the_second(tabs: &Tabs) {
    assert!(tabs.tabs[1].sent.is_empty());
}

#[test]
fn nothing_is_sent_there() {
    let mut tabs = sending();
    for event in [
        Event::Wake,
        Event::Visible(true),
        Event::Online(true),
        Event::HeadersChanged,
    ] {
        tabs.event(1, event);
        tabs.pass(HOUR);
    }
    tabs.on(1, Visit::submit);
    tabs.on(1, Visit::send_again);
    nothing_left_the_second(&tabs);
    assert_eq!(tabs.state(1), State::Submitting);
}

#[test]
fn the_job_is_taken_as_soon_as_it_is_known() {
    let mut tabs = sending();
    tabs.reply(0, ok(ACCEPTED));
    let [one, other] = [0, 1].map(|tab| tabs.tabs[tab].shown());
    assert_eq!(other.state, State::Waiting);
    assert_eq!((one.job, one.record), (other.job, other.record));
    assert!(!other.sent_elsewhere);
    tabs.until_poll(0);
    tabs.reply(0, ok(COMPLETED));
    assert_eq!(tabs.state(1), State::Done);
    nothing_left_the_second(&tabs);
}

#[test]
fn a_refusal_there_leads_back_to_the_form_here() {
    let mut tabs = sending();
    tabs.reply(0, answer(422, r#"{"detail":"No."}"#));
    let shown = tabs.tabs[1].shown();
    assert_eq!((shown.state, shown.record), (State::Drafting, None));
    assert!(!shown.sent_elsewhere);
    assert!(tabs.tabs[1].kept.is_empty());
    assert_eq!(shown.refusal, None, "nobody asked for it here");
    tabs.on(1, Visit::submit);
    assert_eq!(tabs.tabs[1].calls(Purpose::Submit), 1, "free to ask");
}

#[test]
fn a_refusal_of_another_request_does_not() {
    let mut tabs = sending();
    tabs.event(1, Event::Gone("other".into()));
    assert_eq!(tabs.state(1), State::Submitting);
}

#[test]
fn where_that_tab_ended_it_is_uncertain() {
    let mut tabs = sending();
    tabs.reload(0);
    tabs.give_up();
    for tab in [0, 1] {
        assert_eq!(tabs.state(tab), State::Uncertain);
        assert!(tabs.tabs[tab].shown().doubt.expect("a doubt").interrupted);
    }
    assert_eq!(tabs.tabs[1].kept.len(), 1);
    nothing_left_the_second(&tabs);
}

#[test]
fn where_that_tab_had_no_answer_it_is_uncertain() {
    let mut tabs = sending();
    tabs.fault(0, Fault::TimedOut);
    tabs.give_up();
    assert_eq!(
        (tabs.state(0), tabs.state(1)),
        (State::Uncertain, State::Uncertain)
    );
    assert_eq!(tabs.tabs[1].heard(Happening::Error), 1);
    // What was asked for is known only there.
    tabs.on(1, Visit::send_again);
    nothing_left_the_second(&tabs);
    // Sent again there, it brings both of them a job.
    tabs.on(0, Visit::send_again);
    assert_eq!(tabs.tabs[0].keys(), ["key-1", "key-1"]);
    tabs.reply(0, ok(ACCEPTED));
    assert_eq!(
        (tabs.state(0), tabs.state(1)),
        (State::Waiting, State::Waiting)
    );
    nothing_left_the_second(&tabs);
}

#[test]
fn one_that_keeps_repeating_it_is_still_sending() {
    let mut visit = Visit::at("perceptis");
    visit.submit();
    let mut tabs = Tabs::of(visit);
    tabs.open();
    tabs.fault(0, Fault::Network);
    assert_eq!(
        (tabs.state(0), tabs.state(1)),
        (State::Submitting, State::Submitting)
    );
    tabs.until_poll(0);
    tabs.reply(0, ok(r#"{"job_id":"j1"}"#));
    assert_eq!(
        (tabs.state(0), tabs.state(1)),
        (State::Waiting, State::Waiting)
    );
    assert_eq!(tabs.calls(Purpose::Submit), 2);
}

#[test]
fn who_stops_looking_on_stops_nothing_there() {
    for leave in [Event::Stop, Event::Reset] {
        let mut tabs = sending();
        tabs.event(1, leave);
        assert_eq!(tabs.state(1), State::Drafting);
        assert_eq!(tabs.tabs[1].shown().record, None);
        assert_eq!(tabs.state(0), State::Submitting);
        assert_eq!(tabs.tabs[0].kept.len(), 1, "the record is the other's");
        tabs.reply(0, ok(ACCEPTED));
        assert_eq!(
            (tabs.state(0), tabs.state(1)),
            (State::Waiting, State::Drafting)
        );
    }
}

/// The same wish twice at once: a tab that was duplicated, two widgets of one name.
#[test]
fn the_same_request_is_not_sent_a_second_time_beside_it() {
    let mut tabs = sending();
    tabs.event(1, Event::Reset);
    let passed = tabs.tabs[0].kept.clone();
    tabs.on(1, Visit::submit);
    nothing_left_the_second(&tabs);
    let [one, other] = [0, 1].map(|tab| tabs.tabs[tab].shown());
    assert!(other.sent_elsewhere);
    assert_eq!((other.state, other.record), (State::Submitting, one.record));
    let told = tabs.tabs[1].heard(Happening::Error);
    assert_eq!(told, 0, "nothing is wrong");
    assert_eq!(
        tabs.tabs[0].kept, passed,
        "nothing more is kept, nothing dropped"
    );
    assert_eq!(tabs.tabs[1].kept, passed);
    tabs.reply(0, ok(ACCEPTED));
    assert_eq!(tabs.state(1), State::Waiting);
    tabs.until_poll(0);
    tabs.reply(0, ok(r#"{"status":"error","error":{"detail":"x"}}"#));
    let shown = tabs.tabs[1].shown();
    assert_eq!(shown.state, State::Failed);
    assert!(shown.can_retry, "it was asked for here, too");
}

/// It had its answer just before this one was about to leave.
#[test]
fn nor_just_after_it() {
    let mut tabs = sending();
    tabs.event(1, Event::Reset);
    tabs.reply(0, ok(ACCEPTED));
    // Still held: its answer was kept a moment ago.
    tabs.tabs[1].locked = vec![tabs.tabs[0].kept[0].digest.clone()];
    tabs.tabs[1].submit();
    nothing_left_the_second(&tabs);
    let [one, other] = [0, 1].map(|tab| tabs.tabs[tab].shown());
    assert_eq!((other.state, other.job), (State::Waiting, one.job));
}

/// One that is locked out, by a request of which nothing is to be seen yet: another
/// tab's record may come later than its lock.
fn locked_out(visit: &mut Visit) {
    visit.press_generate();
    let mut other = visit.opened_after(0);
    other.submit();
    visit.locked = vec![other.kept[0].digest.clone()];
    visit.host_agrees();
    assert!(visit.sent.is_empty());
}

#[test]
fn one_of_which_nothing_is_known_yet_is_not_sent_either() {
    let mut visit = Visit::new();
    locked_out(&mut visit);
    let shown = visit.shown();
    assert!(shown.sent_elsewhere);
    assert_eq!(shown.state, State::Submitting);
    assert!(visit.passed.is_empty(), "{:?}", visit.passed);
    // Whatever that was, it is gone.
    visit.event(Event::Gone(shown.record.expect("a record")));
    let shown = visit.shown();
    let refusal = shown.refusal.expect("a refusal");
    assert_eq!(refusal.name.as_deref(), Some("sent-elsewhere"));
    assert_eq!((shown.state, shown.record), (State::Drafting, None));
    assert_eq!(visit.heard(Happening::Error), 1);
}

#[test]
fn who_has_stopped_meanwhile_does_not_look_on() {
    let mut tabs = sending();
    tabs.event(1, Event::Reset);
    let theirs = tabs.tabs[0].kept[0].clone();
    // The lock is still being asked for.
    tabs.tabs[1].locked.clear();
    tabs.tabs[1].submit();
    let call = tabs.tabs[1].flying.take().expect("a call");
    tabs.tabs[1].event(Event::Stop);
    assert!(tabs.tabs[1].shown().stopping);
    let joined = |theirs: Record| Event::Joined {
        call,
        theirs: Box::new(theirs),
    };
    tabs.tabs[1].event(joined(theirs.clone()));
    let shown = tabs.tabs[1].shown();
    assert_eq!((shown.state, shown.record), (State::Drafting, None));
    assert!(!shown.stopping);
    // Of a call that is over nobody wants to hear.
    tabs.tabs[1].event(joined(theirs));
    assert_eq!(tabs.state(1), State::Drafting);
}

/// It is sent neither by the repeats of a service that takes keys.
#[test]
fn nor_later_by_itself() {
    for name in ["presenton", "perceptis"] {
        let mut visit = Visit::at(name);
        locked_out(&mut visit);
        visit.pass(HOUR);
        assert_eq!(visit.state(), State::Submitting);
        visit.event(Event::Abandoned);
        visit.pass(HOUR);
        assert_eq!(visit.state(), State::Uncertain);
        assert_eq!(visit.calls(Purpose::Submit), 0);
        assert_eq!(visit.timer, None);
    }
}

/// The lock may be free before its tab's last word has come.
#[test]
fn its_end_may_be_seen_before_its_news() {
    let news: [fn(Record) -> Event; 2] = [
        |record| {
            Event::Changed(Box::new(Record {
                job: JobId::parse("task-1"),
                ..record
            }))
        },
        |record| Event::Gone(record.key),
    ];
    for (news, state) in news.into_iter().zip([State::Waiting, State::Drafting]) {
        let mut visit = Visit::new();
        locked_out(&mut visit);
        let theirs = Record {
            key: visit.shown().record.expect("a record"),
            ..Record::default()
        };
        visit.event(Event::Abandoned);
        assert_eq!(visit.state(), State::Submitting);
        visit.event(news(theirs));
        visit.pass(1_000);
        assert_eq!(visit.state(), state);
        assert_eq!(visit.shown().doubt, None);
    }
}

#[test]
fn an_uncertain_tab_takes_the_job_that_another_attempt_brought() {
    let mut tabs = sending();
    tabs.reload(0);
    tabs.on(0, Visit::send_again);
    assert_eq!(tabs.state(0), State::Submitting);
    tabs.reply(0, ok(ACCEPTED));
    assert_eq!(
        (tabs.state(0), tabs.state(1)),
        (State::Waiting, State::Waiting)
    );
    assert_eq!(tabs.tabs[1].shown().doubt, None);
}

/// Two tabs in doubt about one request: one sends it again, the other goes back.
#[test]
fn who_goes_back_in_another_tab_takes_away_no_record_of_what_is_being_sent() {
    let mut tabs = sending();
    tabs.reload(0);
    tabs.on(0, Visit::send_again);
    tabs.event(1, Event::Reset);
    assert_eq!(tabs.state(0), State::Submitting);
    assert_eq!(tabs.tabs[0].kept.len(), 1);
    tabs.reload(0);
    assert_eq!(tabs.state(0), State::Uncertain);
}

/// A tab that was duplicated while it was in doubt knows the request as well.
#[test]
fn a_second_attempt_beside_another_takes_no_record_away() {
    let mut visit = Visit::new();
    visit.submit();
    visit.fault(Fault::TimedOut);
    let mut twin = visit.reloaded();
    assert_eq!(twin.state(), State::Uncertain);
    visit.send_again();
    twin.locked = vec![visit.kept[0].digest.clone()];
    twin.send_again();
    assert!(twin.sent.is_empty());
    assert!(twin.passed.is_empty(), "{:?}", twin.passed);
    assert_eq!(twin.kept, visit.kept);
    let shown = twin.shown();
    assert!(shown.sent_elsewhere);
    assert_eq!((shown.state, shown.doubt), (State::Submitting, None));
    assert_eq!(shown.record, visit.shown().record);
}
