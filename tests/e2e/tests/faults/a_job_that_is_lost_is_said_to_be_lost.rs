//! A service may forget a job, refuse to speak of it, or never touch it again.
//! The widget says so, in the end, calls nothing failed that may be well, and is
//! free for another wish.

use slidewright_e2e::{Sheet, widget};

use crate::row::Row;

const FORGOTTEN: &str = "The service doesn't know this deck any more.";
const REFUSED: &str = "The service won't tell us how your deck is doing.";
const UNREADABLE: &str = "Something answers that is not the service we expected.";

/// Waits for the end, looking at the page again and again, so that the backoff
/// need not be waited out.
async fn sees_the_end(row: &Row, said: &str) {
    let wanted = "(document.dispatchEvent(new Event('visibilitychange')),
        el.shadowRoot.querySelector('.screen').innerText.includes(args))";
    row.wait_with(said, wanted, serde_json::json!(said)).await;
    assert_eq!(row.state().await, "failed");
    assert_eq!(row.text("heading").await, "We lost sight of your deck");
}

async fn is_lost(word: &str, times: usize, said: &str, code: &str) {
    let scenario = format!("presenton,duration=300,status={word},status-times={times}");
    let row = Row::open(&scenario).await;
    row.ask().await;
    sees_the_end(&row, said).await;
    row.told(code, "unknown").await;
    assert_eq!(
        row.asked_at().await.len(),
        times,
        "believed when said again"
    );
    row.sent(1, 1).await;

    // It is only lost from sight.
    row.click("retry").await;
    row.ends_well().await;
    row.sent(1, 1).await;
    row.begun(1).await;
}

#[tokio::test]
async fn not_found_404() {
    is_lost("404", 3, FORGOTTEN, "job-unknown").await;
}

#[tokio::test]
async fn gone_410() {
    is_lost("410", 3, FORGOTTEN, "job-unknown").await;
}

#[tokio::test]
async fn not_to_be_processed_422() {
    is_lost("422", 3, REFUSED, "status-refused").await;
}

#[tokio::test]
async fn garbage_without_an_end() {
    is_lost("garbage", 6, UNREADABLE, "unreadable-reply").await;
}

#[tokio::test]
async fn forgotten_for_good() {
    let row = Row::open("presenton,duration=1500,forget-at=50").await;
    row.ask().await;
    sees_the_end(&row, FORGOTTEN).await;
    row.told("job-unknown", "unknown").await;
    row.sent(1, 1).await;
    row.another_ends_well().await;
}

/// Its tasks stay where they were, for ever: the deadline ends the waiting, and
/// calls it no failure.
#[tokio::test]
async fn restarted_in_the_middle() {
    let scenario = "presenton,contract=a,duration=1000,restart-at=35";
    let sheet = Sheet::new(widget(scenario, "deadline-minutes=\"0.07\""));
    let row = Row::with(scenario, sheet).await;
    row.ask().await;
    row.shows("overdue", "Your deck may still be made").await;
    assert_eq!(
        row.text("heading").await,
        "This is taking longer than usual"
    );
    row.told_nothing().await;
    row.sent(1, 1).await;
    row.another_ends_well().await;
}

/// One that keeps account of its tasks calls the job failed, and so do we.
#[tokio::test]
async fn restarted_and_said_so() {
    let row = Row::open("presenton,contract=c,duration=1000,restart-at=35").await;
    row.ask().await;
    row.shows("failed", "The service ran into a problem").await;
    assert_eq!(row.text("heading").await, "Your deck could not be made");
    row.sent(1, 1).await;
    row.another_ends_well().await;
}
