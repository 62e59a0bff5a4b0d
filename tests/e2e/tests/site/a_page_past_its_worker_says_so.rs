//! Without its worker the demo shows what it can, and says why it cannot do more.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use slidewright_e2e::{Engine, only};

use super::demo::{Demo, folder};

const WHY: &str = "its driver alone can run a script before the page's own, or reload past caches";

async fn is_of_no_use(demo: &Demo) {
    assert!(demo.element().await.is_displayed().await.expect("a widget"));
    demo.wait(
        "a form that cannot be sent",
        "el.disabled && one('submit').getAttribute('aria-disabled') !== 'false'",
    )
    .await;
    let code = "return document.getElementById('embed').innerText.includes('<slide-wright')";
    assert_eq!(demo.run(code, Value::Null).await, json!(true));
}

#[tokio::test]
async fn where_there_are_no_service_workers() {
    if !only(&[Engine::Chromium], WHY) {
        return;
    }
    let demo = Demo::unseen().await;
    let source = "delete Navigator.prototype.serviceWorker";
    demo.browser
        .cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": source }),
        )
        .await;
    demo.visit().await;
    demo.is("none").await;
    is_of_no_use(&demo).await;
}

#[tokio::test]
async fn where_the_worker_cannot_be_had() {
    let broken = tempfile::tempdir().expect("a folder");
    copy(&folder(), broken.path());
    fs::write(
        broken.path().join("simulator.wasm"),
        "not what it should be",
    )
    .expect("a file");
    let demo = Demo::of(broken.path().to_owned()).await;
    demo.visit().await;
    demo.is("failed").await;
    is_of_no_use(&demo).await;
}

#[tokio::test]
async fn after_a_forced_reload() {
    if !only(&[Engine::Chromium], WHY) {
        return;
    }
    let demo = Demo::unseen().await;
    demo.visit().await;
    demo.is("ready").await;
    demo.browser
        .cdp("Page.reload", json!({ "ignoreCache": true }))
        .await;
    demo.is("uncontrolled").await;
    is_of_no_use(&demo).await;
    demo.run(
        "document.querySelector('#state button').click()",
        Value::Null,
    )
    .await;
    demo.is("ready").await;
}

/// A folder of files, and those in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("a file");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}
