//! Everything a service sends is hostile: markup, script links, directions.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, Widget, widget};

/// What no hostile text may have brought into the tree.
const INTRUDERS: &str = "return [
    ...el.shadowRoot.querySelectorAll('script, img:not([part~=choice] > img), iframe, object, embed, svg, [onerror], [onload], [onclick], [style*=expression]'),
    ...[...el.shadowRoot.querySelectorAll('[href]')].filter((it) => !/^https?:$/.test(it.protocol)),
].map((it) => it.outerHTML)";

async fn assert_harmless(page: &Page) {
    assert_harmless_in(page, page).await;
}

async fn assert_harmless_in(page: &Page, at: &Widget) {
    assert_eq!(at.run(INTRUDERS, Value::Null).await, json!([]));
    // Reading a dialog's text fails unless there is one.
    assert!(page.browser.driver.get_alert_text().await.is_err());
    assert_eq!(page.console("uncaught").await, Vec::<String>::new());
    let longest = "return Math.max(0, ...['step', 'provider-text', 'field-error', 'link']
        .flatMap(all).map((it) => it.textContent.length))";
    let longest = at.run(longest, Value::Null).await;
    assert!(longest.as_u64().is_some_and(|it| it <= 301), "{longest}");
    let overrides = "return /[\\u202a-\\u202e\\u2066-\\u2069]/.test(el.shadowRoot.textContent)";
    assert_eq!(at.run(overrides, Value::Null).await, json!(false));
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

#[tokio::test]
async fn where_it_asks_and_offers() {
    let html = [
        widget(
            "chronicle,duration=300,hostile=1,questions=1",
            "id=\"asks\"",
        ),
        widget(
            "duomi,duration=900,hostile=1,bad-slides=1",
            "id=\"partial\" outline=\"# A\n# B\" template-slides=\"title=slide_a\"",
        ),
        widget("perceptis,duration=300,hostile=1", "id=\"links\""),
    ];
    let page = Page::open(Sheet::new(html.concat())).await;
    let [asks, partial, links] = ["#asks", "#partial", "#links"].map(|id| page.widget(id));
    asks.ready().await;
    asks.fill("prompt", "Bees").await;
    asks.part("template").await;
    assert_harmless_in(&page, &asks).await;
    asks.click("submit").await;
    partial.click("submit").await;
    links.generate("Bees").await;

    partial.part("slide-errors").await;
    assert_harmless_in(&page, &partial).await;
    // One of its two addresses is a script.
    links.part("download").await;
    let offered = links.run("return all('download').length", Value::Null);
    assert_eq!(offered.await, json!(1));
    assert_harmless_in(&page, &links).await;
    asks.part("question").await;
    assert_harmless_in(&page, &asks).await;
    asks.fill("answer", "We keep bees").await;
    asks.click("send").await;
    asks.part("round").await;
    assert_harmless_in(&page, &asks).await;
    asks.wait_state("done").await;
    assert!(!asks.sees("link").await, "its address is a script");
    assert_harmless_in(&page, &asks).await;
}
