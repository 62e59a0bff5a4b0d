//! Signed links live for a while. An old one is renewed first, and the new one is
//! there to be tapped: a download that starts late, by itself, would be blocked.

use serde_json::{Value, json};
use slidewright_e2e::{Deck, Page, Sheet, widget};

use crate::row::Row;

/// Longer than a link is trusted whose life is unknown, in milliseconds.
const LATER: i64 = 1_501_000;

/// What Duomi needs besides.
const TEMPLATE: &str = "template-slides=\"title=slide_a\"";

async fn polls(page: &Page, scenario: &str) -> usize {
    page.log(scenario).await.calls("GET", "/status").len()
}

/// Taps, and is led to the link that came.
async fn renew(page: &Page, scenario: &str) {
    page.wait_text("This link is too old to use.").await;
    assert!(!page.sees("download").await);
    let before = polls(page, scenario).await;
    page.click("refresh").await;
    page.wait(
        "the focus on the fresh link",
        "el.shadowRoot.activeElement?.matches('a[part~=download]')",
    )
    .await;
    assert!(!page.sees("refresh").await);
    assert_eq!(
        polls(page, scenario).await,
        before + 1,
        "one tap, one question"
    );
    assert_eq!(page.state().await, "done");
}

#[tokio::test]
async fn a_service_that_says_how_long_its_links_live() {
    let scenario = "duomi,duration=300,life=3600";
    let page = Row::with(scenario, Sheet::new(widget(scenario, TEMPLATE))).await;
    page.fill("outline", "# Bees").await;
    page.click("submit").await;
    page.part("download").await;
    let old = page.run("return one('download').href", Value::Null).await;
    page.set_clock(3_601_000).await;
    renew(&page, scenario).await;
    let fresh = page.run("return one('download').href", Value::Null).await;
    assert_ne!(old, fresh);
    page.click("download").await;
    let file = &page.browser.saved(1).await[0];
    assert_eq!(Deck::read(file).slides, 1);
}

#[tokio::test]
async fn a_service_that_does_not_say_it() {
    let scenario = "perceptis,duration=300,gone-after=45";
    let page = Row::open(scenario).await;
    page.generate("Bees").await;
    page.part("download").await;
    assert!(!page.sees("expiry").await, "nothing is made up");
    page.set_clock(LATER).await;
    renew(&page, scenario).await;
    page.click("download").await;
    page.browser.saved(1).await;

    // Later still, the service has thrown the file away.
    page.set_clock(2 * LATER).await;
    page.part("refresh").await;
    let gone = "fetch(`${el.endpoint}/api/v1/status/${el.snapshot.jobId}`)
        .then((it) => it.json()).then((it) => { window.left = it.downloads.length })";
    page.wait(
        "that the service has nothing left",
        &format!("({gone}, window.left === 0)"),
    )
    .await;
    page.click("refresh").await;
    page.wait_text("The link's time is over, and the service gives no other.")
        .await;
    assert_eq!(page.state().await, "done");
    page.part("refresh").await;
    page.part("again").await;
    let kept = page.run("return el.snapshot.downloads.length", Value::Null);
    assert_eq!(kept.await, json!(1), "nothing is lost by asking");
}

#[tokio::test]
async fn a_service_that_gives_no_other() {
    let scenario = "duomi,duration=300,life=8,renew=0";
    let page = Row::with(scenario, Sheet::new(widget(scenario, TEMPLATE))).await;
    page.fill("outline", "# Bees").await;
    page.click("submit").await;
    page.click("refresh").await;
    page.wait_text("and the service gives no other.").await;
    assert_eq!(page.state().await, "done");
    page.sent(1, 1).await;
    // Who wants one makes it again.
    page.click("again").await;
    page.fill("outline", "# Bees").await;
    page.click("submit").await;
    page.wait_state("done").await;
    page.sent(2, 2).await;
}
