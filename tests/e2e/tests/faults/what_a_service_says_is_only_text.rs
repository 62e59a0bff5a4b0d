//! Everything a service sends is hostile: markup, script links, directions.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, Widget, widget};

use crate::row::{Row, TOPIC};

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
    let row = Row::open("presenton,duration=600000,hostile=1").await;
    row.ask().await;
    row.wait("a step of the service", "el.snapshot.step").await;
    assert_harmless(&row).await;
    row.finish().await;
    row.wait_state("done").await;
    row.part("again").await;
    assert_harmless(&row).await;
    row.sent(1, 1).await;
    row.another_ends_well().await;
}

#[tokio::test]
async fn when_it_fails() {
    let scenario = "presenton,duration=900,hostile=1,fail=failed";
    let sheet = Sheet::new(widget(scenario, "provider-text=\"show\""));
    let row = Row::with(scenario, sheet).await;
    row.ask().await;
    row.wait_state("failed").await;
    row.part("provider-text").await;
    assert_harmless(&row).await;
    row.sent(1, 1).await;
    row.another_ends_well().await;
}

#[tokio::test]
async fn when_it_refuses() {
    let scenario = "presenton,duration=300,hostile=1,submit=400,submit-times=1";
    let sheet = Sheet::new(widget(scenario, "provider-text=\"show\""));
    let row = Row::with(scenario, sheet).await;
    row.ask().await;
    row.part("provider-text").await;
    assert_harmless(&row).await;
    assert_eq!(row.state().await, "drafting");
    assert_eq!(row.value("prompt").await, TOPIC);
    row.sent(1, 1).await;
    row.click("submit").await;
    row.wait_state("done").await;
    assert_harmless(&row).await;
    row.sent(2, 2).await;
}

/// Every address is a script or a page of its own: none is offered, and the deck
/// is no less made.
async fn offers_no_address(scenario: &str) {
    let row = Row::open(scenario).await;
    row.ask().await;
    row.shows("done", "gave no link to it").await;
    assert_harmless(&row).await;
    assert!(!row.sees("download").await && !row.sees("link").await);
    row.told_nothing().await;
    row.sent(1, 1).await;
    row.another_ends_well().await;
}

#[tokio::test]
async fn where_every_address_is_a_script() {
    offers_no_address("presenton,duration=300,hostile=scripts").await;
}

#[tokio::test]
async fn where_every_address_is_a_page_of_its_own() {
    offers_no_address("presenton,duration=300,hostile=data").await;
}

/// A file whose name climbs out of its folder is saved in the visitor's own.
#[tokio::test]
async fn where_a_file_wants_to_be_elsewhere() {
    let row = Row::open("perceptis,duration=300,hostile=1").await;
    row.ask().await;
    row.part("download").await;
    assert_harmless(&row).await;
    row.click("download").await;
    let saved = row.browser.saved(1).await;
    assert_eq!(saved.len(), 1, "{saved:?}");
    assert!(!saved[0].to_string_lossy().contains('\\'), "{saved:?}");
    row.sent(1, 1).await;
    row.another_ends_well().await;
}

#[tokio::test]
async fn in_the_current_cloud() {
    let row = Row::open("presenton-v3,duration=900,hostile=1").await;
    row.ask().await;
    row.wait_state("done").await;
    row.part("again").await;
    assert_harmless(&row).await;
    row.sent(1, 1).await;
    row.another_ends_well().await;
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
    let page = Page::reuse(Sheet::new(html.concat())).await;
    let [asks, partial, links] = ["#asks", "#partial", "#links"].map(|id| page.widget(id));
    asks.ready().await;
    asks.fill("prompt", "Bees").await;
    asks.part("template").await;
    assert_harmless_in(&page, &asks).await;

    // One after the other: each grows and shrinks, and moves the others' buttons.
    links.generate("Bees").await;
    // One of its two addresses is a script.
    links.part("download").await;
    let offered = links.run("return all('download').length", Value::Null);
    assert_eq!(offered.await, json!(1));
    assert_harmless_in(&page, &links).await;

    partial.click("submit").await;
    partial.part("slide-errors").await;
    assert_harmless_in(&page, &partial).await;

    asks.click("submit").await;
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
