//! Nothing leaves the demo's own host but the demo's own files come from there.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use super::demo::{Demo, folder};

#[tokio::test]
async fn a_whole_visit_stays_where_it_is() {
    let demo = Demo::open().await;
    demo.choose_behind("perceptis", "normal").await;
    demo.ask("perceptis").await;
    demo.hurry().await;
    demo.wait_state("done").await;

    let code = "return performance.getEntriesByType('resource').map((it) => it.name)
        .filter((name) => !name.startsWith(args))";
    let elsewhere = demo.run(code, json!(demo.host.address(""))).await;
    assert_eq!(elsewhere, json!([]));
    // Its own fetches are in no list of a page's: it knows no other address.
    let worker = fs::read_to_string(folder().join("worker.js")).expect("the worker");
    assert!(!worker.contains("://"), "{worker}");

    // What the budget of a first visit counts is what a first visit asks for.
    let asked = demo.host.asked();
    let first = asked
        .iter()
        .take_while(|path| !path.ends_with("later.json"));
    let first = first.filter_map(|path| path.strip_prefix("/some/sub/path/"));
    let first: BTreeSet<_> = first.collect();
    let counted = [
        "",
        "icon.svg",
        "simulator.wasm",
        "site.css",
        "site.js",
        "slidewright/slidewright-glue.js",
        "slidewright/slidewright.js",
        "slidewright/slidewright.wasm",
        "worker.js",
    ];
    assert_eq!(first, BTreeSet::from(counted));
    let strange = asked.iter().filter(|path| {
        // What a browser asks for by itself.
        let own = path.starts_with("/some/sub/path/") || *path == "/favicon.ico";
        !own || path.contains("/sim/")
    });
    assert_eq!(strange.collect::<Vec<_>>(), Vec::<&String>::new());
    let sent = demo.run(
        "return navigator.serviceWorker.controller !== null",
        Value::Null,
    );
    assert_eq!(sent.await, json!(true));
}
