//! The page that stands for a service's own view or editor of a deck.

use crate::Reply;
use crate::service::Service;

/// A page that names the deck and nothing else.
pub(super) fn of_deck(deck_id: &str, service: &Service) -> Reply {
    let job = service.jobs().find(|job| job.deck_id == deck_id);
    let Some(job) = job else {
        return missing();
    };
    let count = job.deck.slides.len();
    let below = format!("<p>{count} slides. This page stands for the editor.</p>");
    titled(&job.deck.title, &below)
}

/// A page with a title, and HTML below it.
pub(super) fn titled(title: &str, below: &str) -> Reply {
    let title = escaped(title);
    Reply::html(
        200,
        &format!(
            "<!doctype html><html lang=\"en\"><head><title>Presentation</title></head>\
             <body><h1>{title}</h1>{below}</body></html>"
        ),
    )
}

/// The page where there is no deck.
pub(super) fn missing() -> Reply {
    Reply::html(
        404,
        "<!doctype html><title>Presentation</title><h1>No such presentation</h1>",
    )
}

/// Text for a place between two tags.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
