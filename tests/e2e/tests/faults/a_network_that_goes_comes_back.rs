//! Offline, and behind a network that wants a sign-in first: that is said, and
//! the job is asked about as soon as there is a way.

use serde_json::{Value, json};
use slidewright_e2e::{Sheet, widget};

use crate::row::Row;

const LONG: &str = "presenton,duration=600000";

/// Counts requests that did not get through, and notes when the network was said to be
/// back, and when the page asked for something since then.
const COUNT: &str = "<script>
    window.failed = 0;
    window.tried = [];
    addEventListener('online', () => { window.back ??= performance.now(); }, true);
    const real = window.fetch;
    window.fetch = (...all) => {
        if (window.back) window.tried.push(performance.now() - window.back);
        return real.apply(window, all).catch((error) => {
            window.failed += 1;
            throw error;
        });
    };</script>";

async fn open() -> Row {
    Row::with(LONG, Sheet::new(widget(LONG, "")).head(COUNT)).await
}

#[tokio::test]
async fn offline_is_said_and_online_asks_at_once() {
    let row = open().await;
    row.ask().await;
    row.wait_state("waiting").await;
    row.offline(true).await;
    // A hint alone is no notice: a request has to fail first.
    row.wait_text("You appear to be offline.").await;
    row.wait("a pause that is long", "window.failed >= 4").await;
    assert_eq!(row.state().await, "waiting");
    row.offline(false).await;
    // The first to try it may still find none, whatever was said; then it is said again,
    // since the next one by itself may be a minute away.
    let again = "window.tried.length && !seen(one('notice'))
        || (dispatchEvent(new Event('online')), false)";
    row.wait("no notice", again).await;
    let tried = row.run("return window.tried", Value::Null).await;
    let first = tried[0].as_f64().expect("a time");
    assert!(first < 3_000.0, "{tried}");
    row.finish().await;
    row.ends_well().await;
    row.told_nothing().await;
    row.sent(1, 1).await;
}

/// The browser's hint alone stops nothing: it is wrong where there is no way out
/// but to the service.
#[tokio::test]
async fn a_hint_that_is_wrong_stops_nothing() {
    let row = open().await;
    row.ask().await;
    row.wait_state("waiting").await;
    row.run("record.offline(true)", json!(null)).await;
    row.finish().await;
    row.ends_well().await;
    row.noticed_nothing().await;
}

/// Nothing has left, and it is said that it may not have.
#[tokio::test]
async fn a_request_without_a_network() {
    let row = open().await;
    row.offline(true).await;
    row.ask().await;
    row.shows("uncertain", "We couldn't tell whether your request arrived")
        .await;
    row.offline(false).await;
    row.sent(0, 0).await;
    row.click("retry").await;
    row.wait_state("waiting").await;
    row.finish().await;
    row.ends_well().await;
    row.sent(1, 1).await;
}

/// A hotel's sign-in page answers in place of the service, for a while.
#[tokio::test]
async fn a_captive_portal() {
    let scenario = "presenton,duration=300,status=html,status-times=3";
    let row = Row::open(scenario).await;
    row.ask().await;
    row.shows(
        "waiting",
        "Something else answered in place of the service.",
    )
    .await;
    row.ends_well().await;
    row.told_nothing().await;
    row.sent(1, 1).await;
}

/// It is still there after a reload in the middle of it.
#[tokio::test]
async fn a_page_opened_without_the_service() {
    let row = open().await;
    row.ask().await;
    row.wait_state("waiting").await;
    // The page's own files are there; the service is not.
    let gone = "<script>
        const real = window.fetch;
        window.fetch = (what, ...rest) => String(what.url ?? what).includes('/status/') && !window.back
            ? Promise.reject(new TypeError('Failed to fetch'))
            : real.call(window, what, ...rest);</script>";
    let sheet = Sheet::new(widget(LONG, "")).head(gone);
    let address = row.server.publish("test", sheet);
    row.go_to(&address).await;
    row.ready().await;
    row.shows("waiting", "We can't reach the service just now.")
        .await;
    row.run("window.back = true", json!(null)).await;
    row.finish().await;
    row.ends_well().await;
    row.sent(1, 1).await;
}
