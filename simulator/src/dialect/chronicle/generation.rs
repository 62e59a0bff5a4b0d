//! A generation as it runs, and the presentation that comes of it.

use super::{unknown_generation, workspace};
use crate::Reply;
use crate::deck::Body;
use crate::dialect::{Call, Dialect, Purpose, page};
use crate::job::{Failure, Job, State};
use crate::json::{Map, Value, json};
use crate::service::Service;
use crate::stamp::Stamp;

/// Where slides begin: a template is filled at once, without one there is a
/// storyline to be made first.
const SLIDES_OF_TEMPLATE: u64 = 100;
const SLIDES_OF_STORYLINE: u64 = 300;
/// What a whole generation uses.
const TOKENS: u64 = 38_200;

const QUESTIONS: [&str; 6] = [
    "What does your company do?",
    "Who will see the deck?",
    "What should they do afterwards?",
    "Which numbers must be in it?",
    "What do they know already?",
    "Is there anything to leave out?",
];

pub(super) fn status(id: &str, call: &Call<'_>, service: &Service) -> Reply {
    let scenario = service.scenario();
    let Some((job, state)) = service.known(id, call.now_ms) else {
        return unknown_generation();
    };
    let mut fields = Map::new();
    let mut field = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    field("generation_id", json!(job.id));
    match state {
        // A server that restarted never writes to the generation again.
        State::Working { permille } | State::Lost { permille } => {
            if let Some(index) = job.question(scenario, call.now_ms) {
                field("status", json!("awaiting_input"));
                let text = question(index, job.talk.questions());
                field("message", json!(text));
            } else {
                field("status", json!("generating"));
                working(job, permille, &mut field);
            }
        }
        State::Failed { why, .. } => {
            field("status", json!("failed"));
            field("error", json!(failure(why)));
        }
        State::Completed | State::Forgotten => {
            field("status", json!("completed"));
            field("presentation", presentation(job, call, service));
            field("tokens_used", json!(TOKENS));
        }
    }
    Reply::of_json(200, &Value::Object(fields))
}

fn working(job: &Job, permille: u64, field: &mut dyn FnMut(&str, Value)) {
    let standalone = job.template.is_none();
    let begun = match standalone {
        true => SLIDES_OF_STORYLINE,
        false => SLIDES_OF_TEMPLATE,
    };
    if standalone {
        let phase = match permille < begun {
            true => "storyline",
            false => "slides",
        };
        field("phase", json!(phase));
    }
    if let Some(part) = permille.checked_sub(begun) {
        let total = job.deck.slides.len() as u64;
        let completed = total * part / (1000 - begun);
        let step = format!("Creating slide {} of {total}", completed + 1);
        let progress = json!({
            "slides_total": total,
            "slides_completed": completed,
            "current_step": step,
        });
        field("progress", progress);
    }
    let tokens = TOKENS * permille / 1000;
    if tokens > 0 {
        field("tokens_used", json!(tokens));
    }
}

/// The question of that index, with its number where there are several.
fn question(index: usize, of: usize) -> String {
    let text = QUESTIONS[index % QUESTIONS.len()];
    match of {
        1 => text.to_owned(),
        _ => format!("{text} (question {} of {of})", index + 1),
    }
}

/// `Generation timed out` is the documents' own, the others say what a
/// "propagated upstream error message" may say.
fn failure(why: Failure) -> &'static str {
    match why {
        Failure::Key => "The model provider rejected the API key",
        Failure::Model => "The model provider's quota is exceeded",
        Failure::Renderer => "The slides could not be rendered",
        Failure::Outline => "The storyline could not be generated",
        Failure::Failed => "Generation timed out",
    }
}

pub(super) fn presentation_by_id(id: &str, call: &Call<'_>, service: &Service) -> Reply {
    match service.finished(id, call.now_ms) {
        Some(job) => Reply::of_json(200, &presentation(job, call, service)),
        None => super::Chronicle.refusal(404, Purpose::Other),
    }
}

/// `sections` stays empty, as in the documents' example: the shape of an entry
/// is nowhere shown.
fn presentation(job: &Job, call: &Call<'_>, service: &Service) -> Value {
    let scenario = service.scenario();
    json!({
        "id": job.deck_id,
        "title": job.deck.title,
        "workspace_id": workspace(call),
        "sections": [],
        "is_public": scenario.public,
        "url": format!("{}{}", call.root(), job.path),
        "created_at": Stamp::Millis.write(job.created_ms),
        "updated_at": Stamp::Millis.write(job.when(scenario, 1000)),
    })
}

/// The page that stands for the presentation. It opens for everybody; where
/// the real one would ask for an account, it says so.
pub(super) fn page(id: &str, call: &Call<'_>, service: &Service) -> Reply {
    let job = service.finished(id, call.now_ms);
    let Some(job) = job.filter(|job| job.path == call.path) else {
        return page::missing();
    };
    let seen_by = match service.scenario().public {
        true => "Public.",
        false => "Private: for members of the workspace.",
    };
    let mut body = format!("<p>{seen_by}</p>");
    for slide in &job.deck.slides {
        body += &format!("<h2>{}</h2>", page::escaped(&slide.heading));
        let lines = match &slide.body {
            Body::Subtitle(line) => std::slice::from_ref(line),
            Body::Points(lines) => lines,
        };
        for line in lines.iter().filter(|line| !line.is_empty()) {
            body += &format!("<p>{}</p>", page::escaped(line));
        }
    }
    page::titled(&job.deck.title, &body)
}
