//! What a page makes of a document is what `serde-wasm-bindgen` and `serde_json`
//! make of it.

use slidewright::browser::{from_js, parse, to_js};
use slidewright::json::Json;
use wasm_bindgen_test::wasm_bindgen_test;

const DOCUMENTS: [&str; 14] = [
    "null",
    "true",
    "5.0",
    "1e2",
    "-0.5",
    "9007199254740993",
    r#""a \"quoted\" \u00e4 text""#,
    "[]",
    "{}",
    r#"[1,"two",null,{"three":[3]}]"#,
    r#"{"a":1,"b":{"c":[true,false]}}"#,
    r#"{"status":"pending","message":"Queued for generation","data":null,"id":"task-e5a9","error":null}"#,
    r#"{"id":"t","data":{"created_slides":0,"remaining_slides":3},"status":"processing"}"#,
    r#"{"detail":[{"type":"missing","loc":["body","content",0],"msg":"Field required","input":{"n_slides":3}}]}"#,
];

#[wasm_bindgen_test]
fn on_every_kind_of_document() {
    for document in DOCUMENTS {
        let native: Json = serde_json::from_str(document).expect("the test's own JSON");
        let value = js_sys::JSON::parse(document).expect("the test's own JSON");
        let bound: Json = serde_wasm_bindgen::from_value(value).expect("the same tree");
        assert_eq!(bound, native, "{document}");
        assert_eq!(parse(document), Some(native), "{document}");
    }
}

#[wasm_bindgen_test]
fn on_duplicate_keys_the_last_counts() {
    let page = parse(r#"{"a":1,"a":2}"#).expect("JSON");
    assert_eq!(page.get("a"), Some(&Json::Number(2.0)));
}

#[wasm_bindgen_test]
fn deep_documents_are_refused_and_the_module_lives() {
    let bomb = ["[".repeat(10_000), "]".repeat(10_000)].concat();
    assert_eq!(parse(&bomb), None);
    assert_eq!(parse("1"), Some(Json::Number(1.0)));
}

#[wasm_bindgen_test]
fn what_is_no_json_is_nothing() {
    for text in ["", "<html>", "{", "nul", "{'a':1}", "\u{feff}"] {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[wasm_bindgen_test]
fn objects_leave_as_objects_and_come_back() {
    let native: Json = serde_json::from_str(DOCUMENTS[9]).expect("the test's own JSON");
    let there = to_js(&native);
    assert_eq!(from_js(&there), Some(native));
    let text = js_sys::JSON::stringify(&to_js(&parse(DOCUMENTS[10]).expect("JSON"))).expect("text");
    assert_eq!(String::from(text), DOCUMENTS[10]);
}
