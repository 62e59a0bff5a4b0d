//! The page that stands for a service's own view or editor of a deck.

use crate::Reply;
use crate::service::Service;

/// A page that names the deck and nothing else.
pub(super) fn of_deck(deck_id: &str, service: &Service) -> Reply {
    let job = service.jobs().find(|job| job.deck_id == deck_id);
    let Some(job) = job else {
        return Reply::html(
            404,
            "<!doctype html><title>Presentation</title><h1>No such presentation</h1>",
        );
    };
    let mut title = String::new();
    for letter in job.deck.title.chars() {
        match letter {
            '<' => title.push_str("&lt;"),
            '>' => title.push_str("&gt;"),
            '&' => title.push_str("&amp;"),
            letter => title.push(letter),
        }
    }
    let count = job.deck.slides.len();
    Reply::html(
        200,
        &format!(
            "<!doctype html><html lang=\"en\"><head><title>Presentation</title></head>\
             <body><h1>{title}</h1><p>{count} slides. This page stands for the editor.</p></body></html>"
        ),
    )
}
