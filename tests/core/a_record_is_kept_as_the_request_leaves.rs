//! Not before, since nothing may be there to come back to; not after, since the
//! page may be gone by then.

use crate::fixtures::FILES;
use crate::harness::{Visit, answer, described, file, json, ok, problem};
use slidewright::job::{Effect, Event, HostAnswer, Phase, State};
use slidewright::provider::Refusal;
use slidewright::request::{Field, FieldProblem, Problem};

fn key_of(visit: &Visit) -> &str {
    visit.keys().last().copied().expect("a key on the request")
}

#[test]
fn at_every_service() {
    for (name, _) in FILES {
        let mut visit = Visit::at(name);
        visit.press_generate();
        assert_eq!(visit.state(), State::Preparing, "{name}");
        assert!(visit.passed.is_empty(), "{name}: the host has not agreed");
        visit.host_agrees();
        assert_eq!(visit.state(), State::Submitting, "{name}");
        let [record] = &visit.kept[..] else {
            panic!("{name}: {:?}", visit.kept);
        };
        assert_eq!(record.key, key_of(&visit), "{name}");
        assert_eq!(record.place, "deck");
        assert_eq!((record.phase, &record.job), (Phase::Sent, &None));
        assert_eq!(record.began, visit.now.wall);
        assert_eq!(record.digest.len(), 16);
        assert!(record.digest.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
}

#[test]
fn with_the_request_itself_and_not_beside_it() {
    let mut visit = Visit::new();
    visit.press_generate();
    let request = visit.host_asked.take().expect("the host is asked");
    let agreed = Event::HostAnswered(HostAnswer::Go(Box::new(request)));
    let effects = visit.job.handle(agreed, visit.now);
    let sends = effects.iter().filter(|effect| match effect {
        Effect::Send { record, .. } => record.is_some(),
        other => panic!("{other:?}"),
    });
    assert_eq!(sends.count(), 1);
}

#[test]
fn not_while_files_are_still_on_their_way() {
    let mut visit = Visit::at("presenton");
    visit.submit_files(&[], &[file(1, "a.pdf")]);
    assert_eq!(visit.state(), State::Preparing);
    assert!(visit.passed.is_empty());
    visit.reply(ok(r#"["/app_data/a"]"#));
    assert_eq!(visit.kept.len(), 1);
}

#[test]
fn nothing_is_kept_of_a_request_that_never_left() {
    let nothing = |visit: &Visit, why: &str| {
        assert_eq!(visit.state(), State::Drafting, "{why}");
        assert!(visit.passed.is_empty(), "{why}: {:?}", visit.passed);
        assert_eq!(visit.shown().record, None, "{why}");
    };

    let mut visit = Visit::new();
    let fields = vec![FieldProblem {
        field: Field::Prompt,
        problem: Problem::Missing,
    }];
    visit.event(Event::Submit {
        request: Err(fields),
        key: "k".into(),
    });
    nothing(&visit, "refused at a field");

    let mut visit = Visit::new();
    visit.press_generate();
    let refusal = Box::new(Refusal::default());
    visit.event(Event::HostAnswered(HostAnswer::Refused(refusal)));
    nothing(&visit, "refused by the host");

    let mut visit = Visit::new();
    visit.press_generate();
    visit.event(Event::HostAnswered(HostAnswer::Cancelled));
    nothing(&visit, "cancelled by the host");

    let mut visit = Visit::new();
    visit.press_generate();
    visit.event(Event::Stop);
    nothing(&visit, "stopped while the host was asked");

    let mut visit = Visit::at("presenton");
    visit.submit_files(&[], &[file(1, "a.pdf")]);
    visit.reply(answer(413, "{}"));
    nothing(&visit, "a file was refused");
}

#[test]
fn a_clear_refusal_drops_it() {
    for code in [307, 400, 401, 402, 403, 404, 409, 410, 413, 422, 428, 429] {
        let mut visit = Visit::with(|settings| settings.headers_may_change = false);
        visit.submit();
        assert_eq!(visit.kept.len(), 1);
        visit.reply(answer(code, r#"{"detail":"No."}"#));
        assert_eq!(visit.state(), State::Drafting, "{code}");
        assert!(visit.kept.is_empty(), "{code}");
        assert_eq!(visit.shown().record, None, "{code}");
    }
    let mut visit = Visit::new();
    visit.submit();
    visit.reply(problem(403, r#"{"title":"Monthly limit reached"}"#));
    assert!(visit.kept.is_empty());
}

#[test]
fn a_repeat_with_fresh_headers_is_the_same_wish() {
    let mut visit = Visit::new();
    visit.submit();
    visit.step(5_000);
    let before = visit.kept.clone();
    visit.reply(answer(401, "{}"));
    assert_eq!(visit.submits(), 2);
    assert_eq!(visit.kept, before);
}

#[test]
fn a_page_without_a_place_keeps_nothing() {
    let mut visit = Visit::with(|settings| settings.place = None);
    visit.submit();
    visit.reply(ok(crate::harness::ACCEPTED));
    visit.poll(ok(crate::harness::COMPLETED));
    visit.event(Event::Fetched);
    visit.event(Event::Reset);
    let kept = |effect: &Effect| matches!(effect, Effect::Save(_) | Effect::Drop(_));
    assert!(!visit.passed.iter().any(kept), "{:?}", visit.passed);
}

#[test]
fn its_digest_tells_requests_apart() {
    let digest = |name: &str, topic: &str, body: Option<&str>| {
        let mut visit = Visit::to(described(name), |_| {});
        visit.press_generate_for(topic);
        let request = visit.host_asked.take().expect("the host is asked");
        let request = match body {
            Some(body) => request.rewritten(json(body)),
            None => request,
        };
        visit.event(Event::HostAnswered(HostAnswer::Go(Box::new(request))));
        visit.record().expect("a record").digest.clone()
    };
    for (name, _) in FILES {
        let bees = digest(name, "Bees", None);
        assert_eq!(bees, digest(name, "Bees", None), "{name}: other keys");
        assert_ne!(bees, digest(name, "Wasps", None), "{name}");
        let rewritten = |body| digest(name, "Bees", Some(body));
        assert_eq!(rewritten(r#"{"a":["b"]}"#), rewritten(r#"{"a":["b"]}"#));
        // What a careless sum would take for the same.
        let alike = [
            r#"{"a":["b"]}"#,
            r#"{"a":{"b":null}}"#,
            r#"{"a":"b"}"#,
            r#"{"ab":""}"#,
            r#"{"a":["b",""]}"#,
            r#"{"a":["",  "b"]}"#,
            r#"{"a":[[],"b"]}"#,
            r#"{"a":1}"#,
            r#"{"a":true}"#,
            r#"{"a":"true"}"#,
            r#"{"a":null}"#,
            r#"{"a":"0"}"#,
            r#"{"a":[],"b":[]}"#,
            r#"{"a":[{"b":[]}]}"#,
        ];
        let mut digests: Vec<String> = alike.iter().map(|body| rewritten(body)).collect();
        digests.sort_unstable();
        digests.dedup();
        assert_eq!(digests.len(), alike.len(), "{name}");
    }
}
