//! A page's own description of a service, and what that service answers: either
//! the description is refused with the place of what is wrong, or there is a
//! provider that a form, a job and any reply can rely on.
//!
//! An input is the description and up to six replies, parted by NULs.

use crate::harness::{Visit, file};
use crate::{claims, document, fixtures, parse, replies, reply, wire};
use slidewright::job::{Event, Pacing};
use slidewright::json::Json;
use slidewright::provider::{Body, Descriptor, HttpReply, HttpRequest, JobId, Provider, Upload};
use slidewright::request::{Draft, Field, Form, GenerationRequest, HostWishes, Kind};
use slidewright::status::Site;
use std::rc::Rc;

/// The harness has a clock that ends; a service asked once in thirty years is
/// beyond it.
const LONGEST_INTERVAL: u64 = 1 << 40;

/// Reads one.
pub fn run(data: &[u8]) {
    let mut parts = data.split(|byte| *byte == 0);
    let description = String::from_utf8_lossy(parts.next().unwrap_or_default());
    let Some(json) = parse(&description) else {
        return;
    };
    let descriptor = match Descriptor::new(json) {
        Ok(descriptor) => descriptor,
        Err(error) => {
            assert!(!error.problem.is_empty());
            assert!(error.to_string().ends_with(error.problem));
            return;
        }
    };
    let provider: Rc<dyn Provider> = Rc::new(descriptor);
    let replies: Vec<HttpReply> = parts.take(6).map(|body| reply(200, body)).collect();
    assert!(!provider.name().is_empty());
    asks_only_the_endpoint(&*provider);
    for reply in &replies {
        let site = Site::new("https://relay.example/p", None);
        replies::read_in_every_way(&*provider, reply, &site);
    }
    let site = Site::new("/", None);
    for reply in replies.iter().take(1) {
        replies::read_in_every_way(&*provider, reply, &site);
    }
    for request in requests(&*provider) {
        carries_the_fields(&*provider, &request);
        a_job_goes_its_way(&provider, request, &replies);
    }
}

fn asks_only_the_endpoint(provider: &dyn Provider) {
    // Encoding is all that stands between an id and the path around it.
    let job = JobId::parse("a/../?b#\\ü %2e").expect("an id");
    claims::stays_at_the_endpoint(&provider.poll(&job));
    if let Some(request) = provider.answer(&job, "So") {
        claims::stays_at_the_endpoint(&request);
        can_be_sent(&request);
    }
    for (_, path) in provider.lists() {
        claims::stays_at_the_endpoint(&HttpRequest::get(path));
    }
    match provider.upload(&file(1, "bees.pdf")) {
        Upload::Send(request) => {
            claims::stays_at_the_endpoint(&request);
            can_be_sent(&request);
        }
        Upload::Read => {
            let item = provider.inlined(&file(1, "bees.pdf"), "QQ==");
            document(&item);
        }
        Upload::Impossible => {}
        other => panic!("a file not asked for becomes {other:?}"),
    }
    let pace = Pacing::new(provider.pace()).pace();
    assert!(pace.floor >= 100 && pace.first >= pace.floor);
    assert!(pace.usual >= pace.floor && pace.longest >= pace.usual);
}

fn can_be_sent(request: &HttpRequest) {
    if let Body::Json(body) = &request.body {
        assert!(depth(body) <= 300, "a page's stack has an end");
        document(body);
    }
}

fn depth(json: &Json) -> usize {
    match json {
        Json::List(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Json::Map(members) => {
            1 + members
                .iter()
                .map(|(_, item)| depth(item))
                .max()
                .unwrap_or(0)
        }
        _ => 0,
    }
}

/// What visitors of this form may ask for: little, an outline, all there is.
fn requests(provider: &dyn Provider) -> Vec<GenerationRequest> {
    let offers = provider.offers();
    for (at, offer) in offers.iter().enumerate() {
        let earlier = offers.iter().take(at);
        assert!(earlier.into_iter().all(|other| other.field != offer.field));
    }
    let form = Form::new(offers, &HostWishes::default());
    let little = Draft::default().with(Field::Prompt, "Bees");
    let outline = little.clone().with(Field::Outline, "# Bees\n- one\n| a |");
    let drafts = [&little, &outline, &everything(&form)];
    let mut requests = Vec::new();
    for form in [form.clone(), form.unlocked()] {
        for draft in drafts {
            match form.check(draft) {
                Ok(request) => requests.push(request),
                Err(problems) => assert!(!problems.is_empty()),
            }
        }
    }
    requests
}

fn everything(form: &Form) -> Draft {
    let mut draft = Draft::default();
    for entry in &form.entries {
        let value = match &entry.kind {
            Kind::Text { .. } => "Bees".into(),
            Kind::Count { min, max } => {
                assert!(min <= max, "a range of nothing");
                max.to_string()
            }
            Kind::Choice { values, .. } | Kind::Several { values } => values
                .last()
                .map(|choice| choice.value.clone())
                .unwrap_or_default(),
            Kind::Switch => "true".into(),
            Kind::Files(rules) => {
                let ending = rules.endings.split(' ').next().unwrap_or("");
                draft.files = vec![file(1, &format!("bees.{ending}"))];
                continue;
            }
        };
        draft.set(entry.field, &value);
    }
    draft
}

fn carries_the_fields(provider: &dyn Provider, request: &GenerationRequest) {
    provider.check(request);
    let sent = provider.submit(request);
    claims::stays_at_the_endpoint(&sent);
    can_be_sent(&sent);
    assert!(matches!(sent.body, Body::Json(_)), "a request of nothing");
}

fn a_job_goes_its_way(
    provider: &Rc<dyn Provider>,
    request: GenerationRequest,
    replies: &[HttpReply],
) {
    if Pacing::new(provider.pace()).pace().longest > LONGEST_INTERVAL {
        return;
    }
    if Pacing::new(provider.pace()).pace().first > LONGEST_INTERVAL {
        return;
    }
    let mut visit = Visit::to(provider.clone(), |settings| {
        settings.file_hosts = vec!["b.example".into()];
    });
    visit.submit_request(request);
    for reply in replies {
        if let Some(handle) = visit.reading.take() {
            let data = Some("QQ==".into());
            visit.event(Event::FileRead { handle, data });
        }
        if visit.flying.is_none() {
            visit.event(Event::Answer("So".into()));
        }
        if visit.flying.is_none() {
            visit.event(Event::RefreshLinks);
        }
        if let Some(at) = visit.timer.filter(|_| visit.flying.is_none()) {
            visit.pass(at.saturating_sub(visit.now.steady));
        }
        if visit.flying.is_some() {
            visit.reply(reply.clone());
        }
        let shown = visit.shown();
        claims::of_status(&shown.status, &Site::new("/relay", None));
        if let Some(refusal) = &shown.refusal {
            assert!(refusal.fields.len() <= 100);
        }
    }
}

/// Every description there is, with a few of its service's replies, and a small
/// one that can be changed at every place.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = vec![SMALL.into(), SMALL_ASKING.into()];
    for (name, description) in DESCRIPTIONS {
        let (_, examples) = fixtures::FILES
            .iter()
            .find(|(of, _)| *of == name)
            .expect("fixtures of that name");
        let json = parse(description).expect("a description is JSON");
        let mut seed = document(&json).into_bytes();
        let examples = parse(examples).expect("fixtures are JSON");
        let of = |call: &str| {
            let answers = |example: &&Json| example.text_of("call") == Some(call);
            let last = examples.items().iter().rfind(answers);
            last.map(wire)
        };
        for body in ["submitted", "status", "refreshed", "list"]
            .into_iter()
            .filter_map(of)
        {
            seed.push(0);
            seed.extend(body);
        }
        seeds.push(seed);
    }
    seeds
}

const DESCRIPTIONS: [(&str, &str); 5] = [
    (
        "chronicle",
        include_str!("../../../src/provider/chronicle.json"),
    ),
    ("duomi", include_str!("../../../src/provider/duomi.json")),
    (
        "perceptis",
        include_str!("../../../src/provider/perceptis.json"),
    ),
    ("gamma", include_str!("../../../pkg/descriptors/gamma.json")),
    (
        "slidespeak",
        include_str!("../../../pkg/descriptors/slidespeak.json"),
    ),
];

const SMALL: &str = concat!(
    r#"{"submit":{"path":"/g","id":"/id"},"status":{"path":"/s/{id}","word":"/w","done":"ok"},"#,
    r#""fields":{"prompt":{"to":"/p"}},"download":{"url":"/url"},"result":{"deck":"/d"},"#,
    r#""refresh":{"path":"/r/{deck}","url":"/url"}}"#,
    "\0",
    r#"{"id":"1","w":"x"}"#,
    "\0",
    r#"{"w":"ok","url":"/a.pdf","d":"2"}"#,
    "\0",
    r#"{"url":"https://f.example/a.pdf"}"#
);

const SMALL_ASKING: &str = concat!(
    r#"{"submit":{"path":"/g","id":"/id","idempotency":"Key"},"#,
    r#""status":{"path":"/s/{id}","word":"/w","done":"ok","asking":"ask","failed":"no"},"#,
    r#""fields":{"prompt":{"to":"/p/q"},"files":{"to":"/f","kind":"files","extensions":"pdf"}},"#,
    r#""upload":{"path":"/u","url":"/url","fields":"/fields","answer":"/id","item":{"n":"{name}"}},"#,
    r#""question":{"text":"/q","path":"/a/{id}","to":"/x"},"error":{"text":"/e"}}"#,
    "\0",
    r#"{"url":"https://b.example/u","fields":[],"id":"9"}"#,
    "\0{}\0",
    r#"{"id":"1","w":"ask","q":"Who?"}"#,
    "\0{}\0",
    r#"{"w":"no","e":"No."}"#
);
