//! The style, one sheet for all widgets of a page.

use crate::browser::{construct, invoke, set_property};
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::ShadowRoot;

/// The element's build hands in a copy without spaces.
const STYLE: &str = match option_env!("SLIDEWRIGHT_STYLE") {
    Some(minified) => minified,
    None => include_str!("style.css"),
};

thread_local! {
    static SHEET: Option<JsValue> = sheet();
}

/// Constructed, so that no policy about styles stands in its way.
fn sheet() -> Option<JsValue> {
    let sheet = construct("CSSStyleSheet", &[])?;
    invoke(&sheet, "replaceSync", &[STYLE.into()])?;
    Some(sheet)
}

/// Gives the style to a widget's tree.
pub(super) fn adopt(root: &ShadowRoot) {
    SHEET.with(|sheet| {
        if let Some(sheet) = sheet {
            let sheets: Array = [sheet].into_iter().collect();
            // It fails where the tree belongs to another document; the widget
            // works without its style.
            set_property(root, "adoptedStyleSheets", &sheets);
        }
    });
}
