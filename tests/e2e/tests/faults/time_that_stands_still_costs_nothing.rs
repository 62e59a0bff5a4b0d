//! Hidden pages, machines that sleep, timers that are late, clocks that are set:
//! the job goes on, and is asked about as soon as somebody looks again.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use slidewright_e2e::{Sheet, widget};
use tokio::time::sleep;

use crate::row::Row;

const LONG: &str = "presenton,duration=600000";

/// Asked about every five seconds: at once is told from in its turn on a slow machine, too.
const SLOW: &str = "chronicle,duration=600000";

/// Counts the answers that came.
const ANSWERED: &str = "<script>{
    window.answered = 0;
    const real = window.fetch;
    window.fetch = async (...all) => {
        const answer = await real.apply(window, all);
        window.answered += 1;
        return answer;
    };
}</script>";

const DAY: i64 = 86_400_000;

/// What a slow machine makes of an interval, in milliseconds.
const SLACK: u64 = 1_500;

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let ms = since.expect("a clock after 1970").as_millis();
    u64::try_from(ms).expect("a small number")
}

async fn waiting(attributes: &str) -> Row {
    let row = Row::with(LONG, Sheet::new(widget(LONG, attributes))).await;
    row.ask().await;
    row.wait_state("waiting").await;
    row
}

/// Waits for so many questions more, and tells when all were.
async fn asked_more(row: &Row, count: usize) -> Vec<u64> {
    let before = row.asked_at().await.len();
    row.wait_log("more questions", LONG, |log| {
        log.polls().len() >= before + count
    })
    .await;
    row.asked_at().await.split_off(before)
}

async fn ends(row: &Row) {
    row.finish().await;
    row.ends_well().await;
    row.told_nothing().await;
    row.sent(1, 1).await;
}

#[tokio::test]
async fn hidden_pages_ask_a_quarter_as_often_and_at_once_when_they_are_seen() {
    let row = waiting("").await;
    row.hide().await;
    // The one that was planned before comes in its time.
    let at = asked_more(&row, 3).await;
    assert!(at[2] - at[1] + SLACK >= 8_000, "{at:?}");
    let hidden = row.asked_at().await;
    row.show().await;
    let shown = now();
    let log = row
        .wait_log("a question", LONG, |log| log.polls().len() > hidden.len())
        .await;
    let at = log.polls()[hidden.len()]["at_ms"].as_u64().expect("a time");
    // However long it takes to show a page: what comes that early has not waited for
    // its turn, eight seconds after the one before.
    let early = hidden[hidden.len() - 1] + 7_000;
    let soon = shown + 1_000 + SLACK;
    assert!(at < early.max(soon), "{at}, {hidden:?}, {shown}");
    ends(&row).await;
}

/// The deadline is twenty-four seconds; what was slept through does not count.
#[tokio::test]
async fn a_machine_that_sleeps_asks_at_once_and_nobody_waited() {
    let html = widget(SLOW, "deadline-minutes=\"0.4\"");
    let row = Row::with(SLOW, Sheet::new(html).head(ANSWERED)).await;
    row.ask().await;
    row.wait_state("waiting").await;
    // It falls asleep between two questions: an answer on its way may be waited for,
    // and the next question comes after it, in its turn.
    row.run("window.answered = 0", Value::Null).await;
    row.wait("an answer", "window.answered > 0").await;
    assert_eq!(row.state().await, "waiting");
    let frozen = row.browser.freeze();
    let asked = row.asked_at().await.len();
    // The one thing that is waited for is time itself.
    sleep(Duration::from_secs(26)).await;
    drop(frozen);
    let woken = now();
    let log = row
        .wait_log("a question", SLOW, |log| log.polls().len() > asked)
        .await;
    let at = log.polls()[asked]["at_ms"].as_u64().expect("a time");
    assert!(at < woken + 4_000, "{at}, woken {woken}");
    assert_eq!(row.state().await, "waiting");
    // What is watched does.
    row.wait_state("overdue").await;
    assert!(now() > woken + 5_000);
    row.click("retry").await;
    row.wait_state("waiting").await;
    ends(&row).await;
}

/// As in tabs that nobody looks at: whatever is planned goes off at the next
/// multiple of six seconds. Each gap counts as the interval that was planned.
#[tokio::test]
async fn timers_that_are_late() {
    let late = "<script>{
        const set = window.setTimeout;
        window.setTimeout = (then, delay = 0, ...rest) =>
            set.call(window, then, delay < 500 ? delay : Math.ceil(delay / 6000) * 6000, ...rest);
    }</script>";
    let html = widget(LONG, "deadline-minutes=\"0.3\"");
    let row = Row::with(LONG, Sheet::new(html).head(late)).await;
    row.ask().await;
    row.wait_state("waiting").await;
    let begun = now();
    // Four times two seconds, and what the answers take.
    let at = asked_more(&row, 4).await;
    assert!(at[3] > begun + 18_000, "{at:?}");
    assert_eq!(row.state().await, "waiting");
    ends(&row).await;
}

async fn is_set_in_mid_job(offset_ms: i64) {
    let row = waiting("").await;
    asked_more(&row, 1).await;
    row.set_clock(offset_ms).await;
    let at = asked_more(&row, 2).await;
    assert!(at[1] - at[0] < 4_000 + SLACK, "{at:?}");
    assert_eq!(row.state().await, "waiting");
    assert!(!row.sees("notice").await);
    // A page opened then believes its record as far as a day explains it.
    row.set_clock(offset_ms / 24 * 23).await;
    row.come_again().await;
    row.wait_state("waiting").await;
    ends(&row).await;
}

#[tokio::test]
async fn a_clock_that_is_set_forward_by_a_day() {
    is_set_in_mid_job(DAY).await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_by_a_day() {
    is_set_in_mid_job(-DAY).await;
}
