//! Claims that only a browser can prove, each in the file named after it.
#![cfg(target_arch = "wasm32")]

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

mod decoders_agree;
mod every_documented_example_is_read_right;
#[path = "../fixtures/mod.rs"]
mod fixtures;
mod the_leptos_component_shows_the_form;
