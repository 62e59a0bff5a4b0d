use crate::harness::{Visit, answer, problem};
use slidewright::job::{Event, Fault, HostAnswer, State};
use slidewright::provider::Refusal;
use slidewright::request::{Field, Problem};

fn refused(code: u16, body: &str) -> Refusal {
    let mut visit = Visit::new();
    visit.submit();
    visit.reply(answer(code, body));
    assert_eq!(visit.state(), State::Drafting);
    assert_eq!(visit.submits(), 1);
    Refusal::clone(&visit.shown().refusal.expect("a refusal"))
}

#[test]
fn every_shape_of_error_text_is_found() {
    for body in [
        r#"{"detail":"No luck"}"#,
        r#"{"detail":{"message":"No luck"}}"#,
        r#"{"error":"No luck"}"#,
        r#"{"error":{"code":"X","message":"No luck"}}"#,
        r#"{"error":{"status_code":400,"detail":"No luck"}}"#,
        r#"{"message":"No luck","statusCode":400}"#,
        r#"{"detail":[{"msg":"No luck","loc":[]}]}"#,
        "No luck",
        "<html><body>No luck</body></html>",
    ] {
        assert_eq!(
            refused(400, body).text.as_deref(),
            Some("No luck"),
            "{body}"
        );
    }
}

#[test]
fn a_validation_error_is_shown_at_its_field() {
    let body = r#"{"detail":[{"type":"missing","loc":["body","content"],"msg":"Field required","input":{"n_slides":3}},{"loc":["body",0,"n_slides"],"msg":"Too many"}]}"#;
    let fields = refused(422, body).fields;
    assert_eq!(fields.len(), 2);
    assert_eq!(
        (fields[0].field, &fields[0].problem),
        (Field::Prompt, &Problem::Said("Field required".into()))
    );
    assert_eq!(fields[1].field, Field::SlideCount);
}

#[test]
fn the_hosts_own_refusal_carries_its_words_and_its_link() {
    let mut visit = Visit::new();
    visit.submit();
    visit.reply(problem(403, r#"{"title":"Monthly limit reached","detail":"You have made 5 decks.","code":"quota","action":{"label":"Upgrade","href":"/plans"}}"#));
    let refusal = visit.shown().refusal.expect("a refusal");
    assert!(refusal.from_host);
    assert_eq!(refusal.title.as_deref(), Some("Monthly limit reached"));
    assert_eq!(refusal.text.as_deref(), Some("You have made 5 decks."));
    assert_eq!(refusal.name.as_deref(), Some("quota"));
    assert_eq!(refusal.action.as_ref().expect("an action").href, "/plans");
}

#[test]
fn who_stopped_meanwhile_is_not_asked_for_again() {
    let mut visit = Visit::new();
    visit.submit();
    visit.event(Event::Stop);
    visit.reply(answer(401, "{}"));
    assert_eq!((visit.state(), visit.submits()), (State::Drafting, 1));
    assert!(!visit.shown().stopping);
}

#[test]
fn before_submit_can_refuse_and_nothing_leaves() {
    let mut visit = Visit::new();
    visit.press_generate();
    let refusal = Refusal {
        text: Some("Please sign in.".into()),
        from_host: true,
        ..Refusal::default()
    };
    visit.event(Event::HostAnswered(HostAnswer::Refused(Box::new(refusal))));
    assert_eq!((visit.state(), visit.submits()), (State::Drafting, 0));
    visit.press_generate();
    assert_eq!(visit.shown().refusal, None, "the next attempt starts clean");
}

#[test]
fn headers_that_fail_mean_that_nothing_was_sent() {
    let mut visit = Visit::new();
    visit.submit();
    visit.fault(Fault::NotSent);
    assert_eq!(visit.state(), State::Drafting);
}

#[test]
fn a_readable_401_asks_the_hosts_headers_once_more_with_the_same_key() {
    let mut visit = Visit::new();
    visit.submit();
    visit.reply(answer(401, r#"{"detail":"Unauthorized"}"#));
    assert_eq!((visit.state(), visit.submits()), (State::Submitting, 2));
    visit.reply(answer(401, r#"{"detail":"Unauthorized"}"#));
    assert_eq!((visit.state(), visit.submits()), (State::Drafting, 2));
    assert_eq!(visit.keys(), ["key-1", "key-1"]);
}

#[test]
fn without_a_headers_function_a_401_is_final() {
    let mut visit = Visit::with(|settings| settings.headers_may_change = false);
    visit.submit();
    visit.reply(answer(401, "{}"));
    assert_eq!((visit.state(), visit.submits()), (State::Drafting, 1));
}

#[test]
fn changing_the_field_takes_its_complaint_away() {
    let mut visit = Visit::new();
    let problem = slidewright::request::FieldProblem {
        field: Field::Prompt,
        problem: Problem::Missing,
    };
    visit.event(Event::Submit {
        request: Err(vec![problem]),
        key: "k".into(),
    });
    assert_eq!(
        visit.shown().refusal.map(|refusal| refusal.fields.len()),
        Some(1)
    );
    visit.event(Event::Edited(Field::Prompt));
    assert_eq!(visit.shown().refusal, None);
    assert_eq!(visit.submits(), 0);
}

#[test]
fn a_redirect_that_a_browser_does_not_follow_is_no_acceptance() {
    refused(307, "");
}
