//! The same examples as natively, through the browser's own decoders.

use crate::fixtures::disagreements;
use slidewright::browser::parse;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn as_a_page_reads_them() {
    let found = disagreements(parse);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[wasm_bindgen_test]
fn through_serde_wasm_bindgen() {
    let found = disagreements(|text| {
        let value = js_sys::JSON::parse(text).ok()?;
        serde_wasm_bindgen::from_value(value).ok()
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}
