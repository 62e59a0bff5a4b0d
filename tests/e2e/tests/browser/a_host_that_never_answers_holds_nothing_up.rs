//! The host's functions may take for ever, or answer nonsense.

use serde_json::{Value, json};
use slidewright_e2e::Page;

const SCENARIO: &str = "presenton,duration=300";
const NEVER: &str = "new Promise(() => {})";

async fn assert_nothing_was_sent(page: &Page) {
    assert_eq!(page.log(SCENARIO).await.requests(), &[] as &[Value]);
}

#[tokio::test]
async fn the_visitor_can_leave_a_before_submit_that_hangs() {
    let page = Page::with_widget(SCENARIO, "").await;
    page.run(&format!("el.beforeSubmit = () => {NEVER}"), Value::Null)
        .await;
    page.generate("Bees").await;
    page.wait_state("preparing").await;
    page.wait("a way back", "Boolean(one('back'))").await;
    page.click("back").await;
    page.wait_state("drafting").await;
    assert_eq!(page.value("prompt").await, "Bees");
    assert_nothing_was_sent(&page).await;
}

#[tokio::test]
async fn headers_that_come_after_the_removal_send_nothing() {
    let page = Page::with_widget(SCENARIO, "").await;
    page.run(
        "el.headers = () => new Promise((resolve) => { window.giveHeaders = resolve })",
        Value::Null,
    )
    .await;
    page.generate("Bees").await;
    page.wait("headers are asked for", "Boolean(window.giveHeaders)")
        .await;
    page.run("window.gone = el; el.remove()", Value::Null).await;
    page.wait("it is gone", "!document.querySelector('slide-wright')")
        .await;
    // Far more turns of the event loop than a request would need to leave.
    page.run(
        "window.giveHeaders({});
         let turns = 0;
         const turn = () => { if (++turns === 50) window.turned = true; else setTimeout(turn); };
         turn();",
        Value::Null,
    )
    .await;
    page.wait("fifty turns", "window.turned").await;
    assert_nothing_was_sent(&page).await;
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_no_consent() {
    for answer in [
        "(() => { const a = { message: 'No.' }; a.self = a; return a })()",
        "{ message: 'No.', id: 1n }",
        "new Error('No.')",
        "(() => { const a = {}; a.self = a; return a })()",
        "{ prompt: 'x', id: 1n }",
    ] {
        let page = Page::with_widget(SCENARIO, "").await;
        page.run(
            &format!("el.beforeSubmit = async () => ({answer})"),
            Value::Null,
        )
        .await;
        page.generate("Bees").await;
        page.wait("a refusal", "Boolean(one('error'))").await;
        assert_eq!(page.state().await, "drafting", "{answer}");
        assert_nothing_was_sent(&page).await;
    }
}

#[tokio::test]
async fn what_a_script_submits_is_what_the_visitor_sees_afterwards() {
    let page = Page::with_widget("presenton,submit=problem", "").await;
    page.run(
        "el.submit({ prompt: 'From a script', body: { extra: 1 } })",
        Value::Null,
    )
    .await;
    page.wait("a refusal", "Boolean(one('error'))").await;
    assert_eq!(page.value("prompt").await, "From a script");
    page.click("submit").await;
    let log = page
        .wait_log("a second request", "presenton,submit=problem", |log| {
            log.submits().len() == 2
        })
        .await;
    assert_eq!(
        log.last_body().get("extra"),
        None,
        "the script's body was for its own request"
    );
}

#[tokio::test]
async fn nothing_is_kept_for_an_element_outside_the_page() {
    let page = Page::with_widget(SCENARIO, "").await;
    page.run("window.gone = el; el.remove()", Value::Null).await;
    page.wait("it is gone", "!document.querySelector('slide-wright')")
        .await;
    page.run(
        "window.gone.submit({ prompt: 'Bees' }); document.body.append(window.gone)",
        Value::Null,
    )
    .await;
    page.ready().await;
    assert_eq!(page.state().await, "drafting");
    assert_nothing_was_sent(&page).await;
    let warned = page.console("warn").await;
    assert!(
        warned.iter().any(|line| line.contains("in the document")),
        "{warned:?}"
    );
}

#[tokio::test]
async fn a_changed_request_keeps_what_the_visitor_left_open() {
    let page = Page::with_widget(SCENARIO, "language=\"de\"").await;
    page.run(
        "el.beforeSubmit = (request) => ({ ...request })",
        Value::Null,
    )
    .await;
    page.choose("language", "").await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    assert_eq!(page.log(SCENARIO).await.last_body().get("language"), None);
    assert_eq!(
        page.log(SCENARIO).await.last_body()["content"],
        json!("Bees")
    );
}

#[tokio::test]
async fn who_is_typing_goes_on_typing_when_the_page_sets_something() {
    let page = Page::with_widget(SCENARIO, "").await;
    page.fill("prompt", "Bees and").await;
    page.run("el.messages = { prompt: 'Your topic' }", Value::Null)
        .await;
    page.wait_text("Your topic").await;
    page.wait(
        "the focus is back",
        "el.shadowRoot.activeElement?.id === 'prompt'",
    )
    .await;
    page.press(" wasps").await;
    assert_eq!(page.value("prompt").await, "Bees and wasps");
}
