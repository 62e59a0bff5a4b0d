//! Texts that try what a page may fall for.

use crate::deck::Deck;

/// A title with markup, a script link, turned letters, and more of it than any
/// box holds.
pub(super) fn title() -> String {
    let bait = "<script>alert('title')</script> \u{202e}fdp.exe\u{202c} \
                [link](javascript:alert('title')) <img src=x onerror=alert(1)> ";
    bait.to_owned() + &"very long title ".repeat(120)
}

/// Gives the deck that title, on its first slide as well.
pub(super) fn retitle(deck: &mut Deck) {
    deck.title = title();
    if let Some(first) = deck.slides.first_mut() {
        first.heading = deck.title.clone();
    }
}

/// A line of progress with markup and turned letters after it.
pub(super) fn message(text: &str) -> String {
    format!(
        "{text} <script>alert('message')</script> \u{202e}txt.exe\u{202c} <img src=x onerror=alert(1)>"
    )
}

/// A reason of a failure with a script link after it.
pub(super) fn reason(text: &str) -> String {
    format!("{text} <a href=\"javascript:alert('detail')\">Click here</a>")
}

/// An address that a page must not make clickable.
pub(super) fn address(name: &str) -> String {
    format!("javascript:alert('{name}')")
}
