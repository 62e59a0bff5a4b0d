//! Saving a file that a plain link cannot reach: one kept behind the headers that
//! the host gives. It is fetched with them and handed to the browser whole, so it
//! needs memory for all of it, and a browser that can save what a page made
//! (those inside other apps often cannot).

use super::fetch::{Call, next_piece};
use super::page::{abort_after, window};
use super::value::{construct, invoke, object, property, set_property};
use crate::job::Fault;
use crate::text::{clean, split_last};
use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, ReadableStreamDefaultReader};

/// A download that stands still for so long has failed: in milliseconds.
const STALL: u32 = 30_000;

/// Fetches a file and has it saved. `on_progress` is told the percentage, where
/// the size is known. Errors: a [`Fault`]; `TooLarge` is none of them.
pub(super) async fn save(
    call: Call,
    controller: AbortController,
    on_progress: impl Fn(u8),
) -> Result<(), Fault> {
    let mut stall = abort_after(STALL, &controller);
    let response = super::fetch::start(&call).await?;
    if !response.ok() {
        return Err(Fault::NotSent);
    }
    let headers = response.headers();
    let total = headers.get("content-length");
    let total = total.and_then(|digits| crate::text::number(&digits));
    let stream = response.body().ok_or(Fault::Network)?;
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let pieces = Array::new();
    let mut loaded = 0_u64;
    while let Some(piece) = next_piece(&reader).await? {
        stall = abort_after(STALL, &controller);
        loaded = loaded.saturating_add(u64::from(piece.length()));
        pieces.push(&piece);
        if let Some(share) = total.and_then(|total| loaded.saturating_mul(100).checked_div(total)) {
            on_progress(u8::try_from(share.min(100)).unwrap_or(100));
        }
    }
    drop(stall);
    let name = headers
        .get("content-disposition")
        .and_then(|header| named_by(&header))
        .unwrap_or_else(|| name_of(&call.request.path));
    let kind = headers.get("content-type").unwrap_or_default();
    let init = object(&[("type", &kind.into())]);
    let blob = construct("Blob", &[pieces.into(), init]);
    hand_over(blob, &name).ok_or(Fault::Network)
}

/// Has the browser save it, by a link that nobody sees.
fn hand_over(blob: Option<JsValue>, name: &str) -> Option<()> {
    let urls = property(&js_sys::global(), "URL")?;
    let url = invoke(&urls, "createObjectURL", &[blob?])?;
    let link = window()?.document()?.create_element("a").ok()?;
    set_property(&link, "href", &url);
    link.set_attribute("download", name).ok()?;
    invoke(&link, "click", &[]);
    // Some browsers begin to read only later.
    Timeout::new(60_000, move || {
        invoke(&urls, "revokeObjectURL", std::slice::from_ref(&url));
    })
    .forget();
    Some(())
}

/// `attachment; filename="Bees.pptx"; filename*=UTF-8''Bees.pptx`
fn named_by(header: &str) -> Option<String> {
    let value = |key: &str| {
        header.split(';').find_map(|part| {
            let (name, value) = part.trim().split_once('=')?;
            name.eq_ignore_ascii_case(key)
                .then(|| value.trim_matches('"'))
        })
    };
    let encoded = value("filename*")
        .and_then(|value| split_last(value, b'\''))
        .map(|(_, it)| it);
    plain(&decoded(encoded.or_else(|| value("filename"))?))
}

/// The last segment of an address.
fn name_of(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let last = split_last(path, b'/').map_or(path, |(_, last)| last);
    plain(&decoded(last)).unwrap_or_else(|| "slides".into()) // not shown: a file name
}

fn decoded(text: &str) -> String {
    let decoded = js_sys::decode_uri_component(text).ok();
    decoded.map_or_else(|| text.into(), String::from)
}

/// A name that stays in its folder.
fn plain(name: &str) -> Option<String> {
    let name: String = name
        .chars()
        .filter(|letter| !matches!(letter, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
        .collect();
    let name = clean(&name, 150);
    (!name.trim_matches('.').is_empty()).then_some(name)
}
