//! A service that makes slides one by one may fail at some of them.

use serde_json::{Value, json};
use slidewright_e2e::{Deck, Page, log};

const OUTLINE: &str = "# Bees in cities\n\n# Why cities\n- They are warm\n- They flower\n\n\
    # Numbers\n| City | Hives |\n| --- | --- |\n| Bern | 12 |";
const SLIDES: &str = "template-slides=\"title=slide_a text=slide_b table=slide_c\"";

#[tokio::test]
async fn a_deck_with_slides_missing_says_which() {
    let scenario = "duomi,duration=1500,bad-slides=1";
    let page = Page::with_widget(scenario, SLIDES).await;
    page.fill("outline", OUTLINE).await;
    page.wait_text("Slides in the outline: 3").await;
    page.click("submit").await;
    page.wait_state("done").await;
    page.wait_text("Your deck is ready, but not complete").await;
    page.wait_text("The file holds the others.").await;

    let strip =
        "return [...one('slide-strip').querySelectorAll('.slide')].map((it) => it.className)";
    let strip = page.run(strip, Value::Null).await;
    assert_eq!(strip, json!(["slide made", "slide failed", "slide made"]));
    let missing = page.text("slide-errors").await;
    assert_eq!(
        missing,
        "Slide 2 is missing: Slide 2 does not fit its template slide"
    );
    let slides = page.run(
        "return el.snapshot.slides.map((it) => it.state)",
        Value::Null,
    );
    assert_eq!(slides.await, json!(["done", "failed", "done"]));
    let told = &page.events("complete").await[0]["detail"];
    assert_eq!(told["partial"], json!(true));

    let size = page.text("size").await;
    assert!(size.ends_with(" KB"), "{size}");
    assert_eq!(
        page.text("expiry").await,
        "Can be downloaded for another 60 min"
    );
    page.click("download").await;
    let file = &page.browser.saved(1).await[0];
    assert_eq!(Deck::read(file).slides, 2);

    let log = page.log(scenario).await;
    let slides = &log::body(log.calls("POST", "/generate-deck")[0])["slides"];
    let wanted = json!([
        {"template_slide_id": "slide_a", "slide_data": {
            "title": "Bees in cities", "content": {"blocks": []},
        }},
        {"template_slide_id": "slide_b", "slide_data": {
            "title": "Why cities",
            "content": {"blocks": [{"bullets": ["They are warm", "They flower"]}]},
        }},
        {"template_slide_id": "slide_c", "slide_data": {
            "title": "Numbers",
            "content": {"blocks": [{"table": {"rows": [
                {"is_header": true, "cells": [{"value": "City"}, {"value": "Hives"}]},
                {"cells": [{"value": "Bern"}, {"value": "12"}]},
            ]}}]},
        }},
    ]);
    assert_eq!(*slides, wanted);
}

#[tokio::test]
async fn what_is_wrong_with_a_slide_stands_at_the_outline_with_its_number() {
    let scenario = "duomi,duration=300";
    let wrong = "template-slides=\"title=slide_a text=wrong\"";
    let page = Page::with_widget(scenario, wrong).await;
    page.fill("outline", OUTLINE).await;
    page.click("submit").await;
    let said = page.text("field-error").await;
    let wanted = "Slide 2: Value error, template_slide_id should begin with 'slide_'";
    assert!(said.starts_with(wanted), "{said}");
    assert!(said.contains("Slide 3:"), "{said}");
    let at = "const error = all('field-error').find(seen);
        return [error.id, one('outline').getAttribute('aria-invalid'), el.shadowRoot.activeElement?.id]";
    let at = page.run(at, Value::Null).await;
    assert_eq!(at, json!(["outline-error", "true", "outline"]));
    assert_eq!(page.state().await, "drafting");
    // The page puts it right, and nothing is lost.
    page.run(
        "el.setAttribute('template-slides', 'title=slide_a text=slide_b')",
        Value::Null,
    )
    .await;
    assert_eq!(page.value("outline").await, OUTLINE);
    page.click("submit").await;
    page.wait_state("done").await;
    page.wait_text("Your deck is ready").await;
}

#[tokio::test]
async fn the_page_may_bring_the_slides_and_show_no_field() {
    let scenario = "duomi,duration=300";
    let page = Page::with_widget(scenario, "fields=\"\"").await;
    let slide = json!({
        "template_slide_id": "slide_host",
        "slide_data": {"title": "From the page", "content": {"blocks": []}},
    });
    page.run("el.body = { slides: [args] }", slide.clone())
        .await;
    page.part("submit").await;
    for part in ["outline", "more-summary", "label"] {
        assert!(!page.sees(part).await, "{part}");
    }
    page.click("submit").await;
    page.wait_state("done").await;
    let log = page.log(scenario).await;
    let sent = log::body(log.calls("POST", "/generate-deck")[0]);
    assert_eq!(sent["slides"], json!([slide]));
    page.part("download").await;
}

#[tokio::test]
async fn the_slides_of_an_outline_that_the_page_brings_are_counted_too() {
    let page = Page::with_widget("duomi", "outline=\"# Bees\n# Hives\"").await;
    assert_eq!(page.value("outline").await, "# Bees\n# Hives");
    page.wait_text("Slides in the outline: 2").await;
}
