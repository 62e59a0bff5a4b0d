//! What is wrong is said where it is wrong, before anything is sent.

use serde_json::{Value, json};
use slidewright_e2e::Page;

const SCENARIO: &str = "presenton,duration=900";

/// The message at a field, which is marked, described by it, and focused.
async fn complaint(page: &Page, part: &str) -> String {
    page.wait_with(
        format!("a complaint about {part}"),
        "one(args).ariaInvalid === 'true'",
        json!(part),
    )
    .await;
    page.wait_with(
        "the focus at the field",
        "el.shadowRoot.activeElement === one(args)",
        json!(part),
    )
    .await;
    let described = "return one(args).getAttribute('aria-describedby').split(' ')
        .map((id) => el.shadowRoot.getElementById(id)).filter(seen)
        .map((node) => node.innerText).join(' ')";
    let said = page.run(described, json!(part)).await;
    said.as_str().unwrap_or_default().to_owned()
}

async fn assert_nothing_was_sent(page: &Page) {
    assert_eq!(page.log(SCENARIO).await.requests(), &[] as &[Value]);
    assert_eq!(page.state().await, "drafting");
}

#[tokio::test]
async fn an_empty_topic() {
    let page = Page::with_widget(SCENARIO, "").await;
    page.fill("slide-count", "7").await;
    page.fill("prompt", "   ").await;
    page.click("submit").await;
    let said = complaint(&page, "prompt").await;
    assert!(said.contains("Please describe"), "{said}");
    assert_eq!(page.value("slide-count").await, "7");
    assert_nothing_was_sent(&page).await;
}

#[tokio::test]
async fn too_few_and_too_many_slides() {
    let page = Page::with_widget(SCENARIO, "").await;
    page.fill("prompt", "Bees").await;
    for count in ["0", "51", "2.5"] {
        page.fill("slide-count", count).await;
        page.click("submit").await;
        let said = complaint(&page, "slide-count").await;
        assert!(said.contains("from 1 to 50"), "{count}: {said}");
        assert_eq!(page.value("slide-count").await, count);
    }
    assert_eq!(page.value("prompt").await, "Bees");
    assert_nothing_was_sent(&page).await;
}

#[tokio::test]
async fn a_topic_longer_than_the_limit() {
    let page = Page::with_widget(SCENARIO, "").await;
    let paste = "one('prompt').value = 'a'.repeat(50003);
        one('prompt').dispatchEvent(new InputEvent('input', { bubbles: true }))";
    page.run(paste, Value::Null).await;
    page.click("submit").await;
    let said = complaint(&page, "prompt").await;
    assert!(said.contains("3 characters too long"), "{said}");
    let length = page.run("return one('prompt').value.length", Value::Null);
    assert_eq!(length.await, json!(50003), "pasted text was cut");
    assert_nothing_was_sent(&page).await;
}

#[tokio::test]
async fn a_complaint_goes_when_its_field_is_put_right() {
    let page = Page::with_widget(SCENARIO, "").await;
    page.click("submit").await;
    complaint(&page, "prompt").await;
    page.fill("prompt", "Bees").await;
    page.wait("no complaint", "!one('prompt').ariaInvalid")
        .await;
    page.click("submit").await;
    page.wait_state("done").await;
}
