//! `beforeSubmit`, the event before it, and the page's own controls.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet};

const SCENARIO: &str = "presenton,duration=900";

async fn with_host(code: &str) -> Page {
    let page = Page::with_widget(SCENARIO, "").await;
    page.run(code, Value::Null).await;
    page.generate("Bees").await;
    page
}

async fn assert_nothing_was_sent(page: &Page) {
    assert_eq!(page.state().await, "drafting");
    assert_eq!(page.value("prompt").await, "Bees");
    assert_eq!(page.log(SCENARIO).await.requests(), &[] as &[Value]);
}

#[tokio::test]
async fn it_may_agree() {
    let page = with_host("el.beforeSubmit = (request) => { window.seen = request }").await;
    page.wait_state("done").await;
    let seen = page.run("return window.seen", Value::Null).await;
    assert_eq!(seen["prompt"], json!("Bees"));
    assert_eq!(seen["slideCount"], json!(8));
}

#[tokio::test]
async fn it_may_change_the_request() {
    let change =
        "el.beforeSubmit = async (request) => ({ ...request, slideCount: 3, tone: 'funny' })";
    let page = with_host(change).await;
    page.wait_state("done").await;
    let body = page.log(SCENARIO).await.last_body();
    assert_eq!(body["n_slides"], json!(3));
    assert_eq!(body["tone"], json!("funny"));
    assert_eq!(body["content"], json!("Bees"));
}

#[tokio::test]
async fn it_may_refuse_with_a_way_out() {
    let refuse = "el.beforeSubmit = () => ({
        message: 'Five decks are made <b>this month</b>.',
        action: { label: 'See plans', href: '/plans' },
    })";
    let page = with_host(refuse).await;
    page.wait_text("Five decks are made <b>this month</b>.")
        .await;
    assert_eq!(page.text("action").await, "See plans");
    let href = page.run("return one('action').getAttribute('href')", Value::Null);
    assert_eq!(href.await, json!("/plans"));
    assert_nothing_was_sent(&page).await;
    let errors = page.events("error").await;
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0]["detail"]["charged"], json!("no"));
}

#[tokio::test]
async fn it_offers_no_link_that_runs_code() {
    let refuse = "el.beforeSubmit = () => ({
        message: 'No.', action: { label: 'Click', href: 'javascript:window.ran = 1' },
    })";
    let page = with_host(refuse).await;
    page.wait_text("No.").await;
    assert!(!page.sees("action").await);
}

#[tokio::test]
async fn it_may_say_false_and_nothing_else() {
    let page = with_host("el.beforeSubmit = () => { window.asked = true; return false }").await;
    page.wait("the page asked", "window.asked").await;
    page.wait_state("drafting").await;
    assert_nothing_was_sent(&page).await;
}

#[tokio::test]
async fn it_may_throw() {
    let page = with_host("el.beforeSubmit = () => { throw new Error('host bug') }").await;
    page.wait_text("This page could not prepare the request")
        .await;
    assert_nothing_was_sent(&page).await;
    let said = page.console("error").await;
    assert!(said.iter().any(|it| it.contains("host bug")), "{said:?}");
    // The next wish is asked about anew.
    page.run("el.beforeSubmit = undefined", Value::Null).await;
    page.click("submit").await;
    page.wait_state("done").await;
}

#[tokio::test]
async fn it_is_told_when_it_takes_too_long_for_the_visitor() {
    let slow = "el.beforeSubmit = (request, { signal }) => new Promise((go) => {
        signal.addEventListener('abort', () => { window.aborted = true; });
        window.asked = true;
    })";
    let page = with_host(slow).await;
    page.wait("the page asked", "window.asked").await;
    page.run("el.stopWatching()", Value::Null).await;
    page.wait("the page told", "window.aborted").await;
    assert_nothing_was_sent(&page).await;
}

#[tokio::test]
async fn the_event_can_be_cancelled() {
    let cancel = "el.addEventListener('slidewright-submit', (event) => {
        window.request = event.detail.request;
        event.preventDefault();
    })";
    let page = with_host(cancel).await;
    page.wait("the event", "window.request?.prompt === 'Bees'")
        .await;
    page.wait_state("drafting").await;
    assert_nothing_was_sent(&page).await;
}

async fn with_terms() -> Page {
    let widget = format!(
        "<slide-wright provider=\"presenton\" endpoint=\"/sim/{SCENARIO}\">
            <div slot=\"before-submit\">
                <label><input id=\"terms\" type=\"checkbox\" name=\"terms\" value=\"read\" required> Terms</label>
                <label>Course <input id=\"course\" name=\"course\" value=\"Biology\"></label>
            </div>
        </slide-wright>"
    );
    let page = Page::open(Sheet::new(widget)).await;
    page.ready().await;
    page.run(
        "el.beforeSubmit = (request, { values }) => { window.values = values }",
        Value::Null,
    )
    .await;
    page
}

#[tokio::test]
async fn a_required_control_of_the_page_stops_it() {
    let page = with_terms().await;
    page.generate("Bees").await;
    page.wait(
        "the browser's complaint",
        "document.activeElement.id === 'terms'",
    )
    .await;
    page.run("el.submit(); el.submit({ prompt: 'Bees' })", Value::Null)
        .await;
    assert_nothing_was_sent(&page).await;
    assert!(page.events("submit").await.is_empty());
}

#[tokio::test]
async fn the_pages_controls_reach_it_and_nobody_else() {
    let page = with_terms().await;
    page.run("document.querySelector('#terms').click()", Value::Null)
        .await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    let values = page.run("return window.values", Value::Null).await;
    assert_eq!(values, json!({"terms": "read", "course": "Biology"}));
    let body = page.log(SCENARIO).await.last_body().to_string();
    assert!(
        !body.contains("Biology") && !body.contains("terms"),
        "{body}"
    );
}
