//! The description of a provider that a page keeps in a file.

use super::fetch::{Call, send};
use super::options::Credentials;
use super::page::{abort_after, is_same_origin, resolve};
use super::value::text_property;
use crate::json::Json;
use crate::provider::{HttpRequest, ReplyBody};
use crate::text::digits;
use web_sys::AbortController;

/// When to give up, in milliseconds.
const LIMIT: u32 = 30_000;

/// From where, and what came of it; the problem is for the page's developer.
pub(super) type Fetched = Option<(String, Result<Json, String>)>;

/// Fetches a description. Only from the page's own origin: what it says decides
/// where visitors' words go.
pub(super) async fn fetch(address: &str) -> Result<Json, String> {
    let url = resolve(address).filter(is_same_origin);
    let (Some(url), Ok(controller)) = (url, AbortController::new()) else {
        // not shown: for the console.
        return Err("it must be on the page's own origin".into());
    };
    let limit = abort_after(LIMIT, &controller);
    let path = ["pathname", "search"].map(|part| text_property(&url, part));
    let reply = send(Call {
        endpoint: text_property(&url, "origin"),
        request: HttpRequest::get(path.concat()),
        host_headers: Vec::new(),
        credentials: Credentials::SameOrigin,
        signal: controller.signal(),
    })
    .await;
    drop(limit);
    match reply {
        Ok(reply) if reply.is_success() => match reply.body {
            ReplyBody::Json(json) => Ok(json),
            // not shown: for the console.
            ReplyBody::Text(_) => Err("it is no JSON".into()),
        },
        // not shown: for the console.
        Ok(reply) => Err(["its address answered ", &digits(reply.code)].concat()),
        // not shown: for the console.
        Err(_) => Err("it could not be fetched".into()),
    }
}
