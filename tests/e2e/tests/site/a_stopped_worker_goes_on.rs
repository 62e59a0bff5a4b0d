//! Browsers stop workers that are idle: what was sent is known to the next.

use serde_json::json;
use slidewright_e2e::{Engine, only};

use super::demo::Demo;

#[tokio::test]
async fn a_job_outlives_its_worker() {
    if !only(&[Engine::Chromium], "its driver alone can stop a worker") {
        return;
    }
    let demo = Demo::unseen().await;
    demo.visit().await;
    demo.is("ready").await;
    demo.choose_behind("chronicle", "question").await;
    demo.ask("chronicle").await;
    demo.wait_state("asking").await;
    stop_workers(&demo).await;
    demo.fill("answer", "For beekeepers").await;
    demo.click("send").await;
    demo.wait("the answer taken", "el.snapshot.rounds.length === 1")
        .await;
    demo.wait_state("asking").await;
    stop_workers(&demo).await;
    demo.reload().await;
    demo.is("ready").await;
    demo.wait(
        "the round before",
        "el.snapshot?.rounds?.[0]?.answer?.includes('beekeepers')",
    )
    .await;
}

/// As a browser does with those that are idle.
pub async fn stop_workers(demo: &Demo) {
    demo.browser.cdp("ServiceWorker.enable", json!({})).await;
    demo.browser
        .cdp("ServiceWorker.stopAllWorkers", json!({}))
        .await;
}
