//! A page never meets files of another version than its own.

use std::fs;

use serde_json::json;
use slidewright_e2e::{Engine, only};

use super::a_page_past_its_worker_says_so::copy;
use super::a_stopped_worker_goes_on::stop_workers;
use super::demo::{Demo, folder};

#[tokio::test]
async fn the_next_visit_gets_the_new_one() {
    if !only(&[Engine::Chromium], "its driver alone can stop a worker") {
        return;
    }
    let site = tempfile::tempdir().expect("a folder");
    copy(&folder(), site.path());
    let demo = Demo::of(site.path().to_owned()).await;
    demo.visit().await;
    demo.is("ready").await;

    // Another title, and a worker that goes with it.
    let page = fs::read_to_string(site.path().join("index.html")).expect("the page");
    let page = page.replace("<title>Slidewright", "<title>The next Slidewright");
    fs::write(site.path().join("index.html"), page).expect("a file");
    let worker = fs::read_to_string(site.path().join("worker.js")).expect("the worker");
    let at = worker.find("files ").expect("the name of its store") + "files ".len();
    let version = &worker[at..at + 16];
    fs::write(
        site.path().join("worker.js"),
        worker.replace(version, "another version!"),
    )
    .expect("a file");

    // This visit fetches it, the next one shows it.
    demo.reload().await;
    demo.is("ready").await;
    let waiting = "navigator.serviceWorker.getRegistration().then((it) => Boolean(it.waiting))";
    demo.wait("another version at hand", waiting).await;
    let title = demo.run("return document.title", json!(null)).await;
    assert!(!title.to_string().contains("next"), "{title}");
    // A visit later, the worker of the version before has been stopped, and whatever it was
    // busy with is over: until then browsers let none take its place.
    stop_workers(&demo).await;
    demo.reload().await;
    demo.wait("the new page", "document.title.startsWith('The next')")
        .await;
    demo.is("ready").await;
    let stores =
        "caches.keys().then((names) => names.filter((it) => it.includes('files')).length === 1)";
    demo.wait("one version at hand", stores).await;
}
