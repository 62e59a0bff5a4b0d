//! The task object, by contract and state.

use super::{Contract, Edition};
use crate::dialect::Call;
use crate::job::{Failure, Job, State};
use crate::json::{Value, json};
use crate::service::Service;
use crate::stamp::Stamp;

/// `message` while working, with the per mille of the duration at which each
/// begins. The second is said by contract B alone.
const STAGES: [(u64, &str); 6] = [
    (0, "Queued for generation"),
    (50, "Starting presentation generation"),
    (100, "Generating presentation outlines"),
    (300, "Selecting layout for each slide"),
    (GENERATING, "Generating slides"),
    (FETCHING, "Fetching assets for slides"),
];
/// Between these two the slides are counted up. The real servers count in
/// steps of ten; here it is by one, so that short decks show progress too.
const GENERATING: u64 = 400;
const FETCHING: u64 = 750;

/// The JSON text of the task object. Servers change the order of its fields
/// from reply to reply, so this does as well.
pub(super) fn task(
    edition: Edition,
    job: &Job,
    state: State,
    call: &Call<'_>,
    service: &Service,
) -> String {
    let contract = edition.contract;
    let scenario = service.scenario();
    let stamp = match contract {
        Contract::Cloud => Stamp::Seconds,
        Contract::A | Contract::B => Stamp::Naive,
        Contract::C => Stamp::Zoned,
    };
    let (word, message, error, since) = match state {
        State::Lost { permille } if contract == Contract::C => {
            ("error", FAILED, lost_error(), job.when(scenario, permille))
        }
        // The others never write to the task again: it stays as it was.
        State::Working { permille } | State::Lost { permille } => {
            let (begun, message) = stage(contract, permille);
            let word = match contract {
                Contract::B if begun > 0 => "processing",
                _ => "pending",
            };
            (word, message, Value::Null, job.when(scenario, begun))
        }
        State::Failed { permille, why } => (
            if why == Failure::Failed {
                "failed"
            } else {
                "error"
            },
            FAILED,
            error(why),
            job.when(scenario, permille),
        ),
        State::Completed | State::Forgotten => {
            let message = match contract {
                Contract::Cloud => "Presentation generated successfully",
                _ => "Presentation generation completed",
            };
            ("completed", message, Value::Null, job.when(scenario, 1000))
        }
    };
    let message = match (contract, state) {
        (Contract::Cloud, State::Working { permille: 0..50 }) => {
            "Presentation generation task created"
        }
        _ => message,
    };
    let mut fields = vec![
        ("id", json!(job.id)),
        ("status", json!(word)),
        ("message", json!(message)),
        ("data", data(contract, job, state, call)),
        ("error", error),
        ("created_at", json!(stamp.write(job.created_ms))),
        ("updated_at", json!(stamp.write(since))),
    ];
    match contract {
        Contract::B | Contract::C => fields.push(("type", json!("presentation.generate"))),
        // The guide's examples have no `error` unless there is one.
        Contract::Cloud => fields.retain(|(name, value)| *name != "error" || !value.is_null()),
        Contract::A => {}
    }
    let shift = (call.now_ms / 7) as usize % fields.len();
    fields.rotate_left(shift);
    written(&fields)
}

const FAILED: &str = "Presentation generation failed";

fn stage(contract: Contract, permille: u64) -> (u64, &'static str) {
    let said = STAGES
        .iter()
        .filter(|(begin, _)| *begin != 50 || contract == Contract::B);
    said.take_while(|(begin, _)| *begin <= permille)
        .last()
        .copied()
        .unwrap_or(STAGES[0])
}

fn data(contract: Contract, job: &Job, state: State, call: &Call<'_>) -> Value {
    let done = state == State::Completed;
    let mut fields: Vec<(&str, Value)> = Vec::new();
    if matches!(contract, Contract::B | Contract::C) {
        let (created, remaining) = counts(job, state);
        fields.push(("created_slides", json!(created)));
        fields.push(("remaining_slides", json!(remaining)));
    }
    match contract {
        Contract::Cloud if done => {
            fields = links(contract, call, &job.deck_id, &job.path);
            let credits = job.deck.slides.len();
            fields.push(("credits_consumed", json!(credits)));
        }
        Contract::A if done => {
            fields = links(contract, call, &job.deck_id, &job.path);
        }
        Contract::C if done => {
            fields.extend(links(contract, call, &job.deck_id, &job.path));
        }
        Contract::C => fields.push(("presentation_id", json!(job.deck_id))),
        Contract::A => return Value::Null,
        Contract::Cloud | Contract::B => {}
    }
    Value::Object(fields.into_iter().collect())
}

/// Created and remaining slides. Until the outline is there, the server knows
/// only what it was asked for, which may be nothing.
fn counts(job: &Job, state: State) -> (usize, usize) {
    let all = job.deck.slides.len();
    let permille = match state {
        State::Working { permille } | State::Lost { permille } => permille,
        State::Failed { permille, .. } => permille,
        State::Completed | State::Forgotten => 1000,
    };
    if permille < GENERATING {
        return (0, job.asked.unwrap_or(0));
    }
    let part = (permille.min(FETCHING) - GENERATING) as usize;
    let created = all * part / (FETCHING - GENERATING) as usize;
    (created, all - created)
}

/// The ids and addresses of a finished deck. The Cloud's are absolute; the
/// others' are relative to the server's root, and not percent-encoded.
pub(super) fn links(
    contract: Contract,
    call: &Call<'_>,
    deck_id: &str,
    path: &str,
) -> Vec<(&'static str, Value)> {
    let root = match contract {
        Contract::Cloud => call.root(),
        _ => String::new(),
    };
    let edit_path = format!("{root}/presentation?id={deck_id}");
    vec![
        ("presentation_id", json!(deck_id)),
        ("path", json!(format!("{root}{path}"))),
        ("edit_path", json!(edit_path)),
    ]
}

fn error(why: Failure) -> Value {
    let (code, detail) = match why {
        Failure::Key => (
            401,
            "Invalid API key. Please verify your API key and try again.",
        ),
        Failure::Model => (
            500,
            "OpenAI API error: Error code: 429 - {'error': {'message': 'You exceeded your current quota', \
             'type': 'insufficient_quota', 'param': None, 'code': 'insufficient_quota'}}",
        ),
        Failure::Renderer => (
            404,
            "Template 'general' not found: <html>\r\n<head><title>502 Bad Gateway</title></head>\r\n\
             <body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n",
        ),
        Failure::Outline => (
            400,
            "Failed to generate presentation outlines. Please try again.",
        ),
        // The guide names the word and shows no object with it.
        Failure::Failed => return Value::Null,
    };
    json!({"status_code": code, "detail": detail})
}

fn lost_error() -> Value {
    json!({"status_code": 503, "detail": "The server was restarted while the task was running."})
}

/// A JSON object with its fields in the given order.
fn written(fields: &[(&str, Value)]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}:{value}", json!(*name)))
        .collect();
    format!("{{{}}}", pairs.join(","))
}
