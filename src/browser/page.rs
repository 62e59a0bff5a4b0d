//! The page around a widget: its clocks, its chance, its address.

use super::value::{construct, invoke, is_set, object, property, text_property};
use crate::job::Moment;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, Window};

pub(super) fn window() -> Option<Window> {
    web_sys::window()
}

pub(super) fn navigator() -> Option<JsValue> {
    let window = window()?;
    property(&window, "navigator")
}

/// Now, on both clocks.
pub fn now() -> Moment {
    let steady = window()
        .and_then(|window| window.performance())
        .map_or(0.0, |clock| clock.now());
    Moment {
        steady: steady as u64,
        wall: js_sys::Date::now() as u64,
    }
}

/// Sixteen random bytes; all zero where the page has no source of chance.
fn random_bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
        // It fails only for larger requests; zeros would then be found below.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    if bytes == [0; 16] {
        for byte in &mut bytes {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    bytes
}

/// A seed for jitter.
pub(super) fn seed() -> u64 {
    random_bytes()
        .iter()
        .fold(0, |seed, byte| (seed << 4) ^ u64::from(*byte))
}

/// An idempotency key: 128 random bits. (`crypto.randomUUID` is missing on pages
/// without TLS.)
pub(super) fn fresh_key() -> String {
    random_bytes()
        .into_iter()
        .flat_map(crate::text::hex)
        .collect()
}

/// Ends a call after so many milliseconds, unless it is dropped first.
pub(super) fn abort_after(limit: u32, controller: &AbortController) -> Timeout {
    let controller = controller.clone();
    Timeout::new(limit, move || controller.abort())
}

/// An address of the page's attributes, made absolute; nothing where it cannot
/// be, or is none of the web's.
pub(super) fn resolve(address: &str) -> Option<JsValue> {
    let document = window()?.document()?;
    let base = property(&document, "baseURI")?;
    let url = construct("URL", &[address.into(), base])?;
    let web = matches!(text_property(&url, "protocol").as_str(), "http:" | "https:");
    web.then_some(url)
}

/// Whether an address, relative to the page, leads to the web.
pub fn is_http(address: &str) -> bool {
    resolve(address).is_some()
}

/// Whether calls to an address stay on the page's own origin.
pub(super) fn is_same_origin(url: &JsValue) -> bool {
    let location = window().and_then(|window| property(&window, "location"));
    location.is_some_and(|here| text_property(&here, "origin") == text_property(url, "origin"))
}

pub(super) fn is_visible() -> bool {
    window()
        .and_then(|window| window.document())
        .is_none_or(|document| text_property(&document, "visibilityState") != "hidden")
}

pub(super) fn is_online() -> bool {
    navigator().is_none_or(|navigator| is_set(&navigator, "onLine"))
}

/// A date as a language writes it, from milliseconds since 1970.
pub fn date_text(wall: u64, language: &str) -> String {
    let date = js_sys::Date::new(&(wall as f64).into());
    let short = JsValue::from_str("short");
    let options = object(&[("dateStyle", &short), ("timeStyle", &short)]);
    let text = invoke(&date, "toLocaleString", &[language.into(), options]);
    text.and_then(|text| text.as_string()).unwrap_or_default()
}

/// Whether a value is a promise, or close enough to be awaited: also one of another
/// frame, whose functions are no instances of this one's `Function`.
pub(super) fn is_thenable(value: &wasm_bindgen::JsValue) -> bool {
    super::property(value, "then").is_some_and(|then| then.is_function())
}
