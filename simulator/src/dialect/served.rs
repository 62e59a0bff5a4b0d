//! Files and pages as they are sent.

use crate::Reply;
use crate::deck::{Deck, Format};

/// A deck as a file of that name.
pub(super) fn file(deck: &Deck, format: Format, name: &str) -> Reply {
    match deck.file(format) {
        Ok(body) => {
            Reply::of(200, format.media_type(), body).with("content-disposition", &attachment(name))
        }
        Err(why) => Reply::of(500, "text/plain; charset=utf-8", why),
    }
}

/// Text for a place between two tags.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// RFC 6266: plain letters for old readers, the true name for the others.
fn attachment(name: &str) -> String {
    let plain = name.chars().map(|it| match it {
        ' '..='~' if it != '"' && it != '\\' && it != '%' => it,
        _ => '_',
    });
    let plain: String = plain.collect();
    let set = percent_encoding::NON_ALPHANUMERIC;
    let exact = percent_encoding::utf8_percent_encode(name, set);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}
