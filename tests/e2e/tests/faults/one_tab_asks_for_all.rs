//! Several tabs at the same job: the one that is looked at asks, and tells the
//! others; when it goes, another takes its place.

use std::time::Duration;

use serde_json::Value;
use slidewright_e2e::{Engine, Log, Sheet, Tab, Widget, only, widget};
use tokio::time::sleep;

use crate::row::{Row, TOPIC};

const LONG: &str = "presenton,duration=120000";

/// Each page says in its calls which one it is.
const NAMED: &str = "document.querySelector('slide-wright').headers =
    { 'X-Tab': location.search || '?1' }";

/// As in an old browser, or on a page without TLS.
const NO_LOCKS: &str = "<script>
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });</script>";

/// Browsers carry what one tab keeps to another's process in their own time.
const KEPT: &str = "Object.keys(localStorage).some((it) => it.includes('/job/'))";

/// Between two questions of one tab alone, in milliseconds; and what a slow
/// machine makes of it.
const PACE: u64 = 2_000;
const SLACK: u64 = 300;

async fn open(scenario: &str, head: &str) -> Row {
    let sheet = Sheet::new(widget(scenario, "")).head(head).script(NAMED);
    Row::with(scenario, sheet).await
}

async fn tab(row: &Row, name: &str) -> Tab {
    let address = format!("{}/page/test{name}", row.server.origin());
    let tab = row.open_tab(&address).await;
    tab.ready().await;
    tab
}

/// A page that waits, and a second tab that has taken the same job up.
async fn two(scenario: &str, head: &str) -> (Row, Tab) {
    let row = open(scenario, head).await;
    row.ask().await;
    row.wait_state("waiting").await;
    let tab = tab(&row, "?2").await;
    tab.wait_state("waiting").await;
    (row, tab)
}

/// Who has asked how the job is, and when, in the order of the log.
fn asked(log: &Log) -> Vec<(String, u64)> {
    let asked = |it: &&Value| {
        let name = it["headers"]["x-tab"].as_str().unwrap_or_default();
        (name.to_owned(), it["at_ms"].as_u64().unwrap_or_default())
    };
    log.polls().iter().map(asked).collect()
}

/// From soon on this one alone asks, at the pace of one. (Nothing is done to any
/// page meanwhile: who is looked at might change by it.)
async fn leads(row: &Row, name: &str) {
    let from = asked(&row.log(&row.scenario).await).len();
    let of_it = |log: &Log| {
        let mut asked = asked(log).split_off(from);
        let first = asked.iter().position(|(of, _)| of == name);
        asked.split_off(first.unwrap_or(asked.len()))
    };
    let leads = |log: &Log| of_it(log).iter().filter(|(of, _)| of == name).count() > 4;
    let log = row.wait_log("a tab that leads", &row.scenario, leads).await;
    let asked = of_it(&log);
    // The one that led before may not have heard of it when its time had come: once.
    let others = asked.iter().enumerate().filter(|(_, it)| it.0 != name);
    let others: Vec<usize> = others.map(|(at, _)| at).collect();
    assert!(matches!(others[..], [] | [1 | 2]), "{asked:?}");
    // The first may come at once.
    let own = asked.iter().filter(|it| it.0 == name).skip(1);
    let own: Vec<u64> = own.map(|it| it.1).collect();
    for pair in own.windows(2) {
        assert!(pair[1] - pair[0] + SLACK >= PACE, "{asked:?}");
    }
}

async fn both_end(row: &Row, tab: &Tab) {
    row.finish().await;
    row.ends_well().await;
    tab.wait_state("done").await;
    tab.part("download").await;
    row.sent(1, 1).await;
    row.begun(1).await;
}

/// At the simulator's pace, five questions are enough to hear of another.
const STEP: &str = "['step', 'slides'].map((it) =>
    root.querySelector(`[part~=${it}]`)?.textContent).join()";

#[tokio::test]
async fn the_one_looked_at_asks_and_the_other_shows_the_same() {
    let (row, tab) = two("presenton,duration=40000", "").await;
    row.trace("step", STEP).await;
    // Looked at again.
    assert_eq!(tab.state().await, "waiting");
    leads(&row, "?2").await;
    // Without a question of its own it has learnt how far the job is.
    let steps = row.traced("step").await;
    assert!(steps.len() > 1, "{steps:?}");
    both_end(&row, &tab).await;
}

#[tokio::test]
async fn the_one_that_leads_is_closed() {
    let (row, tab) = two(LONG, "").await;
    leads(&row, "?2").await;
    tab.close().await;
    leads(&row, "?1").await;
    row.finish().await;
    row.ends_well().await;
    row.sent(1, 1).await;
}

/// The service wants five seconds before the first question; by then another tab
/// leads, and it is closed before it has heard a word.
#[tokio::test]
async fn the_one_that_leads_is_closed_before_anybody_has_heard_anything() {
    let scenario = "chronicle,duration=600000,latency=9000";
    let (row, tab) = two(scenario, "").await;
    row.wait_log("a question", scenario, |log| !asked(log).is_empty())
        .await;
    // The one thing that is waited for is time itself.
    sleep(Duration::from_secs(5)).await;
    tab.close().await;
    row.wait_log("a question of the one that is left", scenario, |log| {
        asked(log).iter().any(|(of, _)| of == "?1")
    })
    .await;
    row.finish().await;
    row.ends_well().await;
    row.begun(1).await;
}

#[tokio::test]
async fn the_one_that_leads_crashes() {
    let why = "its driver ends the session when a page crashes";
    if !only(&[Engine::Chromium, Engine::Firefox], why) {
        return;
    }
    let (row, tab) = two(LONG, "").await;
    leads(&row, "?2").await;
    row.crash_tab(tab).await;
    leads(&row, "?1").await;
    row.finish().await;
    row.ends_well().await;
    row.sent(1, 1).await;
}

#[tokio::test]
async fn the_one_that_leads_is_hidden_and_shown_again() {
    let (row, tab) = two(LONG, "").await;
    tab.hide().await;
    leads(&row, "?1").await;
    tab.show().await;
    leads(&row, "?2").await;
    both_end(&row, &tab).await;
}

#[tokio::test]
async fn three_tabs() {
    let (row, second) = two(LONG, "").await;
    let third = tab(&row, "?3").await;
    third.wait_state("waiting").await;
    leads(&row, "?3").await;
    third.close().await;
    second.hide().await;
    leads(&row, "?1").await;
    both_end(&row, &second).await;
}

/// Each asks half as often as it would alone.
#[tokio::test]
async fn without_locks() {
    let (row, tab) = two(LONG, NO_LOCKS).await;
    let enough = |log: &Log| {
        ["?1", "?2"].iter().all(|name| {
            let asked = asked(log);
            asked.iter().filter(|(of, _)| of == name).count() > 4
        })
    };
    let log = row.wait_log("questions of both", LONG, enough).await;
    for name in ["?1", "?2"] {
        let asked = asked(&log).into_iter();
        let at: Vec<u64> = asked.filter(|it| it.0 == name).map(|it| it.1).collect();
        // The first ones come when the page is opened, or looked at.
        let slow = at.windows(2).filter(|it| it[1] - it[0] + SLACK >= 2 * PACE);
        assert!(slow.count() + 3 > at.len() - 1, "{name} {at:?}");
    }
    both_end(&row, &tab).await;
}

/// A job begun here is followed by a tab whose form is empty.
#[tokio::test]
async fn a_job_begun_in_one_is_shown_in_the_other() {
    let row = open(LONG, "").await;
    let tab = tab(&row, "?2").await;
    tab.generate(TOPIC).await;
    tab.wait_state("waiting").await;
    row.wait_state("waiting").await;
    both_end(&row, &tab).await;
}

/// Who is writing is not interrupted.
#[tokio::test]
async fn a_form_that_is_being_filled_in_stays() {
    let row = open(LONG, "").await;
    row.fill("prompt", "Wasps").await;
    let tab = tab(&row, "?2").await;
    tab.run("el.submit({ prompt: 'Bees' })", Value::Null).await;
    tab.wait_state("waiting").await;
    leads(&row, "?2").await;
    assert_eq!(row.state().await, "drafting");
    assert_eq!(row.value("prompt").await, "Wasps");
    row.click("submit").await;
    row.wait_state("waiting").await;
    row.sent(2, 2).await;
    row.begun(2).await;
}

/// What the other writes of its job now and then draws nobody back to it.
#[tokio::test]
async fn who_has_turned_from_a_job_is_left_alone() {
    let (row, tab) = two(LONG, "").await;
    leads(&row, "?2").await;
    row.run("el.reset()", Value::Null).await;
    row.wait_state("drafting").await;
    let written = "Object.values(localStorage).some((it) => JSON.parse(it).watched >= 15_000)";
    tab.wait("the time that it was watched for", written).await;
    leads(&row, "?2").await;
    assert_eq!(row.state().await, "drafting");
    assert_eq!(tab.state().await, "waiting");
    row.finish().await;
    tab.wait_state("done").await;
    row.sent(1, 1).await;
}

/// The same wish, pressed in both before either has an answer: one request.
#[tokio::test]
async fn the_same_request_in_both_at_once() {
    let scenario = "presenton,duration=600000,submit=drip,drip-ms=12000";
    let row = open(scenario, "").await;
    row.fill("prompt", TOPIC).await;
    let tab = tab(&row, "?2").await;
    tab.fill("prompt", TOPIC).await;
    row.trace("state", "root.host.snapshot.state").await;
    tab.click("submit").await;
    row.wait("what the other keeps", KEPT).await;
    row.click("submit").await;
    let tabs: [&Tab; 2] = [&row, &tab];
    for at in tabs {
        at.wait_state("waiting").await;
        assert_eq!(at.events("error").await.len(), 0, "nothing is wrong");
    }
    // Who was second never sees the form again.
    let states = row.traced("state").await;
    assert_eq!(
        states.iter().filter(|it| *it == "drafting").count(),
        1,
        "{states:?}"
    );
    let job = "return el.snapshot.jobId";
    assert_eq!(
        row.run(job, Value::Null).await,
        tab.run(job, Value::Null).await
    );
    row.sent(1, 1).await;
    both_end(&row, &tab).await;
}

/// It is refused for both, and nobody is left waiting.
#[tokio::test]
async fn a_refusal_of_what_both_asked_for() {
    let scenario = "presenton,duration=300,latency=12000,submit=400,submit-times=1";
    let row = open(scenario, "").await;
    row.fill("prompt", TOPIC).await;
    let tab = tab(&row, "?2").await;
    tab.fill("prompt", TOPIC).await;
    tab.click("submit").await;
    row.wait("what the other keeps", KEPT).await;
    row.click("submit").await;
    row.wait_state("submitting").await;
    let tabs: [&Tab; 2] = [&row, &tab];
    for at in tabs {
        at.wait_state("drafting").await;
        assert_eq!(at.value("prompt").await, TOPIC);
        at.part("error").await;
        assert_eq!(at.events("error").await.len(), 1);
    }
    row.sent(1, 1).await;
    row.begun(0).await;
}

/// The tab that sends is closed meanwhile: the other is in doubt, not lost.
#[tokio::test]
async fn the_one_that_sends_is_closed() {
    let scenario = "presenton,duration=300,submit=hang,submit-times=1,accept=1";
    let row = open(scenario, "").await;
    row.fill("prompt", TOPIC).await;
    let tab = tab(&row, "?2").await;
    tab.fill("prompt", TOPIC).await;
    tab.click("submit").await;
    row.wait_log("the request", scenario, |log| !log.submits().is_empty())
        .await;
    row.click("submit").await;
    row.wait_state("submitting").await;
    tab.close().await;
    row.shows("uncertain", "We couldn't tell whether your request arrived")
        .await;
    row.sent_one_wish().await;
}

async fn a_question_is_answered(in_the_second: bool) {
    let scenario = "chronicle,duration=300,questions=1";
    let row = open(scenario, "").await;
    row.ask().await;
    row.wait_state("asking").await;
    let tab = tab(&row, "?2").await;
    tab.wait_state("asking").await;
    let (here, there): (&Widget, &Widget) = if in_the_second {
        (&tab, &row)
    } else {
        (&row, &tab)
    };
    here.fill("answer", "We keep bees").await;
    here.click("send").await;
    // That it waits again may be over in no time; that it was asked stays.
    here.wait("the answer taken", "el.snapshot.rounds.length === 1")
        .await;
    there
        .wait("the question closed", "el.snapshot.state !== 'asking'")
        .await;
    for at in [here, there] {
        at.wait_state("done").await;
    }
    let log = row.log(scenario).await;
    assert_eq!(log.calls("POST", "/message").len(), 1, "{log:?}");
    row.begun(1).await;
}

#[tokio::test]
async fn a_question_answered_where_it_is_asked() {
    a_question_is_answered(true).await;
}

#[tokio::test]
async fn a_question_answered_where_it_is_followed() {
    a_question_is_answered(false).await;
}
