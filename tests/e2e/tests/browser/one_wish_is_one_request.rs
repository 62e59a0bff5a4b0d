//! However often it is said, a wish is sent once: a second one may be billed.

use serde_json::{Value, json};
use slidewright_e2e::Page;
use thirtyfour::Key;

const SCENARIO: &str = "presenton,duration=900,latency=150";

async fn assert_sent_once(page: &Page) {
    page.wait_state("done").await;
    let log = page.log(SCENARIO).await;
    assert_eq!(log.submits().len(), 1, "{log:?}");
    assert_eq!(log.keys().len(), 1, "{log:?}");
    assert_eq!(log.jobs(), 1);
    assert_eq!(page.events("submit").await.len(), 1);
    assert_eq!(page.events("accepted").await.len(), 1);
}

#[tokio::test]
async fn a_double_click() {
    let page = Page::with_widget(SCENARIO, "").await;
    page.fill("prompt", "Bees").await;
    let button = page.part("submit").await;
    let chain = page.browser.driver.action_chain();
    let chain = chain.double_click_element(&button);
    chain.perform().await.expect("a mouse");
    assert_sent_once(&page).await;
}

#[tokio::test]
async fn enter_and_a_click() {
    let page = Page::with_widget(SCENARIO, "").await;
    page.fill("prompt", "Bees").await;
    page.part("slide-count").await.focus().await.expect("focus");
    let button = page.part("submit").await;
    let chain = page.browser.driver.action_chain();
    let chain = chain.send_keys(Key::Enter).click_element(&button);
    // The button may be gone by then, which is as good.
    let _ = chain.perform().await;
    assert_sent_once(&page).await;
}

#[tokio::test]
async fn submit_called_twice() {
    let page = Page::with_widget(SCENARIO, "").await;
    page.fill("prompt", "Bees").await;
    page.run("el.submit(); el.submit()", Value::Null).await;
    assert_sent_once(&page).await;
}

#[tokio::test]
async fn submit_called_while_the_page_decides() {
    let page = Page::with_widget(SCENARIO, "").await;
    let slow = "el.beforeSubmit = () => new Promise((go) => { window.go = go; })";
    page.run(slow, Value::Null).await;
    page.fill("prompt", "Bees").await;
    page.click("submit").await;
    page.wait("the page asked", "window.go").await;
    assert_eq!(page.state().await, "preparing");
    page.click("submit").await;
    page.run("el.submit({ prompt: args }); window.go()", json!("Wasps"))
        .await;
    assert_sent_once(&page).await;
    assert_eq!(
        page.log(SCENARIO).await.last_body()["content"],
        json!("Bees")
    );
}
