//! However often it is said, a wish is sent once: a second one may be billed.

use serde_json::{Value, json};
use slidewright_e2e::{Sheet, widget};
use thirtyfour::Key;

use crate::row::{Row, TOPIC};

const SCENARIO: &str = "presenton,duration=300,latency=300";

/// The form, filled in.
async fn filled() -> Row {
    let row = Row::open(SCENARIO).await;
    row.fill("prompt", TOPIC).await;
    row
}

async fn is_sent_once(row: &Row) {
    row.ends_well().await;
    row.sent(1, 1).await;
    row.begun(1).await;
    for name in ["submit", "accepted", "complete"] {
        assert_eq!(row.events(name).await.len(), 1, "{name}");
    }
}

#[tokio::test]
async fn a_double_click() {
    let row = filled().await;
    let button = row.part("submit").await;
    let chain = row.browser.driver.action_chain();
    let chain = chain.double_click_element(&button);
    chain.perform().await.expect("a mouse");
    is_sent_once(&row).await;
}

#[tokio::test]
async fn enter_twice() {
    let row = filled().await;
    row.part("slide-count").await.focus().await.expect("focus");
    row.press(
        [Key::Enter.value(), Key::Enter.value()]
            .iter()
            .collect::<String>(),
    )
    .await;
    is_sent_once(&row).await;
}

#[tokio::test]
async fn enter_and_a_click() {
    let row = filled().await;
    row.part("slide-count").await.focus().await.expect("focus");
    let button = row.part("submit").await;
    let chain = row.browser.driver.action_chain();
    let chain = chain.send_keys(Key::Enter).click_element(&button);
    // The button may be gone by then, which is as good.
    let _ = chain.perform().await;
    is_sent_once(&row).await;
}

#[tokio::test]
async fn submit_called_twice() {
    let row = filled().await;
    row.run("el.submit(); el.submit()", Value::Null).await;
    is_sent_once(&row).await;
}

#[tokio::test]
async fn submit_called_while_the_page_decides() {
    let slow = "document.querySelector('slide-wright').beforeSubmit =
        () => new Promise((go) => { window.go = go; })";
    let sheet = Sheet::new(widget(SCENARIO, "")).script(slow);
    let row = Row::with(SCENARIO, sheet).await;
    row.fill("prompt", TOPIC).await;
    row.click("submit").await;
    row.wait("the page asked", "window.go").await;
    assert_eq!(row.state().await, "preparing");
    row.click("submit").await;
    row.run("el.submit({ prompt: args }); window.go()", json!("Wasps"))
        .await;
    is_sent_once(&row).await;
    assert_eq!(row.log(SCENARIO).await.last_body()["content"], json!(TOPIC));
}

#[tokio::test]
async fn send_again_pressed_twice() {
    let scenario = "presenton,duration=300,latency=300,submit=503,submit-times=1";
    let row = Row::open(scenario).await;
    row.ask().await;
    row.wait_state("uncertain").await;
    let button = row.part("retry").await;
    let chain = row.browser.driver.action_chain();
    let chain = chain.double_click_element(&button);
    chain.perform().await.expect("a mouse");
    row.ends_well().await;
    row.sent(2, 1).await;
    row.begun(1).await;
}

/// Two elements of one name are the same widget twice.
#[tokio::test]
async fn two_elements_of_one_name() {
    let html = widget(SCENARIO, "id=\"deck\"").repeat(2);
    let row = Row::with(SCENARIO, Sheet::new(html)).await;
    let both = "document.querySelectorAll('#deck')";
    row.wait(
        "both widgets",
        &format!("[...{both}].every((it) => it.snapshot)"),
    )
    .await;
    let ask = format!("for (const it of {both}) it.submit({{ prompt: args }})");
    row.run(&ask, json!(TOPIC)).await;
    let ended = format!("[...{both}].every((it) => it.snapshot.state === 'done')");
    row.wait("both to end", &ended).await;
    let jobs = format!("return new Set([...{both}].map((it) => it.snapshot.jobId)).size");
    assert_eq!(row.run(&jobs, Value::Null).await, json!(1));
    row.sent(1, 1).await;
    row.begun(1).await;
    assert_eq!(row.events("accepted").await.len(), 1);
}
