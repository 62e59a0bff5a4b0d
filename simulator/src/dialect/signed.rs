//! Addresses that carry their own permission, as object stores make them.
//!
//! `expires` is in Unix milliseconds: finer than the stores' own seconds, so
//! that a short life is exact and a link made a moment later is another one.

use super::Call;
use crate::{Reply, digest};

/// An address below `root` that opens `path` until it expires. The path is
/// percent-encoded and begins with a slash.
pub(super) fn link(call: &Call<'_>, root: &str, path: &str, expires_ms: u64) -> String {
    let signature = signature(call, path, expires_ms);
    format!("{root}{path}?expires={expires_ms}&signature={signature}")
}

/// Whether the call's address is such a link, and still opens.
///
/// # Errors
///
/// The store's refusal.
pub(super) fn check(call: &Call<'_>) -> Result<(), Reply> {
    let query = |name| call.request.parameter(name);
    let expires = query("expires").and_then(|it| it.parse::<u64>().ok());
    let (Some(expires), Some(given)) = (expires, query("signature")) else {
        return Err(refusal(403, "AccessDenied", "Access Denied"));
    };
    if given != signature(call, call.path, expires) {
        let text = "The request signature we calculated does not match the one you provided.";
        return Err(refusal(403, "SignatureDoesNotMatch", text));
    }
    if expires <= call.now_ms {
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

fn signature(call: &Call<'_>, path: &str, expires_ms: u64) -> String {
    digest::hex(&[call.base, path, &expires_ms.to_string()], 32)
}
