//! Replies of every provider, built in or shipped as a description, read in every
//! way in which a job, a list or an upload reads them.
//!
//! An input is a byte that says whose reply it is, to which call, and on what
//! site; the rest is the body.

use crate::{claims, fixtures, reply, wire};
use slidewright::json::Json;
use slidewright::provider::{HttpReply, JobId, Provider, Refusal, Upload};
use slidewright::request::FileRef;
use slidewright::status::{Site, Stage, Status};
use std::rc::Rc;

/// What is called, in the order of the first byte.
const CALLS: [Call; 9] = [
    Call::Submitted,
    Call::Status,
    Call::Refused,
    Call::Listed,
    Call::Refreshed,
    Call::Exported,
    Call::Uploaded,
    Call::UploadedElsewhere,
    Call::RefusedByHost,
];

#[derive(Clone, Copy, PartialEq)]
enum Call {
    Submitted,
    Status,
    Refused,
    Listed,
    Refreshed,
    Exported,
    Uploaded,
    UploadedElsewhere,
    RefusedByHost,
}

thread_local! {
    static PROVIDERS: Vec<Rc<dyn Provider>> = fixtures::FILES
        .iter()
        .map(|(name, _)| crate::harness::described(name))
        .collect();
    static SITES: [Site; 4] = [
        Site::new("https://relay.example/p", None),
        Site::new("/relay", None),
        Site::new("/", None),
        Site::new("/relay", Some("https://decks.example/")),
    ];
}

/// Reads one.
pub fn run(data: &[u8]) {
    let Some((first, body)) = data.split_first() else {
        return;
    };
    let mut rest = usize::from(*first);
    let mut pick = |of: usize| {
        let picked = rest % of;
        rest /= of;
        picked
    };
    let provider = PROVIDERS.with(|all| all[pick(all.len())].clone());
    let call = CALLS[pick(CALLS.len())];
    let variant = pick(4);
    SITES.with(|sites| {
        read(
            &*provider,
            call,
            &reply(200, body),
            &sites[variant],
            variant,
        )
    });
}

/// Reads a reply as an answer to every call there is.
pub(crate) fn read_in_every_way(provider: &dyn Provider, reply: &HttpReply, site: &Site) {
    for call in CALLS {
        for list in 0..provider.lists().len().max(1) {
            if list == 0 || call == Call::Listed {
                read(provider, call, reply, site, list);
            }
        }
    }
}

fn read(provider: &dyn Provider, call: Call, reply: &HttpReply, site: &Site, list: usize) {
    let job = JobId::parse("job-1").expect("an id");
    match call {
        Call::Submitted => {
            if let Some(accepted) = provider.accepted(reply, site) {
                claims::of_accepted(&accepted, &provider.poll(&accepted.job), site);
                with_status(provider, &accepted.job, &accepted.status);
            }
        }
        Call::Status => {
            if let Some(status) = provider.status(reply, &job, site) {
                claims::of_status(&status, site);
                with_status(provider, &job, &status);
            }
        }
        Call::Refused => refused(provider, reply, false),
        Call::RefusedByHost => refused(provider, reply, true),
        Call::Listed => {
            let lists = provider.lists();
            if let Some((field, _)) = lists.get(list % lists.len().max(1)) {
                claims::of_choices(&provider.listed(*field, reply));
            }
        }
        Call::Refreshed => {
            let known = Status {
                deck: Some("deck".into()),
                stage: Stage::Done,
                ..Status::default()
            };
            if let Some(status) = provider.refreshed(reply, &job, &known, site) {
                assert_eq!(status.stage, Stage::Done, "links to what is not made");
                claims::of_status(&status, site);
            }
        }
        Call::Exported => {
            if let Some(file) = provider.exported(reply, &job, site) {
                claims::of_download(&file, site);
            }
        }
        Call::Uploaded => uploaded(provider, reply, None),
        Call::UploadedElsewhere => uploaded(provider, reply, Some(reply.json())),
    }
}

/// What a status leads to goes to the endpoint, and nowhere else there.
fn with_status(provider: &dyn Provider, job: &JobId, status: &Status) {
    let refresh = provider.refresh(job, status);
    claims::stays_at_the_endpoint(&refresh);
    claims::does_not_climb(&refresh);
    let deck = status.deck.as_deref();
    if let Some(request) = deck.and_then(|deck| provider.export(deck, "pdf")) {
        claims::stays_at_the_endpoint(&request);
    }
}

fn refused(provider: &dyn Provider, reply: &HttpReply, by_host: bool) {
    let reply = HttpReply {
        code: 422,
        problem: by_host,
        ..reply.clone()
    };
    claims::of_refusal(&Refusal::read(&reply, provider));
}

fn uploaded(provider: &dyn Provider, reply: &HttpReply, target: Option<&Json>) {
    let file = FileRef {
        name: "bees.pdf".into(),
        size: 1000,
        ..FileRef::default()
    };
    match provider.uploaded(&file, reply, target) {
        // The job lets it pass to no other place than the page names.
        Upload::SendTo(request, _) => {
            assert!(provider.uploads_elsewhere() && target.is_none());
            assert!(request.headers.is_empty(), "headers for a stranger");
        }
        Upload::Done(_) | Upload::Impossible => {}
        other => panic!("a reply leads to {other:?}"),
    }
}

/// Every documented reply, to the call that it answered.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (provider, (_, text)) in fixtures::FILES.iter().enumerate() {
        let examples = crate::parse(text).expect("fixtures are JSON");
        for example in examples.items() {
            let call = match example.text_of("call").expect("a call") {
                "submitted" => Call::Submitted,
                "status" => Call::Status,
                "refused" => Call::Refused,
                "list" => Call::Listed,
                "refreshed" => Call::Refreshed,
                "exported" => Call::Exported,
                _ => continue,
            };
            seeds.push(seed(provider, call, &wire(example)));
        }
        for place in PLACES {
            seeds.push(seed(provider, Call::Uploaded, place.as_bytes()));
            seeds.push(seed(provider, Call::UploadedElsewhere, place.as_bytes()));
        }
        seeds.push(seed(provider, Call::RefusedByHost, PROBLEM.as_bytes()));
    }
    seeds
}

fn seed(provider: usize, call: Call, body: &[u8]) -> Vec<u8> {
    let call = CALLS.iter().position(|of| *of == call).expect("a call");
    let first = provider + fixtures::FILES.len() * call;
    let mut seed = vec![u8::try_from(first).expect("a byte")];
    seed.extend(body);
    seed
}

/// Where a file goes, and what it is called there.
const PLACES: [&str; 2] = [
    r#"{"url":"https://b.example/u","fields":[{"name":"k","value":"v"}],"download_url":"https://b.example/d"}"#,
    r#"["/app_data/uploads/bees.pdf"]"#,
];

const PROBLEM: &str = r#"{"title":"No decks left","detail":"Upgrade to make more.","code":"quota","action":{"label":"Upgrade","href":"https://host.example/upgrade"}}"#;
