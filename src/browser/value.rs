//! Between JavaScript's values and the neutral tree.

use crate::json::{Json, is_shallow};
use js_sys::{JSON, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// Reads a document; nothing where it is no JSON, or nests too deep to be
/// decoded without danger.
pub fn parse(document: &str) -> Option<Json> {
    if !is_shallow(document) {
        return None;
    }
    let value = JSON::parse(document).ok()?;
    serde_wasm_bindgen::from_value(value).ok()
}

/// Reads a value that the host handed over. It goes through its JSON form, which
/// is what would be sent anyway, so that getters, cycles and class instances
/// cannot do harm while it is decoded.
pub fn from_js(value: &JsValue) -> Option<Json> {
    parse(&JSON::stringify(value).ok()?.as_string()?)
}

/// A plain value for JavaScript: objects are objects, not `Map`s.
pub fn to_js(json: &Json) -> JsValue {
    json.serialize(&Serializer::json_compatible())
        .unwrap_or(JsValue::NULL)
}

/// The document to send.
pub(super) fn document(json: &Json) -> Option<String> {
    JSON::stringify(&to_js(json)).ok()?.as_string()
}

/// A property of a host's object, unless it is undefined or null.
#[inline(never)]
pub fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    if !object.is_object() {
        return None;
    }
    let value = Reflect::get(object, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// A property as text, from a string, a number or a boolean.
#[inline(never)]
pub fn string_property(object: &JsValue, name: &str) -> Option<String> {
    let value = property(object, name)?;
    if let Some(text) = value.as_string() {
        return Some(text);
    }
    if value.as_f64().is_some() || value.as_bool().is_some() {
        return JSON::stringify(&value).ok()?.as_string();
    }
    None
}
