//! A reply that is clearly a no: nothing was begun, the draft is kept, and the
//! next press is a new wish.

use crate::row::{Row, TOPIC};

async fn leads_back(word: &str, said: &str, code: &str) {
    let scenario = format!("presenton,duration=300,submit={word},submit-times=1");
    let row = Row::open(&scenario).await;
    row.ask().await;
    row.shows("drafting", said).await;
    row.told(code, "no").await;
    assert_eq!(row.value("prompt").await, TOPIC);
    row.sent(1, 1).await;
    row.begun(0).await;

    row.click("submit").await;
    row.ends_well().await;
    row.sent(2, 2).await;
    row.begun(1).await;
}

#[tokio::test]
async fn signed_out_401() {
    leads_back("401", "didn't accept this page's sign-in", "http-401").await;
}

#[tokio::test]
async fn not_allowed_403() {
    leads_back("403", "You are not allowed to make decks here", "http-403").await;
}

#[tokio::test]
async fn not_found_404() {
    leads_back("404", "isn't where this page expects it", "http-404").await;
}

#[tokio::test]
async fn gone_410() {
    leads_back("410", "isn't where this page expects it", "http-410").await;
}

#[tokio::test]
async fn not_to_be_processed_422() {
    leads_back("422", "Something needs to be changed first", "invalid").await;
}

#[tokio::test]
async fn not_set_up_428() {
    leads_back("428", "didn't accept this page's sign-in", "http-428").await;
}

#[tokio::test]
async fn too_many_429() {
    leads_back("429", "too many requests at the moment", "http-429").await;
}

/// It is not followed: a relay sends strangers to its sign-in page so.
#[tokio::test]
async fn sent_elsewhere_307() {
    leads_back("307", "isn't where this page expects it", "http-307").await;
}
