//! What is right in a reply counts, whatever is wrong around it.

use serde_json::Value;

use crate::row::Row;

async fn ends_well_with(tokens: &str) {
    let row = Row::open(&format!("presenton,duration=1200,{tokens}")).await;
    row.ask().await;
    row.ends_well().await;
    row.noticed_nothing().await;
    row.told_nothing().await;
    row.sent(1, 1).await;
    row.begun(1).await;
}

#[tokio::test]
async fn a_reply_to_a_request_that_calls_itself_html() {
    ends_well_with("submit=wrong-type").await;
}

#[tokio::test]
async fn a_reply_to_a_request_that_calls_itself_bytes() {
    ends_well_with("submit=octet-stream").await;
}

#[tokio::test]
async fn a_status_that_calls_itself_html() {
    ends_well_with("status=wrong-type").await;
}

#[tokio::test]
async fn a_status_that_calls_itself_bytes() {
    ends_well_with("status=octet-stream").await;
}

#[tokio::test]
async fn a_million_characters_to_a_request() {
    ends_well_with("submit=million").await;
}

/// They are cut: no visitor reads more than a line of progress.
#[tokio::test]
async fn a_million_characters_in_a_status() {
    let row = Row::open("presenton,duration=600000,status=million").await;
    row.ask().await;
    row.wait("a step of the service", "el.snapshot.step").await;
    let length = "return el.shadowRoot.querySelector('.screen').textContent.length";
    let length = row.run(length, Value::Null).await;
    assert!(length.as_u64().is_some_and(|it| it < 5_000), "{length}");
    row.finish().await;
    row.ends_well().await;
    row.noticed_nothing().await;
    row.sent(1, 1).await;
}

/// A service's own account of a failure.
#[tokio::test]
async fn a_million_characters_in_a_failure() {
    let scenario = "presenton,duration=300,fail=failed,status=million";
    let row = Row::open(scenario).await;
    row.ask().await;
    row.shows("failed", "The service ran into a problem").await;
    let length = "return el.shadowRoot.querySelector('.screen').textContent.length";
    let length = row.run(length, Value::Null).await;
    assert!(length.as_u64().is_some_and(|it| it < 5_000), "{length}");
    row.sent(1, 1).await;
    row.another_ends_well().await;
}
