//! Files as they are sent, and the signed addresses of a storage host.
//!
//! The signature says until when the address holds, so nothing is kept of the
//! addresses that were given out.

use crate::deck::{Deck, Format};
use crate::dialect::Call;
use crate::request::decoded;
use crate::service::Service;
use crate::{Reply, digest};

/// The file as an attachment of that name.
pub(super) fn sent(deck: &Deck, format: Format, name: &str) -> Reply {
    match deck.file(format) {
        Ok(body) => {
            Reply::of(200, format.media_type(), body).with("content-disposition", &attachment(name))
        }
        Err(why) => Reply::of(500, "text/plain; charset=utf-8", why),
    }
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

/// The absolute address of a path, good until a time in Unix milliseconds.
/// The path is taken as it is: it must need no percent-encoding.
pub(super) fn signed(call: &Call<'_>, path: &str, until_ms: u64) -> String {
    let token = token(call, path, until_ms);
    format!("{}{path}?expires={until_ms}&token={token}", call.root())
}

/// When an address given out at `from_ms` ends.
pub(super) fn end_of(service: &Service, from_ms: u64) -> u64 {
    from_ms.saturating_add(service.scenario().life_s.saturating_mul(1000))
}

/// The finished file behind a signed address.
pub(super) fn answer(call: &Call<'_>, service: &Service) -> Reply {
    if let Some(refusal) = barred(call) {
        return refusal;
    }
    let path = decoded(call.path);
    match service.file(&path, call.now_ms) {
        Some((deck, format)) => sent(deck, format, last_segment(&path)),
        None => complaint(404, "NoSuchKey", "The specified key does not exist."),
    }
}

/// The refusal of an address that was not signed here, or is too old.
pub(super) fn barred(call: &Call<'_>) -> Option<Reply> {
    let until_ms = call.request.parameter("expires");
    let until_ms = until_ms.and_then(|it| it.parse::<u64>().ok());
    let given = call.request.parameter("token");
    let Some(until_ms) = until_ms.filter(|it| given == Some(token(call, &decoded(call.path), *it)))
    else {
        let message = "The request signature does not match the signature provided.";
        return Some(complaint(403, "SignatureDoesNotMatch", message));
    };
    let message = "Request has expired.";
    (call.now_ms >= until_ms).then(|| complaint(403, "ExpiredToken", message))
}

pub(super) fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn token(call: &Call<'_>, path: &str, until_ms: u64) -> String {
    digest::hex(&[call.base, path, &until_ms.to_string()], 32)
}

/// An error in the words of a storage host.
fn complaint(code: u16, name: &str, message: &str) -> Reply {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Error><Code>{name}</Code><Message>{message}</Message></Error>"
    );
    Reply::of(code, "application/xml", body)
}
