//! The host's own form controls in the slot `before-submit`: terms, consent,
//! further fields. They stay in the host's tree; here they are only asked.

use crate::browser::{invoke, is_set, object, set_property, string_property};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

const SLOTTED: &str = "[slot=before-submit]";
const CONTROLS: &str = "input, select, textarea"; // not shown: a selector

/// Whether all are filled in as they must be; the first that is not says so.
pub(super) fn are_valid(host: &HtmlElement) -> bool {
    controls(host).iter().all(|control| {
        invoke(control, "reportValidity", &[])
            .and_then(|valid| valid.as_bool())
            .unwrap_or(true)
    })
}

/// Name and value of each named control, for `beforeSubmit`.
pub(super) fn values(host: &HtmlElement) -> JsValue {
    let values = object(&[]);
    for control in controls(host) {
        let text = |name: &str| string_property(&control, name).filter(|text| !text.is_empty());
        let is_choice = matches!(text("type").as_deref(), Some("checkbox" | "radio"));
        if is_choice && !is_set(&control, "checked") {
            continue;
        }
        if let Some(name) = text("name") {
            let value = text("value").unwrap_or_default();
            set_property(&values, &name, &value.into());
        }
    }
    values
}

/// The slotted elements that are controls, and the controls within the others.
fn controls(host: &HtmlElement) -> Vec<Element> {
    let mut found = Vec::new();
    for slotted in query(host, SLOTTED) {
        if slotted.matches(CONTROLS).unwrap_or(false) {
            found.push(slotted);
        } else {
            found.extend(query(&slotted, CONTROLS));
        }
    }
    found
}

fn query(root: &Element, selector: &str) -> Vec<Element> {
    match root.query_selector_all(selector) {
        Ok(list) => Array::from(&list)
            .iter()
            .filter_map(|node| node.dyn_into().ok())
            .collect(),
        Err(_) => Vec::new(),
    }
}
