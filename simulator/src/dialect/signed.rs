//! Addresses that carry their own permission, as object stores make them.
//!
//! The signature says until when the address holds, so nothing is kept of the
//! addresses that were given out. `expires` is in Unix milliseconds: finer than
//! the stores' own seconds, so that a short life is exact and a link made a
//! moment later is another one.

use super::Call;
use crate::request::decoded;
use crate::service::Service;
use crate::{Reply, digest};

/// An address below `root` that opens a path until a time in Unix milliseconds.
/// The path is taken as it is: it must need no further percent-encoding.
pub(super) fn link(call: &Call<'_>, root: &str, path: &str, until_ms: u64) -> String {
    let signature = signature(call, &decoded(path), until_ms);
    format!("{root}{path}?expires={until_ms}&signature={signature}")
}

/// When an address given out at `from_ms` ends.
pub(super) fn end_of(service: &Service, from_ms: u64) -> u64 {
    from_ms.saturating_add(service.scenario().life_s.saturating_mul(1000))
}

/// Whether the call's address is such a link, and still opens.
///
/// # Errors
///
/// The store's refusal.
pub(super) fn check(call: &Call<'_>) -> Result<(), Reply> {
    let query = |name| call.request.parameter(name);
    let until_ms = query("expires").and_then(|it| it.parse::<u64>().ok());
    let (Some(until_ms), Some(given)) = (until_ms, query("signature")) else {
        return Err(refusal(403, "AccessDenied", "Access Denied"));
    };
    if given != signature(call, &decoded(call.path), until_ms) {
        let text = "The request signature we calculated does not match the one you provided.";
        return Err(refusal(403, "SignatureDoesNotMatch", text));
    }
    if until_ms <= call.now_ms {
        return Err(refusal(403, "AccessDenied", "Request has expired"));
    }
    Ok(())
}

/// What an object store says when it does not do what it is asked.
pub(super) fn refusal(code: u16, name: &str, message: &str) -> Reply {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Error><Code>{name}</Code><Message>{message}</Message></Error>"
    );
    Reply::of(code, "application/xml", body)
}

/// The store's refusal where nothing lies.
pub(super) fn nothing_there() -> Reply {
    refusal(404, "NoSuchKey", "The specified key does not exist.")
}

fn signature(call: &Call<'_>, path: &str, until_ms: u64) -> String {
    digest::hex(&[call.base, path, &until_ms.to_string()], 32)
}
