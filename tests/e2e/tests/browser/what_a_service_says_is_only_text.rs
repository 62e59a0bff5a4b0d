//! Everything a service sends is hostile: markup, script links, directions.

use serde_json::{Value, json};
use slidewright_e2e::Page;

/// What no hostile text may have brought into the tree.
const INTRUDERS: &str = "return [
    ...el.shadowRoot.querySelectorAll('script, img, iframe, object, embed, svg, [onerror], [onload], [onclick], [style*=expression]'),
    ...[...el.shadowRoot.querySelectorAll('[href]')].filter((it) => !/^https?:$/.test(it.protocol)),
].map((it) => it.outerHTML)";

async fn assert_harmless(page: &Page) {
    assert_eq!(page.run(INTRUDERS, Value::Null).await, json!([]));
    // Reading a dialog's text fails unless there is one.
    assert!(page.browser.driver.get_alert_text().await.is_err());
    assert_eq!(page.console("uncaught").await, Vec::<String>::new());
    let longest = "return Math.max(0, ...['step', 'provider-text', 'field-error', 'link']
        .flatMap(all).map((it) => it.textContent.length))";
    let longest = page.run(longest, Value::Null).await;
    assert!(longest.as_u64().is_some_and(|it| it <= 301), "{longest}");
    let overrides = "return /[\\u202a-\\u202e\\u2066-\\u2069]/.test(el.shadowRoot.textContent)";
    assert_eq!(page.run(overrides, Value::Null).await, json!(false));
}

#[tokio::test]
async fn while_it_works_and_when_it_is_done() {
    let page = Page::with_widget("presenton,duration=3000,hostile=1", "").await;
    page.generate("Bees").await;
    page.wait("a step of the service", "el.snapshot.step").await;
    assert_harmless(&page).await;
    page.wait_state("done").await;
    page.part("again").await;
    assert_harmless(&page).await;
}

#[tokio::test]
async fn when_it_fails() {
    let scenario = "presenton,duration=900,hostile=1,fail=failed";
    let page = Page::with_widget(scenario, "provider-text=\"show\"").await;
    page.generate("Bees").await;
    page.wait_state("failed").await;
    page.part("provider-text").await;
    assert_harmless(&page).await;
}

#[tokio::test]
async fn in_the_current_cloud() {
    let page = Page::with_widget("presenton-v3,duration=900,hostile=1", "").await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    page.part("again").await;
    assert_harmless(&page).await;
}
