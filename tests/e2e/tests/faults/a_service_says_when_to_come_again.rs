//! `Retry-After` in every form that services give it: what can be read is kept
//! to, up to five minutes; what cannot is no reason to stop, or to hurry.

use serde_json::Value;
use slidewright_e2e::{Sheet, widget};

use crate::row::Row;

const UNREACHABLE: &str = "We can't reach the service just now. We'll keep checking.";

/// Notes when the page asks for a status: it counts from there, and a question may take
/// its time to arrive.
const ASKING: &str = "<script>{
    window.asking = [];
    const real = window.fetch;
    window.fetch = (what, ...rest) => {
        if (String(what.url ?? what).includes('/status/')) window.asking.push(performance.now());
        return real.call(window, what, ...rest);
    };
}</script>";

async fn open(scenario: &str) -> Row {
    Row::with(scenario, Sheet::new(widget(scenario, "")).head(ASKING)).await
}

/// Asked for a status, the service is away once, and says this.
async fn after_a_status(value: &str) -> Row {
    let scenario = format!("presenton,duration=300,status=503,status-times=1,retry-after={value}");
    let row = open(&scenario).await;
    row.ask().await;
    row.wait_text(UNREACHABLE).await;
    row
}

/// Far below what is waited, and far beyond the backoff (four seconds at most), or what
/// happens in a hurry.
const IN_SIX_SECONDS: f64 = 5_000.0;
const IN_A_SECOND: f64 = 500.0;

async fn is_asked_again(row: Row, least_ms: f64) {
    row.ends_well().await;
    row.told_nothing().await;
    row.sent(1, 1).await;
    assert!(row.asked_at().await.len() > 1);
    let pause = "return window.asking[1] - window.asking[0]";
    let pause = row.run(pause, Value::Null).await;
    assert!(pause.as_f64() >= Some(least_ms), "{pause}");
}

/// A visitor who comes back may bring a question forward, but not before the
/// service wants it.
async fn look_again(row: &Row) {
    let look = "document.dispatchEvent(new Event('visibilitychange'))";
    row.run(look, Value::Null).await;
}

#[tokio::test]
async fn in_seconds() {
    let row = after_a_status("6").await;
    look_again(&row).await;
    is_asked_again(row, IN_SIX_SECONDS).await;
}

/// Dates have no fractions of a second, so up to one may be lost.
#[tokio::test]
async fn as_a_date() {
    let row = after_a_status("date+7").await;
    look_again(&row).await;
    is_asked_again(row, IN_SIX_SECONDS).await;
}

#[tokio::test]
async fn as_a_date_that_is_over() {
    let row = after_a_status("date-60").await;
    look_again(&row).await;
    is_asked_again(row, IN_A_SECOND).await;
}

#[tokio::test]
async fn as_garbage() {
    let row = after_a_status("soon~_maybe").await;
    look_again(&row).await;
    is_asked_again(row, IN_A_SECOND).await;
}

#[tokio::test]
async fn not_at_all() {
    let scenario = "presenton,duration=300,status=503,status-times=1";
    let row = open(scenario).await;
    row.ask().await;
    row.wait_text(UNREACHABLE).await;
    is_asked_again(row, IN_A_SECOND).await;
}

/// Three thousand years. Five minutes are waited, which a page in a hurry cannot
/// shorten, since clocks count; but who does not want to wait can leave.
#[tokio::test]
async fn as_a_huge_number() {
    let row = after_a_status("99999999999").await;
    // Long enough for a question that pays no heed.
    let begun = "window.begun = performance.now()";
    row.run(begun, Value::Null).await;
    row.wait(
        "six seconds with looks",
        "(document.dispatchEvent(new Event('visibilitychange')), performance.now() - window.begun > 6000)",
    )
    .await;
    assert_eq!(row.asked_at().await.len(), 1);
    assert_eq!(row.state().await, "waiting");
    row.told_nothing().await;
    row.sent(1, 1).await;
    row.click("stop").await;
    row.wait_state("stopped").await;
    row.click("again").await;
    row.click("submit").await;
    row.ends_well().await;
    row.sent(2, 2).await;
}

/// Where the service makes one deck of a key, the request is sent again by
/// itself, and not before the service wants it.
#[tokio::test]
async fn to_a_request_that_is_repeated() {
    let scenario = "perceptis,duration=300,submit=503,submit-times=1,retry-after=9";
    let row = Row::open(scenario).await;
    row.ask().await;
    row.wait_text("We'll send your request again").await;
    row.ends_well().await;
    row.told_nothing().await;
    row.sent(2, 1).await;
    row.begun(1).await;
    let log = row.log(scenario).await;
    let at: Vec<_> = log
        .submits()
        .iter()
        .map(|it| it["at_ms"].as_u64())
        .collect();
    // Its backoff is six seconds at most.
    assert!(at[1] >= at[0].map(|it| it + 8_000), "{at:?}");
}

/// Without such a key it is the visitor's to send it again.
#[tokio::test]
async fn to_a_request_that_is_not() {
    let scenario = "presenton,duration=300,submit=503,submit-times=1,retry-after=1";
    let row = Row::open(scenario).await;
    row.ask().await;
    row.shows("uncertain", "We couldn't tell whether your request arrived")
        .await;
    row.told("no-answer", "unknown").await;
    row.sent(1, 1).await;
    row.click("retry").await;
    row.ends_well().await;
    row.sent(2, 1).await;
}
