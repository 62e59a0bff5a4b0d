//! The style, one sheet for all widgets of a page.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, ShadowRoot};

/// The element's build hands in a copy without spaces.
const STYLE: &str = match option_env!("SLIDEWRIGHT_STYLE") {
    Some(minified) => minified,
    None => include_str!("style.css"),
};

thread_local! {
    static SHEET: Option<CssStyleSheet> = sheet();
}

/// Constructed, so that no policy about styles stands in its way.
fn sheet() -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    sheet.replace_sync(STYLE).ok()?;
    Some(sheet)
}

/// Gives the style to a widget's tree.
pub(super) fn adopt(root: &ShadowRoot) {
    SHEET.with(|sheet| {
        if let Some(sheet) = sheet {
            let sheets = Array::of1(sheet);
            // It fails where the tree belongs to another document; the widget
            // works without its style.
            let _ = Reflect::set(root, &JsValue::from_str("adoptedStyleSheets"), &sheets);
        }
    });
}
