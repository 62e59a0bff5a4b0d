//! The status object, by state.

use crate::dialect::{Call, signed};
use crate::job::{Failure, Job, State};
use crate::json::{Value, json};
use crate::service::Service;
use crate::stamp::Stamp;

/// Per mille of the duration at which a queued request is taken up.
const STARTED: u64 = 50;

/// Every field of the published schema, in every state.
pub(super) fn told(job: &Job, state: State, call: &Call<'_>, service: &Service) -> Value {
    let scenario = service.scenario();
    let at = |permille| Stamp::Seconds.write(job.when(scenario, permille));
    let permille = match state {
        // A restart leaves the request as it was, for ever.
        State::Working { permille } | State::Lost { permille } => permille,
        State::Failed { permille, .. } => permille,
        State::Completed | State::Forgotten => 1000,
    };
    let end = End::of(job, state);
    let total = job.parts.len();
    let step = (permille.min(999) as usize * total / 1000 + 1).min(total);
    let step = format!("Generating slide {step} of {total}");
    let begun = permille >= STARTED || end.is_some();
    let word = match &end {
        None if begun => "processing",
        None => "pending",
        Some(end) => end.word(),
    };
    let results = end.as_ref().map(|end| end.results(job));
    let made = |end: &End| match end {
        End::Failed(_) => 0,
        End::Completed | End::Partial => job.deck.slides.len(),
    };
    let pages = end.as_ref().map_or(0, made);
    let link = Link::of(job, &end, call, service);
    let message = end.as_ref().map(|end| {
        let good = match end {
            End::Failed(_) => 0,
            _ => job.parts.iter().filter(|part| !part.failed).count(),
        };
        format!("Generated {pages} pages from {good}/{total} slides")
    });
    let error = match &end {
        Some(End::Failed(error)) => *error,
        // The page's own example has this beside `completed`: only the status
        // tells whether it counts.
        Some(End::Completed) => Some(("GENERATION_FAILED", "Template not found")),
        Some(End::Partial) | None => None,
    };
    json!({
        "generation_id": job.id,
        "status": word,
        "created_at": at(0),
        "progress": if begun { permille.min(1000) / 10 } else { 0 },
        // Null when complete, says the page's text; its example leaves it
        // filled, and so does this.
        "current_step": begun.then_some(step),
        "message": message,
        "total_slides_requested": total,
        "total_pages_generated": pages,
        "slide_results": results,
        "file_size": link.as_ref().map(|link| link.size),
        "download_url": link.as_ref().map(|link| &link.address),
        "download_url_expires_in": link.as_ref().map(|link| link.seconds),
        "error": error.map(|(code, text)| {
            json!({"code": code, "message": text})
        }),
        "started_at": begun.then(|| at(STARTED.min(permille))),
        "completed_at": end.as_ref().map(|_| at(permille)),
    })
}

/// How a generation ended.
enum End {
    Completed,
    Partial,
    /// Code and message, where there is a reason.
    Failed(Option<(&'static str, &'static str)>),
}

const NO_VALID_SLIDES: (&str, &str) = ("NO_VALID_SLIDES", "No valid slides to generate");

impl End {
    fn of(job: &Job, state: State) -> Option<Self> {
        let bad = job.parts.iter().filter(|part| part.failed).count();
        Some(match state {
            State::Working { .. } | State::Lost { .. } => return None,
            State::Failed { why, .. } => End::Failed(reason(why)),
            State::Completed | State::Forgotten => match bad {
                0 => End::Completed,
                bad if bad == job.parts.len() => End::Failed(Some(NO_VALID_SLIDES)),
                _ => End::Partial,
            },
        })
    }

    fn word(&self) -> &'static str {
        match self {
            End::Completed => "completed",
            End::Partial => "partial",
            End::Failed(_) => "failed",
        }
    }

    /// One entry a slide. Of the inner status words only `completed` is
    /// documented; `failed` is the outer one.
    fn results(&self, job: &Job) -> Vec<Value> {
        let result = |(index, part): (usize, &crate::job::Part)| {
            let error = match self {
                End::Failed(reason) if !part.failed => Some(
                    reason
                        .map_or("Generation failed", |(_, text)| text)
                        .to_owned(),
                ),
                _ => part
                    .failed
                    .then(|| format!("Slide {} does not fit its template slide", index + 1)),
            };
            json!({
                "slide_index": index,
                "template_slide_id": part.template,
                "status": if error.is_some() { "failed" } else { "completed" },
                "pages_generated": if error.is_some() { 0 } else { part.pages },
                "error": error,
            })
        };
        job.parts.iter().enumerate().map(result).collect()
    }
}

/// Codes are those of the documents, which give no complete list; all texts but
/// "Template not found" are the simulator's own.
fn reason(why: Failure) -> Option<(&'static str, &'static str)> {
    Some(match why {
        Failure::Key => ("GENERATION_FAILED", "Storage credentials were refused"),
        Failure::Model => ("GENERATION_FAILED", "Template not found"),
        Failure::Renderer => ("GENERATION_TIMEOUT", "Generation timed out"),
        Failure::Outline => NO_VALID_SLIDES,
        Failure::Failed => return None,
    })
}

/// The finished file as the status shows it.
struct Link {
    address: String,
    /// Seconds left.
    seconds: u64,
    size: usize,
}

impl Link {
    fn of(job: &Job, end: &Option<End>, call: &Call<'_>, service: &Service) -> Option<Self> {
        if !matches!(end, Some(End::Completed | End::Partial)) {
            return None;
        }
        let scenario = service.scenario();
        // Whether asking again renews the link is not documented: `renew` says.
        let given_ms = match scenario.renew {
            true => call.now_ms,
            false => job.when(scenario, 1000),
        };
        let end_ms = signed::end_of(service, given_ms);
        Some(Self {
            address: signed::link(call, &call.root(), &job.path, end_ms),
            seconds: end_ms.saturating_sub(call.now_ms) / 1000,
            size: job.deck.file(job.format).len(),
        })
    }
}
