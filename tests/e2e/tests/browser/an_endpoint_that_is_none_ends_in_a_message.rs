//! Whatever answers in place of the service: the visitor reads a sentence, and
//! finds the draft again.

use serde_json::json;
use slidewright_e2e::{Page, Server, Sheet};

const TOPIC: &str = "Bees in the city";

/// Submits, and waits for a state and a text; then the draft must be there.
async fn assert_told(page: &Page, state: &str, text: &str) {
    page.ready().await;
    page.fill("slide-count", "7").await;
    page.generate(TOPIC).await;
    page.wait(
        "an end",
        "!['preparing', 'submitting'].includes(el.snapshot.state)",
    )
    .await;
    page.wait_text(text).await;
    assert_eq!(page.state().await, state);
    if state != "drafting" {
        page.click("back").await;
    }
    assert_eq!(page.value("prompt").await, TOPIC);
    assert_eq!(page.value("slide-count").await, "7");
    assert_eq!(page.console("uncaught").await, Vec::<String>::new());
}

async fn assert_ends(scenario: &str, state: &str, text: &str) -> Page {
    let page = Page::with_widget(scenario, "").await;
    assert_told(&page, state, text).await;
    page
}

#[tokio::test]
async fn a_page_of_html() {
    assert_ends("presenton,submit=html", "uncertain", "couldn't tell").await;
}

#[tokio::test]
async fn not_found() {
    assert_ends(
        "presenton,submit=404",
        "drafting",
        "isn't where this page expects it",
    )
    .await;
}

#[tokio::test]
async fn a_request_it_cannot_process() {
    assert_ends(
        "presenton,submit=422",
        "drafting",
        "Something needs to be changed",
    )
    .await;
}

#[tokio::test]
async fn garbage() {
    assert_ends("presenton,submit=garbage", "uncertain", "couldn't tell").await;
}

#[tokio::test]
async fn half_a_reply() {
    assert_ends("presenton,submit=truncated", "uncertain", "couldn't tell").await;
}

#[tokio::test]
async fn an_empty_reply() {
    assert_ends("presenton,submit=empty", "uncertain", "couldn't tell").await;
}

#[tokio::test]
async fn nothing() {
    let page = assert_ends("presenton,submit=drop", "uncertain", "couldn't tell").await;
    assert!(!page.shown().await.contains("signed in"));
}

#[tokio::test]
async fn a_server_error() {
    assert_ends("presenton,submit=502", "uncertain", "couldn't tell").await;
}

#[tokio::test]
async fn signed_out() {
    assert_ends("presenton,submit=401", "drafting", "sign in again").await;
}

#[tokio::test]
async fn a_401_without_cors_from_another_origin() {
    let other = Server::start().await;
    let scenario = "presenton,contract=a,submit=401";
    let widget = format!(
        "<slide-wright provider=\"presenton\" endpoint=\"{}/sim/{scenario}\"></slide-wright>",
        other.origin()
    );
    let page = Page::open(Sheet::new(widget)).await;
    assert_told(&page, "uncertain", "you may not be signed in").await;
    assert_eq!(other.log(scenario).await.jobs(), 0);
}

#[tokio::test]
async fn a_status_that_is_none() {
    let page = Page::with_widget("presenton,duration=60000,status=html", "").await;
    page.generate(TOPIC).await;
    page.wait_text("Something else answered in place of the service")
        .await;
    assert_eq!(page.state().await, "waiting");
    page.click("stop").await;
    page.click("again").await;
    assert_eq!(page.value("prompt").await, TOPIC);
}

#[tokio::test]
async fn a_server_that_is_not_there() {
    let gone = Server::start().await;
    let origin = gone.origin();
    drop(gone);
    let widget =
        format!("<slide-wright provider=\"presenton\" endpoint=\"{origin}/x\"></slide-wright>");
    let page = Page::open(Sheet::new(widget)).await;
    assert_told(&page, "uncertain", "couldn't tell").await;
    let error = &page.events("error").await[0]["detail"];
    assert_eq!(error["code"], json!("no-answer"));
    assert_eq!(error["charged"], json!("unknown"));
}
