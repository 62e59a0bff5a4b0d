//! A form sent with its progress. Not by fetch, which cannot tell how much has
//! left. (What that costs: a redirect is followed, as `XMLHttpRequest` cannot be
//! told not to. `Authorization` does not go along to another origin, and any
//! other header only where that origin allows it by CORS.)

use super::fetch::{Call, LARGEST_REPLY, read_body};
use super::files::Files;
use super::options::Credentials;
use super::value::{Handler, construct, invoke, property, set_property, text_property};
use crate::job::Fault;
use crate::provider::{Body, HttpReply, Part};
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Told of every step: how much has left, in percent.
pub(super) type OnProgress = Box<dyn Fn(u8)>;

/// Sends a form. Errors: as with any call.
pub(super) async fn send_form(
    call: &Call,
    files: &Files,
    on_progress: OnProgress,
) -> Result<HttpReply, Fault> {
    let xhr = prepare(call).ok_or(Fault::NotSent)?;
    let data = data(&call.request.body, files).ok_or(Fault::NotSent)?;
    let report = Handler::new(move |event: JsValue| {
        let number = |name| property(&event, name).and_then(|number| number.as_f64());
        let share = match (number("loaded"), number("total")) {
            (Some(loaded), Some(total)) if total > 0.0 => loaded / total * 100.0,
            _ => 0.0,
        };
        on_progress(share as u8);
    });
    let stop = xhr.clone();
    let watch_size = Handler::new(move |event: JsValue| {
        let loaded = property(&event, "loaded").and_then(|loaded| loaded.as_f64());
        if loaded.is_some_and(|loaded| loaded > LARGEST_REPLY as f64) {
            invoke(&stop, "abort", &[]);
        }
    });
    if let Some(upload) = property(&xhr, "upload") {
        set_property(&upload, "onprogress", report.as_ref());
    }
    set_property(&xhr, "onprogress", watch_size.as_ref());
    // Aborting the signal ends it, too.
    if let Some(abort) = property(&xhr, "abort").and_then(|abort| abort.dyn_into::<Function>().ok())
    {
        set_property(&call.signal, "onabort", &abort.bind0(&xhr));
    }
    let end = Promise::new(&mut |resolve: Function, _| {
        set_property(&xhr, "onloadend", &resolve);
    });
    invoke(&xhr, "send", &[data]).ok_or(Fault::NotSent)?;
    let ended = JsFuture::from(end).await;
    set_property(&call.signal, "onabort", &JsValue::NULL);
    let code = property(&xhr, "status").and_then(|code| code.as_f64());
    let code = code.map_or(0, |code| code as u16);
    if ended.is_err() || code == 0 {
        return Err(Fault::Network);
    }
    let header = |name: &str| invoke(&xhr, "getResponseHeader", &[name.into()])?.as_string();
    let text = text_property(&xhr, "responseText");
    let kind = header("content-type").unwrap_or_default();
    Ok(read_body(code, header("retry-after"), &kind, text))
}

fn prepare(call: &Call) -> Option<JsValue> {
    let xhr = construct("XMLHttpRequest", &[])?;
    invoke(&xhr, "open", &["POST".into(), call.url().into()])?;
    let with_cookies = call.credentials == Credentials::Include && !call.request.is_elsewhere();
    set_property(&xhr, "withCredentials", &with_cookies.into());
    let own = &call.request.headers;
    let is_own = |name: &str| {
        own.iter()
            .any(|(known, _)| known.eq_ignore_ascii_case(name))
    };
    let hosts = call.host_headers.iter().filter(|(name, _)| !is_own(name));
    for (name, value) in hosts.chain(own) {
        // A form names its own type, with the boundary between its parts.
        if !name.eq_ignore_ascii_case("content-type") {
            invoke(&xhr, "setRequestHeader", &[name.into(), value.into()])?;
        }
    }
    Some(xhr)
}

/// Nothing where a file is not there any more.
fn data(body: &Body, files: &Files) -> Option<JsValue> {
    let Body::Form(form) = body else { return None };
    let data = construct("FormData", &[])?;
    for part in form {
        let (name, value) = match part {
            Part::Text(name, value) => (name, value.into()),
            // The page's file brings its own name along.
            Part::File(name, handle) => (name, files.get(*handle)?.into()),
        };
        invoke(&data, "append", &[name.into(), value])?;
    }
    Some(data)
}
