//! What the scripts of the npm package call is exported only where the features
//! `element` and `headless` ask for it: in an app, these would be names of its own
//! module, and code that nobody calls.

use std::fs;

use serde_json::{Value, json};
use slidewright_e2e::server;

use crate::example;

/// The functions of a module of the crate that it exports.
fn exported_by(module: &str) -> Vec<String> {
    let source = server::repository().join(format!("src/{module}.rs"));
    let source = fs::read_to_string(source).expect(module);
    let functions = source.split("#[wasm_bindgen]\npub fn ").skip(1);
    functions
        .filter_map(|function| Some(function.split_once('(')?.0.to_owned()))
        .collect()
}

#[tokio::test]
async fn the_app_exports_none_of_our_functions() {
    let ours = [exported_by("element"), exported_by("headless")].concat();
    for known in ["mount", "unmount", "open", "close"] {
        assert!(ours.iter().any(|name| name == known), "{known}: {ours:?}");
    }

    let page = example().await;
    page.widget("#slides").part("prompt").await;
    let read = "Promise.all([
            import('/leptos/app.js'),
            fetch('/leptos/app_bg.wasm').then((reply) => WebAssembly.compileStreaming(reply)),
        ]).then(([glue, wasm]) => {
            const names = WebAssembly.Module.exports(wasm).map((it) => it.name);
            window.exported = [...names, ...Object.keys(glue)];
        })";
    page.run(read, Value::Null).await;
    let exported = page.wait("the exports", "window.exported").await;
    let exported = exported.as_array().expect("a list");
    // These two are of the wasm and of the glue: both lists were read.
    for there in ["__wbindgen_start", "initSync"] {
        assert!(exported.contains(&json!(there)), "{there}: {exported:?}");
    }
    for name in ours {
        assert!(!exported.contains(&json!(name)), "{name}: {exported:?}");
    }
}
