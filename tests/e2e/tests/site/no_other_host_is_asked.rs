//! Nothing leaves the demo's own host but the demo's own files come from there.

use serde_json::{Value, json};

use super::demo::Demo;

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
    let asked = demo.host.asked();
    assert!(
        asked.iter().any(|path| path.ends_with("/simulator.wasm")),
        "{asked:?}"
    );
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
