//! Between JavaScript's values and the neutral tree.

use crate::json::{Json, is_shallow};
use js_sys::{Array, Function, JSON, Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// A function for the page to call. One kind for all: each brings a shim of its
/// own, in the wasm and in its glue.
pub type Handler = Closure<dyn FnMut(JsValue)>;

/// Reads a document; nothing where it is no JSON, or nests too deep to be
/// decoded without danger.
pub fn parse(document: &str) -> Option<Json> {
    if !is_shallow(document) {
        return None;
    }
    Some(tree(&JSON::parse(document).ok()?))
}

/// What `serde_wasm_bindgen::from_value` would make of a document, which
/// `tests/web` holds it to. Measured: that brings formatting for errors that
/// cannot happen here, decimal fractions included, and 7.3 KB of brotli, a tenth
/// of all that a page downloads. Recursion is bounded by [`is_shallow`].
fn tree(value: &JsValue) -> Json {
    if let Some(text) = value.as_string() {
        Json::Text(text)
    } else if let Some(number) = value.as_f64() {
        Json::Number(number)
    } else if let Some(flag) = value.as_bool() {
        Json::Bool(flag)
    } else if let Some(items) = value.dyn_ref::<Array>() {
        Json::List(items.iter().map(|item| tree(&item)).collect())
    } else if let Some(object) = value.dyn_ref::<Object>() {
        let entries = Object::entries(object);
        let members = entries.iter().filter_map(|member| {
            let member: Array = member.unchecked_into();
            Some((member.get(0).as_string()?, tree(&member.get(1))))
        });
        Json::Map(members.collect())
    } else {
        Json::Null
    }
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
    if !(object.is_object() || object.is_function()) {
        return None;
    }
    let value = Reflect::get(object, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// A plain object of these members. One way to set a member of anything: each of
/// a browser's own setters would be an import of its own.
pub fn object(members: &[(&str, &JsValue)]) -> JsValue {
    let object = Object::new().into();
    for (name, value) in members {
        set_property(&object, name, value);
    }
    object
}

/// Sets a property; a host's frozen object stays as it is.
#[inline(never)]
pub fn set_property(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// Calls a method of an object, by its name; nothing where there is none, or where
/// it throws.
#[inline(never)]
pub fn invoke(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: Function = property(object, method)?.dyn_into().ok()?;
    let arguments: Array = arguments.iter().collect();
    method.apply(object, &arguments).ok()
}

/// A new object of one of the browser's kinds; nothing where it has no such kind,
/// or none of these arguments.
pub fn construct(kind: &str, arguments: &[JsValue]) -> Option<JsValue> {
    construct_of(&js_sys::global(), kind, arguments)
}

/// The same, of a kind that is kept in some object.
#[inline(never)]
pub fn construct_of(object: &JsValue, kind: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let make: Function = property(object, kind)?.dyn_into().ok()?;
    let arguments: Array = arguments.iter().collect();
    Reflect::construct(&make, &arguments).ok()
}

/// Whether a property is there and says yes.
#[inline(never)]
pub fn is_set(object: &JsValue, name: &str) -> bool {
    property(object, name).is_some_and(|value| value.is_truthy())
}

/// A property as text; empty where it is none.
#[inline(never)]
pub fn text_property(object: &JsValue, name: &str) -> String {
    string_property(object, name).unwrap_or_default()
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
