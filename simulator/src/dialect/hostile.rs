//! Texts that try what a page may fall for: markup, script links, turned letters.

use crate::deck::Deck;

/// A text with bait behind it. `name` tells where it was swallowed.
pub(super) fn text(text: &str, name: &str) -> String {
    format!(
        "{text} <script>alert('{name}')</script> \u{202e}txt.exe\u{202c} <img src=x onerror=alert(1)>"
    )
}

/// Gives a deck a title that is bait, on its first slide too.
pub(super) fn retitle(deck: &mut Deck) {
    deck.title = title();
    if let Some(first) = deck.slides.first_mut() {
        first.heading = deck.title.clone();
    }
}

/// A title, with more of it than any box holds.
fn title() -> String {
    let bait = "<script>alert('title')</script> \u{202e}fdp.exe\u{202c} \
                [link](javascript:alert('title')) <img src=x onerror=alert(1)> ";
    bait.to_owned() + &"very long title ".repeat(120)
}
