//! The last five decks can be opened again, and a new one takes no other's place
//! that nobody has downloaded; until they are removed, which leaves nothing.

use serde_json::{Value, json};
use slidewright_e2e::{Tab, Widget};

use crate::kept;
use crate::row::Row;

const QUICK: &str = "presenton,duration=300";
const OPEN: &str = "presenton,duration=600000";

async fn job(at: &Widget) -> String {
    let job = at.run("return el.snapshot.jobId", Value::Null).await;
    job.as_str().expect("a job").to_owned()
}

/// Makes a deck from the form to the end, and gives its job.
async fn make(row: &Row, topic: &str) -> String {
    row.generate(topic).await;
    row.ends_well().await;
    job(row).await
}

async fn wait_list(at: &Widget, count: usize) {
    at.wait_with(
        format!("{count} earlier decks"),
        "all('reopen').filter(seen).length === args",
        json!(count),
    )
    .await;
}

/// Which decks the list leads to, from the top; ends at the form.
async fn listed(row: &Row, count: usize) -> Vec<String> {
    let mut jobs = Vec::new();
    for at in 1..=count {
        wait_list(row, count).await;
        row.click_on(&format!("li:nth-of-type({at}) [part~=reopen]"))
            .await;
        row.ends_well().await;
        jobs.push(job(row).await);
        row.click("again").await;
    }
    jobs
}

#[tokio::test]
async fn five_of_six_and_the_one_that_was_downloaded_goes() {
    let row = Row::open(QUICK).await;
    let mut made = Vec::new();
    for at in 0..6 {
        made.push(make(&row, &format!("Topic {at}")).await);
        if at == 2 {
            row.click("download").await;
        }
        row.click("again").await;
    }
    made.remove(2);
    made.reverse();
    assert_eq!(listed(&row, 5).await, made);
    assert_eq!(kept::records(&row).await.len(), 5);
    row.come_again().await;
    assert_eq!(listed(&row, 5).await, made);
    row.sent(6, 6).await;
    row.begun(6).await;
}

/// A job that is still being made is left behind, and found again.
#[tokio::test]
async fn one_that_is_not_ready_yet() {
    let row = Row::open(OPEN).await;
    row.ask().await;
    row.wait_state("waiting").await;
    let first = job(&row).await;
    row.click("stop").await;
    row.wait_state("stopped").await;
    row.click("again").await;
    wait_list(&row, 1).await;
    assert!(row.text("reopen").await.starts_with("Check on the deck of"));
    row.finish().await;
    row.click("reopen").await;
    row.ends_well().await;
    assert_eq!(job(&row).await, first);
    row.sent(1, 1).await;
}

async fn second_tab(row: &Row) -> Tab {
    let tab = row
        .open_tab(&format!("{}/page/test", row.server.origin()))
        .await;
    tab.ready().await;
    tab
}

async fn shows_nothing(at: &Widget) {
    at.wait_state("drafting").await;
    wait_list(at, 0).await;
    assert_eq!(at.value("prompt").await, "");
    kept::assert_nothing(at).await;
}

#[tokio::test]
async fn remove_from_this_device() {
    let row = Row::open(QUICK).await;
    for topic in ["Bees", "Wasps"] {
        make(&row, topic).await;
        row.click("again").await;
    }
    let tab = second_tab(&row).await;
    wait_list(&tab, 2).await;
    tab.fill("prompt", "Ants").await;
    wait_list(&row, 2).await;
    row.click("forget").await;
    shows_nothing(&row).await;
    shows_nothing(&tab).await;
    row.come_again().await;
    shows_nothing(&row).await;
}

#[tokio::test]
async fn remove_a_deck_that_is_shown() {
    let row = Row::open(QUICK).await;
    make(&row, "Bees").await;
    let tab = second_tab(&row).await;
    tab.wait_state("done").await;
    row.click("forget").await;
    shows_nothing(&row).await;
    shows_nothing(&tab).await;
    row.another_ends_well().await;
}

#[tokio::test]
async fn forget_while_a_deck_is_made() {
    let row = Row::open(OPEN).await;
    row.ask().await;
    row.wait_state("waiting").await;
    let tab = second_tab(&row).await;
    tab.wait_state("waiting").await;
    row.run("el.forget()", Value::Null).await;
    shows_nothing(&row).await;
    shows_nothing(&tab).await;
    let asked = row.asked_at().await.len();
    row.another_ends_well().await;
    // One may have been on its way.
    assert!(row.asked_at().await.len() <= asked + 1);
}

/// What comes of the request is nobody's any more.
#[tokio::test]
async fn forget_while_the_request_is_on_its_way() {
    let scenario = "presenton,duration=300,latency=1000";
    let row = Row::open(scenario).await;
    row.ask().await;
    row.wait_log("the request", scenario, |log| !log.submits().is_empty())
        .await;
    row.run("el.forget()", Value::Null).await;
    shows_nothing(&row).await;
    row.another_ends_well().await;
    row.run("el.forget()", Value::Null).await;
    shows_nothing(&row).await;
    row.sent(1, 1).await;
}
