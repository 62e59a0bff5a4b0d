//! One HTTP call: sent, limited in size, and read into the neutral tree. (Its
//! limit in time is the runner's, since it covers the host's `headers` too.)

use super::options::Credentials;
use super::value::{document, is_set, parse, property};
use crate::job::Fault;
use crate::provider::{Body, HttpReply, HttpRequest, Method, ReplyBody};
use gloo_net::http::{Headers, RequestBuilder, Response};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, ReadableStreamDefaultReader, RequestCache, RequestCredentials};
use web_sys::{RequestRedirect, ResponseType};

/// No real status is larger; more would only fill the page's memory.
pub(super) const LARGEST_REPLY: usize = 2 * 1024 * 1024;

/// Where and how to send.
pub(super) struct Call {
    pub(super) endpoint: String,
    pub(super) request: HttpRequest,
    pub(super) host_headers: Vec<(String, String)>,
    pub(super) credentials: Credentials,
    pub(super) signal: AbortSignal,
}

impl Call {
    /// Where it goes: to the endpoint, or to a place that a reply named and the
    /// job let pass.
    pub(super) fn url(&self) -> String {
        if self.request.is_elsewhere() {
            self.request.path.clone()
        } else {
            [self.endpoint.as_str(), &self.request.path].concat()
        }
    }
}

/// Sends, and waits for the head of the reply.
pub(super) async fn start(call: &Call) -> Result<Response, Fault> {
    let request = build(call).ok_or(Fault::NotSent)?;
    request.send().await.map_err(|_| Fault::Network)
}

/// Sends, and waits for the end of the body. Errors: a [`Fault`]; a call that
/// was aborted ends in one too, which nobody waits for any more.
pub(super) async fn send(call: Call) -> Result<HttpReply, Fault> {
    let response = start(&call).await?;
    if response.type_() == ResponseType::Opaqueredirect {
        // The browser does not say which; all mean "not here".
        return Ok(HttpReply {
            code: 307,
            problem: false,
            retry_after: None,
            body: ReplyBody::Text(String::new()),
        });
    }
    let code = response.status();
    let headers = response.headers();
    let retry_after = headers.get("retry-after");
    let kind = headers.get("content-type").unwrap_or_default();
    let text = read(&response).await?;
    Ok(read_body(code, retry_after, &kind, text))
}

/// A reply from its parts.
pub(super) fn read_body(
    code: u16,
    retry_after: Option<String>,
    kind: &str,
    text: String,
) -> HttpReply {
    let problem = kind.trim_start().starts_with("application/problem+json");
    let body = match parse(&text) {
        Some(json) => ReplyBody::Json(json),
        None => ReplyBody::Text(text),
    };
    HttpReply {
        code,
        problem,
        retry_after,
        body,
    }
}

/// Nothing where the host's headers are none that HTTP allows.
fn build(call: &Call) -> Option<gloo_net::http::Request> {
    let HttpRequest {
        method,
        headers,
        body,
        ..
    } = &call.request;
    let url = call.url();
    // Not by the builder's own setter, which throws on a bad name or value.
    let all = web_sys::Headers::new().ok()?;
    // A file is whatever it is.
    let wanted = if call.request.is_elsewhere() {
        "*/*"
    } else {
        "application/json"
    };
    all.set("accept", wanted).ok()?;
    for (name, value) in &call.host_headers {
        all.set(name, value).ok()?;
    }
    for (name, value) in headers {
        all.set(name, value).ok()?;
    }
    if matches!(body, Body::Json(_)) {
        all.set("content-type", "application/json").ok()?;
    }
    let builder = match method {
        Method::Get => RequestBuilder::new(&url).method(gloo_net::http::Method::GET),
        Method::Post => RequestBuilder::new(&url).method(gloo_net::http::Method::POST),
    };
    let builder = builder
        .headers(Headers::from_raw(all))
        .cache(RequestCache::NoStore)
        .credentials(match call.credentials {
            Credentials::SameOrigin => RequestCredentials::SameOrigin,
            Credentials::Include => RequestCredentials::Include,
            Credentials::Omit => RequestCredentials::Omit,
        })
        // A submit that is sent elsewhere has not been taken (a relay that sends
        // strangers to its login page), and the host's headers are for the
        // endpoint alone.
        .redirect(match method {
            Method::Get if call.host_headers.is_empty() => RequestRedirect::Follow,
            _ => RequestRedirect::Manual,
        })
        .abort_signal(Some(&call.signal));
    match body {
        // Forms have a way of their own (`upload.rs`).
        Body::None | Body::Form(_) => builder.build(),
        Body::Json(json) => builder.body(document(json)?),
    }
    .ok()
}

/// The body as text, cut off while it streams once it is too large.
async fn read(response: &Response) -> Result<String, Fault> {
    let Some(stream) = response.body() else {
        return Ok(String::new());
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes: Vec<u8> = Vec::new();
    while let Some(piece) = next_piece(&reader).await? {
        let size = usize::try_from(piece.length()).unwrap_or(usize::MAX);
        if bytes.len().saturating_add(size) > LARGEST_REPLY {
            return Err(Fault::TooLarge);
        }
        bytes.extend(piece.to_vec());
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The next piece of a body; nothing at its end.
pub(super) async fn next_piece(
    reader: &ReadableStreamDefaultReader,
) -> Result<Option<Uint8Array>, Fault> {
    let chunk = JsFuture::from(reader.read())
        .await
        .map_err(|_| Fault::Network)?;
    if is_set(&chunk, "done") {
        return Ok(None);
    }
    let piece = property(&chunk, "value");
    Ok(piece.and_then(|value| value.dyn_into::<Uint8Array>().ok()))
}
