//! A plain link carries no headers. Where the server's own files need the page's,
//! they are fetched with them and saved.

use serde_json::{Value, json};
use slidewright_e2e::{Deck, Log, Page, Server};

const RIGHT: &str = "el.headers = { Authorization: 'Bearer right' }";
const WRONG: &str = "el.headers = { Authorization: 'Bearer wrong' }";

async fn done(scenario: &str, attributes: &str) -> Page {
    let page = Page::with_widget(scenario, attributes).await;
    page.run(RIGHT, Value::Null).await;
    page.generate("Bees").await;
    page.part("download").await;
    page
}

#[tokio::test]
async fn a_file_behind_headers_is_saved_with_them() {
    let scenario = "presenton,duration=300,auth=right";
    let page = done(scenario, "").await;
    let tag = page.run("return one('download').tagName", Value::Null);
    assert_eq!(tag.await, json!("BUTTON"));
    let asked = "el.headers = ({ purpose, jobId }) => {
        window.purpose = [purpose, jobId]; return { Authorization: 'Bearer right' } }";
    page.run(asked, Value::Null).await;
    page.click("download").await;
    let file = &page.browser.saved(1).await[0];
    let log = page.log(scenario).await;
    let fetched = log.calls("GET", "/app_data/exports/");
    assert_eq!(fetched.len(), 1, "{log:?}");
    assert_eq!(
        fetched[0]["headers"]["authorization"],
        json!("Bearer right")
    );
    let name = file
        .file_name()
        .and_then(|it| it.to_str())
        .unwrap_or_default();
    assert_eq!(name, "Bees.pptx");
    assert_eq!(Deck::read(file).slides, 8);
    let purpose = "return purpose[0] === 'download' && purpose[1] === el.snapshot.jobId";
    assert_eq!(page.run(purpose, Value::Null).await, json!(true));
    assert_eq!(page.events("download").await.len(), 1);
    assert!(page.sees("download").await, "it can be saved once more");
}

#[tokio::test]
async fn its_progress_is_shown_and_it_can_be_cancelled_and_tried_again() {
    let scenario = "presenton,duration=300,auth=right";
    let page = done(scenario, "").await;
    page.browser.slow_down(1_000, -1).await;
    page.click("download").await;
    page.wait(
        "how much is there",
        "/Downloading: [1-9][0-9]? %/.test(el.shadowRoot.querySelector('.screen').innerText)",
    )
    .await;
    // Once is enough.
    page.click("download").await;
    page.click("stop").await;
    page.wait("no more progress", "!seen(one('stop'))").await;
    assert!(!page.shown().await.contains("could not be downloaded"));
    let log = page.log(scenario).await;
    assert_eq!(log.calls("GET", "/app_data/exports/").len(), 1, "{log:?}");

    page.browser.slow_down(-1, -1).await;
    page.run(WRONG, Value::Null).await;
    page.click("download").await;
    page.wait_text("The file could not be downloaded. Please try again.")
        .await;
    assert_eq!(page.state().await, "done");
    page.run(RIGHT, Value::Null).await;
    page.click("download").await;
    assert_eq!(page.browser.saved(1).await.len(), 1);
    page.wait(
        "no complaint any more",
        "!el.shadowRoot.querySelector('.screen').innerText.includes('could not be downloaded')",
    )
    .await;
}

#[tokio::test]
async fn headers_do_not_go_where_else_files_live() {
    let other = Server::start().await;
    let scenario = "presenton,duration=300,auth=right";
    let base = format!("{}/sim/{scenario}", other.origin());
    let page = done(scenario, &format!("links-base=\"{base}\"")).await;
    let link = "return [one('download').tagName, one('download').href.startsWith(args)]";
    assert_eq!(page.run(link, json!(base)).await, json!(["A", true]));
    page.click("download").await;
    let asked = |log: &Log| !log.requests().is_empty();
    let log = other.wait_log("a call there", scenario, asked).await;
    for request in log.requests() {
        let headers = &request["headers"];
        for name in ["authorization", "x-slidewright"] {
            assert_eq!(headers[name], Value::Null, "{request}");
        }
    }
}

#[tokio::test]
async fn without_headers_it_is_a_plain_link() {
    let page = Page::with_widget("presenton,duration=300", "").await;
    page.generate("Bees").await;
    page.part("download").await;
    let link = "return [one('download').tagName, one('download').target, one('download').origin === location.origin]";
    assert_eq!(page.run(link, Value::Null).await, json!(["A", "", true]));
    page.click("download").await;
    page.browser.saved(1).await;
}
