//! The main job: a topic becomes a downloaded deck.

use serde_json::json;
use slidewright_e2e::{Deck, Page, deck};

const TOPIC: &str = "Bees in the city";

#[tokio::test]
async fn the_demo_page_makes_a_deck() {
    let page = Page::blank().await;
    page.go_to(&page.server.origin()).await;
    page.ready().await;
    page.trace("step", "root.querySelector('[part~=step]')?.textContent")
        .await;
    page.trace(
        "percent",
        "root.querySelector('[part~=progress]')?.getAttribute('aria-valuenow')",
    )
    .await;

    page.fill("prompt", TOPIC).await;
    page.fill("slide-count", "5").await;
    page.choose("format", "pptx").await;
    page.click("submit").await;
    page.wait_state("waiting").await;
    page.wait_state("done").await;

    let steps = page.traced("step").await;
    let percents = page.traced("percent").await;
    assert!(steps.len() > 2, "the steps did not move: {steps:?}");
    assert!(percents.len() > 2, "the bar did not move: {percents:?}");

    page.click("download").await;
    let file = &page.browser.saved(1).await[0];
    let deck = Deck::read(file);
    assert_eq!(deck.slides, 5);
    assert!(deck.title.contains(TOPIC), "{}", deck.title);
    match deck::pages(file) {
        Some(pages) => assert_eq!(pages, 5, "LibreOffice sees other slides"),
        None => println!("left out: LibreOffice (SLIDEWRIGHT_SOFFICE is not set)"),
    }
    assert_eq!(page.console("error").await, Vec::<String>::new());
    assert_eq!(
        page.events("complete").await[0]["detail"]["charged"],
        json!("yes")
    );
}
