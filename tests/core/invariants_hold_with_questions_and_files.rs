//! Random visits to services that ask, take files, and take keys.

use crate::harness::{MINUTE, Visit, answer, described, file, form};
use proptest::prelude::*;
use slidewright::job::{Event, Fault, Happening, Purpose, State};
use slidewright::provider::{JobId, Provider};
use slidewright::request::{Draft, Field};

#[derive(Clone, Debug)]
enum Step {
    Click(u32),
    HostAgrees,
    Reply(u16, usize),
    Fault(Fault),
    Pass(u64),
    Gap(u64),
    Visible(bool),
    Online(bool),
    Read(bool),
    Remove(u32),
    Answer(&'static str),
    Stop,
    KeepWaiting,
    SendAgain,
    Retry,
    Reset,
    Watch,
    Refresh,
    Export,
}

const CHRONICLE: &[&str] = &[
    r#"{"generation_id":"g","status":"generating"}"#,
    r#"{"generation_id":"g","status":"awaiting_input","message":"Who?"}"#,
    r#"{"status":"awaiting_input","message":"How?"}"#,
    r#"{"status":"awaiting_input"}"#,
    r#"{"url":"https://b.example/u","fields":[],"download_url":"https://b.example/d"}"#,
    r#"{"url":"https://evil.example/u","fields":[],"download_url":"https://b.example/d"}"#,
    r#"{"status":"completed","presentation":{"url":"https://c.example/p"}}"#,
    r#"{"status":"failed","error":"No."}"#,
    "{}",
    "<html>",
];

const PERCEPTIS: &[&str] = &[
    r#"{"job_id":"j"}"#,
    r#"{"job_id":"j","status":"processing"}"#,
    r#"{"job_id":"j","status":"completed","downloads":[{"url":"https://f.example/1"}]}"#,
    r#"{"job_id":"j","status":"completed","downloads":[{"url":"https://f.example/2"}]}"#,
    r#"{"job_id":"j","status":"failed"}"#,
    "{}",
    "<html>",
];

const PRESENTON: &[&str] = &[
    r#"{"id":"t","status":"pending"}"#,
    r#"["/app_data/a"]"#,
    r#"{"id":"t","status":"completed","data":{"presentation_id":"d","path":"/a.pptx"}}"#,
    r#"{"id":"t","status":"error"}"#,
    "{}",
    "<html>",
];

fn step() -> impl Strategy<Value = Step> {
    let code = prop_oneof![
        6 => Just(200_u16), 1 => Just(204), 1 => Just(400), 1 => Just(401), 1 => Just(404),
        1 => Just(408), 1 => Just(409), 1 => Just(429), 1 => Just(500),
    ];
    let fault = prop_oneof![
        Just(Fault::Network),
        Just(Fault::TimedOut),
        Just(Fault::TooLarge),
        Just(Fault::NotSent)
    ];
    prop_oneof![
        3 => (0_u32..4).prop_map(Step::Click),
        3 => Just(Step::HostAgrees),
        12 => (code, 0_usize..20).prop_map(|(code, body)| Step::Reply(code, body)),
        2 => fault.prop_map(Step::Fault),
        6 => (0_u64..2 * MINUTE).prop_map(Step::Pass),
        1 => (0_u64..90 * MINUTE).prop_map(Step::Gap),
        1 => any::<bool>().prop_map(Step::Visible),
        1 => any::<bool>().prop_map(Step::Online),
        3 => any::<bool>().prop_map(Step::Read),
        1 => (0_u32..4).prop_map(Step::Remove),
        3 => prop_oneof![Just("So"), Just(""), Just("Beekeepers")].prop_map(Step::Answer),
        1 => Just(Step::Stop),
        1 => Just(Step::KeepWaiting),
        1 => Just(Step::SendAgain),
        1 => Just(Step::Retry),
        1 => Just(Step::Reset),
        1 => Just(Step::Watch),
        1 => Just(Step::Refresh),
        1 => Just(Step::Export),
    ]
}

fn click(visit: &mut Visit, provider: &dyn Provider, files: u32) {
    let mut draft = Draft::default()
        .with(Field::Prompt, "Bees")
        .with(Field::OutputType, "single_slide");
    draft.files = (0..files).map(|handle| file(handle, "a.png")).collect();
    if provider.name() == "presenton" {
        draft
            .files
            .iter_mut()
            .for_each(|file| file.name = "a.pdf".into());
    }
    let request = form(provider).check(&draft);
    let key = visit.fresh_key();
    visit.event(Event::Submit { request, key });
}

fn take(visit: &mut Visit, provider: &dyn Provider, replies: &[&str], step: Step) {
    match step {
        Step::Click(files) => click(visit, provider, files),
        Step::HostAgrees => visit.host_agrees(),
        Step::Reply(code, body) if visit.flying.is_some() => {
            visit.reply(answer(code, replies[body % replies.len()]));
        }
        Step::Fault(fault) if visit.flying.is_some() => visit.fault(fault),
        Step::Reply(..) | Step::Fault(_) => {}
        Step::Pass(span) => visit.pass(span),
        Step::Gap(span) => {
            visit.step(span);
            visit.event(Event::Wake);
        }
        Step::Visible(visible) => visit.event(Event::Visible(visible)),
        Step::Online(online) => visit.event(Event::Online(online)),
        Step::Read(whole) => {
            if let Some(handle) = visit.reading.take() {
                let data = whole.then(|| "QQ==".to_string());
                visit.event(Event::FileRead { handle, data });
            }
        }
        Step::Remove(handle) => visit.event(Event::RemoveFile(handle)),
        Step::Answer(text) => visit.event(Event::Answer(text.into())),
        Step::Stop => visit.event(Event::Stop),
        Step::KeepWaiting => visit.event(Event::KeepWaiting),
        Step::SendAgain => visit.event(Event::SendAgain),
        Step::Retry => {
            let key = visit.fresh_key();
            visit.event(Event::Retry { key });
        }
        Step::Reset => visit.event(Event::Reset),
        Step::Watch => visit.event(Event::Watch(JobId::parse("w").expect("an id"))),
        Step::Refresh => visit.event(Event::RefreshLinks),
        Step::Export => visit.event(Event::Export("pdf".into())),
    }
}

/// Whether anything may leave after this step at rest.
fn asks(step: &Step) -> bool {
    matches!(
        step,
        Step::Click(_)
            | Step::HostAgrees
            | Step::KeepWaiting
            | Step::SendAgain
            | Step::Retry
            | Step::Watch
            | Step::Refresh
            | Step::Export
            // One more try of these with fresh headers.
            | Step::Reply(401, _)
    )
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(400)
    })]

    #[test]
    fn over_any_visit(
        steps in prop::collection::vec(step(), 1..100),
        at in 0_usize..3,
        same_origin: bool,
    ) {
        let (name, replies) = [("chronicle", CHRONICLE), ("perceptis", PERCEPTIS), ("presenton", PRESENTON)][at];
        let provider = described(name);
        let keyed = provider.idempotency_header().is_some();
        // The harness itself checks that two calls are never in flight.
        let mut visit = Visit::to(provider.clone(), |settings| {
            settings.same_origin = same_origin;
            settings.file_hosts = vec!["b.example".into()];
        });
        for step in steps {
            let before = visit.state();
            let sent = visit.sent.len();
            let answers = visit.calls(Purpose::Answer);
            let submits = visit.calls(Purpose::Submit);
            let wished = asks(&step);
            let answered = matches!(step, Step::Answer(_) | Step::Reply(401, _));
            let mut uploading = matches!(before, State::Preparing);
            uploading &= matches!(step, Step::Reply(..) | Step::Read(_) | Step::Remove(_));
            take(&mut visit, &*provider, replies, step);

            prop_assert!(answered || visit.calls(Purpose::Answer) == answers, "an answer by itself");
            let repeats = keyed && before == State::Submitting;
            prop_assert!(
                wished || uploading || repeats || visit.calls(Purpose::Submit) == submits,
                "a submit by itself"
            );
            let resting = matches!(before, State::Done | State::Failed | State::Stopped | State::Overdue | State::Drafting | State::Uncertain);
            prop_assert!(!resting || wished || visit.sent.len() == sent, "something by itself");

            let shown = visit.shown();
            let busy = visit.flying.is_some() || visit.timer.is_some();
            match shown.state {
                State::Waiting | State::Asking => prop_assert!(busy, "waits for nothing"),
                State::Submitting => prop_assert!(visit.flying.is_some() || keyed && visit.timer.is_some()),
                State::Preparing => prop_assert!(visit.flying.is_some() || visit.reading.is_some() || visit.host_asked.is_some()),
                State::Stopped | State::Overdue | State::Uncertain | State::Drafting | State::Failed => {
                    prop_assert!(visit.flying.is_none(), "{:?}", shown.state);
                }
                State::Done => {}
            }
            prop_assert!(!shown.answering || shown.state == State::Asking);
            prop_assert!(shown.uploading.is_none() || shown.state == State::Preparing);
            for (request, purpose) in visit.sent.iter().zip(&visit.purposes) {
                let key = request.headers.iter().any(|(name, _)| name == "Idempotency-Key");
                prop_assert_eq!(key, *purpose == Purpose::Submit && (keyed || same_origin));
                if request.is_elsewhere() {
                    prop_assert!(request.headers.is_empty());
                    prop_assert!(request.path.starts_with("https://b.example/"));
                }
            }
        }
        let heard = |what| visit.told.iter().filter(|told| **told == what).count();
        prop_assert!(heard(Happening::Answered) <= visit.calls(Purpose::Answer));
        let mut keys: Vec<&str> = visit.keys();
        keys.dedup();
        let kept = keys.len();
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), kept, "a key came back after another");
    }
}
