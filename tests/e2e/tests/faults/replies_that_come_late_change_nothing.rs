//! Slow replies, late ones, and those that tell of the past.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

use crate::row::Row;

const PERCENT: &str = "root.querySelector('[part~=progress]')?.getAttribute('aria-valuenow')";

/// The bar has never run back.
async fn assert_never_back(page: &Page) {
    let percents = page.traced("percent").await;
    let percents = percents.iter().filter_map(|it| it.as_str()?.parse().ok());
    let percents: Vec<f64> = percents.collect();
    assert!(percents.is_sorted(), "{percents:?}");
    assert!(!percents.is_empty());
}

async fn runs_forward(scenario: &str) {
    let row = Row::open(scenario).await;
    row.trace("percent", PERCENT).await;
    row.ask().await;
    row.ends_well().await;
    assert_never_back(&row).await;
    row.told_nothing().await;
    row.sent(1, 1).await;
}

#[tokio::test]
async fn a_status_going_backwards() {
    runs_forward("presenton,duration=300,status=backwards,status-times=3").await;
}

#[tokio::test]
async fn replies_out_of_order() {
    runs_forward("presenton,duration=7000,status=stale").await;
}

async fn is_waited_for(scenario: &str) {
    let row = Row::open(scenario).await;
    row.ask().await;
    row.ends_well().await;
    row.noticed_nothing().await;
    row.told_nothing().await;
    row.sent(1, 1).await;
    row.begun(1).await;
}

#[tokio::test]
async fn a_reply_to_a_request_in_drops() {
    is_waited_for("presenton,duration=300,submit=slow").await;
}

#[tokio::test]
async fn a_reply_to_a_request_byte_by_byte() {
    is_waited_for("presenton,duration=300,submit=drip").await;
}

#[tokio::test]
async fn a_status_in_drops() {
    is_waited_for("presenton,duration=300,status=slow,status-times=1").await;
}

#[tokio::test]
async fn a_status_byte_by_byte() {
    is_waited_for("presenton,duration=300,status=drip,status-times=1").await;
}

/// A drop now and then does not keep a request alive beyond its time limit
/// (twelve seconds here, in place of sixty).
#[tokio::test]
async fn drops_beyond_the_time_limit() {
    let scenario = "presenton,duration=300,submit=drip,submit-times=1,drip-ms=600000";
    let row = Row::hurried(scenario).await;
    row.ask().await;
    row.shows("uncertain", "We couldn't tell whether your request arrived")
        .await;
    row.told("no-answer", "unknown").await;
    row.sent(1, 1).await;
    row.click("retry").await;
    row.ends_well().await;
    row.sent(2, 1).await;
    row.begun(1).await;
}

/// The visitor stopped while the request was on its way: it is not unmade, so
/// the job is known when its reply comes, and can be watched later.
#[tokio::test]
async fn the_reply_to_a_request_after_the_visitor_stopped() {
    let row = Row::open("presenton,duration=300,submit=drip,drip-ms=8000").await;
    row.ask().await;
    row.wait_state("submitting").await;
    row.run("el.stopWatching()", Value::Null).await;
    row.wait_state("stopped").await;
    row.wait_text("Your deck may still be made").await;
    row.told_nothing().await;
    row.sent(1, 1).await;
    assert_eq!(row.asked_at().await, [] as [u64; 0]);
    row.click("retry").await;
    row.ends_well().await;
    row.sent(1, 1).await;
    row.begun(1).await;
}

#[tokio::test]
async fn a_status_after_the_visitor_stopped() {
    let scenario = "presenton,duration=300,status=drip,status-times=1,drip-ms=8000";
    let both = [
        widget(scenario, ""),
        widget("presenton,duration=10000", "id=\"other\""),
    ];
    let row = Row::with(scenario, Sheet::new(both.concat())).await;
    row.ask().await;
    row.wait_log("a question", scenario, |log| !log.polls().is_empty())
        .await;
    row.click("stop").await;
    row.wait_state("stopped").await;
    let told = row.events("status").await.len();
    // Another widget's whole job lasts longer than the reply takes.
    let other = row.widget("#other");
    other.generate("Wasps").await;
    other.wait_state("done").await;
    assert_eq!(row.state().await, "stopped");
    let told_since: Vec<Value> = row.events("status").await.split_off(told);
    assert!(told_since.iter().all(|it| it["id"] == json!("other")));
    row.click("retry").await;
    row.ends_well().await;
    row.sent(1, 1).await;
}
