//! What an earlier visit, another page or a stranger's link left behind does not stop it.

use std::fs;

use serde_json::{Value, json};
use slidewright_e2e::{Engine, StaticHost, only};

use super::a_page_past_its_worker_says_so::copy;
use super::demo::{Demo, folder};

const WHY: &str = "what the page and its worker make of it is the same in each";

/// Keeps a call as the worker does, as of then, and tells how many are kept.
const KEEP: &str = "return (async () => {
    const { scope } = await navigator.serviceWorker.ready;
    const cache = await caches.open(`slidewright ${new URL(scope).pathname} calls`);
    const call = `POST /sim/presenton,run=old/_reset\\n\\n`;
    await cache.put(new URL(`calls/${Date.now() + args}`, scope), new Response(call));
    return (await cache.keys()).length;
})()";

const KEPT: &str = "(async () => {
    const { scope } = await navigator.serviceWorker.ready;
    const cache = await caches.open(`slidewright ${new URL(scope).pathname} calls`);
    return (await cache.keys()).length === args;
})()";

#[tokio::test]
async fn a_link_that_names_what_is_not_there() {
    if !only(&[Engine::Chromium], WHY) {
        return;
    }
    let demo = Demo::open().await;
    for strange in ["#toString", "#presenton,constructor", "#,", "#%"] {
        demo.go_to("about:blank").await;
        demo.go_to(&demo.host.address(strange)).await;
        demo.is("ready").await;
        let endpoint = "el.getAttribute('endpoint').endsWith('sim/presenton,duration=9000')";
        demo.wait("the usual service", endpoint).await;
    }
}

#[tokio::test]
async fn a_clock_that_was_put_back() {
    if !only(&[Engine::Chromium], WHY) {
        return;
    }
    let demo = Demo::open().await;
    assert_eq!(demo.run(KEEP, json!(3_600_000)).await, json!(1));
    demo.visit_again().await;
    demo.is("ready").await;
    demo.ask("presenton").await;
    // At the pace of the scenario, of nine seconds.
    demo.wait_state("done").await;
}

#[tokio::test]
async fn a_call_of_the_day_before_yesterday() {
    if !only(&[Engine::Chromium], WHY) {
        return;
    }
    let demo = Demo::open().await;
    assert_eq!(demo.run(KEEP, json!(-172_800_000)).await, json!(1));
    demo.visit_again().await;
    demo.is("ready").await;
    demo.wait_with("nothing kept of it", KEPT, json!(0)).await;
}

#[tokio::test]
async fn what_was_typed_before_a_forced_reload() {
    if !only(
        &[Engine::Chromium],
        "its driver alone can reload past caches",
    ) {
        return;
    }
    let demo = Demo::unseen().await;
    demo.visit().await;
    demo.is("ready").await;
    demo.ask("presenton").await;
    demo.wait_with("the call kept", KEPT, json!(1)).await;
    demo.browser
        .cdp("Page.reload", json!({ "ignoreCache": true }))
        .await;
    demo.is("uncontrolled").await;
    demo.run("document.getElementById('forget').click()", Value::Null)
        .await;
    demo.wait_with("nothing kept of it", KEPT, json!(0)).await;
}

/// As where one host has the pages of several projects.
#[tokio::test]
async fn a_worker_of_the_folder_above() {
    if !only(&[Engine::Chromium], WHY) {
        return;
    }
    let above = tempfile::tempdir().expect("a folder");
    copy(&folder(), &above.path().join("some/sub/path"));
    let worker = "addEventListener('install', () => skipWaiting());
        addEventListener('activate', (event) => event.waitUntil(clients.claim()));
        addEventListener('fetch', () => {});";
    fs::write(above.path().join("sw.js"), worker).expect("a file");
    let page = "<!doctype html><title>Above</title><script>
        navigator.serviceWorker.register('/sw.js')</script>";
    fs::write(above.path().join("index.html"), page).expect("a file");
    let mut demo = Demo::unseen().await;
    demo.host = StaticHost::start("/", above.path()).await;
    let host = demo.host.origin().to_owned();
    demo.go_to(&format!("{host}/")).await;
    let there = "Boolean(navigator.serviceWorker.controller)";
    demo.wait("the worker above", there).await;
    demo.go_to(&format!("{host}/some/sub/path/")).await;
    demo.is("ready").await;
    demo.ask("presenton").await;
    let asked = demo.host.asked();
    let strange = asked.iter().find(|path| path.contains("/sim/"));
    assert_eq!(strange, None, "a request left the browser");
}
