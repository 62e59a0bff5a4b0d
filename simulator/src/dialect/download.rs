//! Files as they are sent.

use super::{Call, signed};
use crate::Reply;
use crate::deck::{Body, Deck, Format, Slide};
use crate::request::decoded;
use crate::service::Service;

/// The finished file behind the call's signed address.
pub(super) fn answer(call: &Call<'_>, service: &Service) -> Reply {
    if let Err(refusal) = signed::check(call) {
        return refusal;
    }
    let path = decoded(call.path);
    // As it was given: what is encoded in it may be a part of a name.
    match service.file(call.path, call.now_ms) {
        Some((deck, format)) => sent(deck, format, last_segment(&path), service),
        None => signed::nothing_there(),
    }
}

/// The file as an attachment of that name.
pub(super) fn sent(deck: &Deck, format: Format, name: &str, service: &Service) -> Reply {
    let reply = shown(deck, format);
    let name = service.scenario().hostile.file_name(name);
    reply.with("content-disposition", &attachment(&name))
}

/// A picture of a title slide with these words.
pub(super) fn picture(heading: &str, subtitle: &str) -> Reply {
    let deck = Deck {
        title: heading.to_owned(),
        slides: vec![Slide {
            heading: heading.to_owned(),
            body: Body::Subtitle(subtitle.to_owned()),
        }],
    };
    shown(&deck, Format::Png)
}

pub(super) fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn shown(deck: &Deck, format: Format) -> Reply {
    Reply::of(200, format.media_type(), deck.file(format))
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
