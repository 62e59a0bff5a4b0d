//! Texts that try what a page may fall for.

use crate::deck::Deck;

/// A title with markup, a script link, turned letters, and more of it than any
/// box holds.
fn title() -> String {
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

/// A line of progress; where asked for, with markup and turned letters after it.
pub(super) fn message(hostile: bool, text: &str) -> String {
    let bait =
        " <script>alert('message')</script> \u{202e}txt.exe\u{202c} <img src=x onerror=alert(1)>";
    text.to_owned() + if hostile { bait } else { "" }
}

/// A reason of a failure; where asked for, with a script link and a script after it.
pub(super) fn reason(hostile: bool, text: &str) -> String {
    let bait = " <a href=\"javascript:alert('detail')\">Click here</a> \
                <script>alert('detail')</script>";
    text.to_owned() + if hostile { bait } else { "" }
}

/// The name of something to choose; where asked for, with a script after it.
pub(super) fn name(hostile: bool, text: &str) -> String {
    let bait = " <script>alert('name')</script>";
    text.to_owned() + if hostile { bait } else { "" }
}

/// An address that a page must not make clickable.
pub(super) fn address(name: &str) -> String {
    format!("javascript:alert('{name}')")
}
