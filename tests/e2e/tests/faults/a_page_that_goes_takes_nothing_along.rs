//! A page is loaded again, its tab crashes, or its visitor comes back the next
//! day: the wish is where it was, and nothing is asked for twice.

use serde_json::{Value, json};
use slidewright_e2e::{Engine, Page, Sheet, only, widget};

use crate::kept;
use crate::row::{Row, TOPIC};

const UNSURE: &str = "We couldn't tell whether your request arrived";

/// So long that only the test ends it.
const OPEN: &str = "presenton,duration=600000";

const HOUR: i64 = 3_600_000;

/// The host was told that a job was taken up, and not that there is a new one.
async fn told_of_a_job_taken_up(row: &Row) {
    assert_eq!(row.events("resume").await.len(), 1);
    assert_eq!(row.events("accepted").await, Vec::<Value>::new());
}

#[tokio::test]
async fn while_it_waits() {
    let row = Row::open(OPEN).await;
    row.ask().await;
    row.wait_state("waiting").await;
    row.come_again().await;
    row.wait_state("waiting").await;
    told_of_a_job_taken_up(&row).await;
    row.finish().await;
    row.ends_well().await;
    row.told_nothing().await;
    row.sent(1, 1).await;
    row.begun(1).await;
}

async fn while_the_request_hangs() -> Row {
    let row = Row::open("presenton,duration=300,submit=hang,submit-times=1,accept=1").await;
    row.ask().await;
    row.wait_state("submitting").await;
    row.wait_log("the request", &row.scenario, |log| {
        !log.submits().is_empty()
    })
    .await;
    row.come_again().await;
    row.shows("uncertain", UNSURE).await;
    row.wait_text("The page was left before an answer came.")
        .await;
    row
}

#[tokio::test]
async fn while_the_request_hangs_and_then_send_again() {
    let row = while_the_request_hangs().await;
    row.click("retry").await;
    row.ends_well().await;
    row.sent_one_wish().await;
    row.begun(1).await;
}

#[tokio::test]
async fn while_the_request_hangs_and_then_back() {
    let row = while_the_request_hangs().await;
    // A second look decides nothing either.
    row.come_again().await;
    row.shows("uncertain", UNSURE).await;
    row.click("back").await;
    row.wait_state("drafting").await;
    assert_eq!(row.value("prompt").await, TOPIC);
    assert_eq!(kept::records(&row).await, Vec::<String>::new());
    row.sent_one_wish().await;
    row.another_ends_well().await;
}

/// Nothing has left the page yet, so nothing is in doubt.
#[tokio::test]
async fn while_the_page_looks_for_its_headers() {
    let scenario = "presenton,duration=300";
    let host = "document.querySelector('slide-wright').headers = () => new Promise(() => {})";
    let row = Row::with(scenario, Sheet::new(widget(scenario, "")).script(host)).await;
    row.ask().await;
    row.wait_state("submitting").await;
    row.come_again().await;
    assert_eq!(row.state().await, "drafting");
    assert_eq!(row.value("prompt").await, TOPIC);
    assert_eq!(row.events("resume").await, Vec::<Value>::new());
    row.sent(0, 0).await;
    row.run("el.headers = {}", Value::Null).await;
    row.click("submit").await;
    row.ends_well().await;
    row.sent(1, 1).await;
}

#[tokio::test]
async fn when_it_is_done() {
    let scenario = "presenton,duration=300";
    let html = [
        widget(scenario, ""),
        widget("presenton,duration=1500,run=other", "id=\"other\""),
    ];
    let row = Row::with(scenario, Sheet::new(html.concat())).await;
    row.ask().await;
    row.ends_well().await;
    let asked = row.asked_at().await.len();
    row.come_again().await;
    row.ends_well().await;
    // Another widget's whole job is long enough for one question more.
    let other = row.widget("#other");
    other.generate("Wasps").await;
    other.wait_state("done").await;
    assert_eq!(row.asked_at().await.len(), asked + 1);
    let complete = row.events("complete").await;
    assert!(complete.iter().all(|it| it["id"] == json!("other")));
    row.sent(1, 1).await;
}

/// What was answered stays to be read, what was being typed goes on.
#[tokio::test]
async fn while_a_question_is_open() {
    let row = Row::open("chronicle,duration=300,questions=2").await;
    row.ask().await;
    row.wait_state("asking").await;
    row.fill("answer", "We keep bees").await;
    row.click("send").await;
    row.wait_text("(question 2 of 2)").await;
    row.fill("answer", "The city coun").await;
    row.come_again().await;
    // Again, perhaps before the service has been heard.
    row.come_again().await;
    row.wait_text("(question 2 of 2)").await;
    assert_eq!(row.state().await, "asking");
    let round = row.text("round").await;
    assert!(round.contains("(question 1 of 2)"), "{round}");
    assert!(round.contains("We keep bees"), "{round}");
    assert_eq!(row.value("answer").await, "The city coun");
    row.fill("answer", "The city council").await;
    row.click("send").await;
    row.ends_well().await;
    let log = row.log(&row.scenario).await;
    assert_eq!(log.calls("POST", "/message").len(), 2, "{log:?}");
    row.begun(1).await;
}

/// Another tab on the same page, later: what was typed went with the first, the
/// job did not.
#[tokio::test]
async fn a_tab_that_crashes() {
    let why = "its driver ends the session when a page crashes";
    if !only(&[Engine::Chromium, Engine::Firefox], why) {
        return;
    }
    let page = Page::open(Sheet::without_package("")).await;
    let address = page.server.publish("job", Sheet::new(widget(OPEN, "")));
    let tab = page.open_tab(&address).await;
    tab.ready().await;
    tab.generate(TOPIC).await;
    tab.wait_state("waiting").await;
    page.crash_tab(tab).await;
    page.go_to(&address).await;
    page.ready().await;
    page.wait_state("waiting").await;
    page.finish(OPEN).await;
    page.wait_state("done").await;
    let log = page.log(OPEN).await;
    assert_eq!((log.submits().len(), log.jobs()), (1, 1), "{log:?}");
}

async fn hours_later(attributes: &str, hours: i64) -> Row {
    let row = Row::with(OPEN, Sheet::new(widget(OPEN, attributes))).await;
    row.ask().await;
    row.wait_state("waiting").await;
    row.go_to(&row.server.publish("else", Sheet::without_package("")))
        .await;
    row.set_clock(hours * HOUR).await;
    row.go_to(&format!("{}/page/test", row.server.origin()))
        .await;
    row.ready().await;
    row
}

#[tokio::test]
async fn the_next_day_within_twenty_four_hours() {
    let row = hours_later("", 23).await;
    row.wait_state("waiting").await;
    told_of_a_job_taken_up(&row).await;
    row.finish().await;
    row.ends_well().await;
    row.sent(1, 1).await;
}

#[tokio::test]
async fn the_next_day_after_twenty_four_hours() {
    let row = hours_later("", 25).await;
    assert_eq!(row.state().await, "drafting");
    assert_eq!(kept::records(&row).await, Vec::<String>::new());
    assert!(!row.sees("earlier-item").await);
    row.told_nothing().await;
    row.another_ends_well().await;
}

#[tokio::test]
async fn after_the_hours_that_the_page_allows() {
    let row = hours_later("resume-hours=\"2\"", 3).await;
    assert_eq!(row.state().await, "drafting");
    assert_eq!(kept::records(&row).await, Vec::<String>::new());
}
