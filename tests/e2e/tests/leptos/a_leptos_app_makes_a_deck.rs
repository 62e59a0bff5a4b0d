//! The component lives in an app of somebody else's: the app hears of the deck,
//! takes the widget away and brings it back.

use serde_json::{Value, json};
use slidewright_e2e::{Deck, Page};

use crate::example;

/// The app's own paragraph above the widget.
async fn wait_said(page: &Page, words: &str) {
    let said = "document.querySelector('#said')?.textContent.includes(args)";
    page.wait_with(format!("the app's words \"{words}\""), said, json!(words))
        .await;
}

#[tokio::test]
async fn a_leptos_app_makes_a_deck() {
    let page = example().await;
    let widget = page.widget("#slides");
    wait_said(&page, "Say what it is about").await;
    widget.fill("slide-count", "5").await;
    widget.generate("Bees").await;
    widget.part("download").await;
    // A signal of the app's, set by a listener around the widget.
    wait_said(&page, "Your deck is ready").await;
    widget.click("download").await;
    let deck = Deck::read(&page.browser.saved(1).await[0]);
    assert_eq!(deck.slides, 5);
    for level in ["error", "warn", "uncaught", "unhandled"] {
        assert_eq!(page.console(level).await, Vec::<String>::new(), "{level}");
    }
}

#[tokio::test]
async fn and_says_what_the_form_may_ask_for() {
    let page = example().await;
    let widget = page.widget("#slides");
    widget.part("slide-count").await;
    let most = widget
        .run("return one('slide-count').max", Value::Null)
        .await;
    assert_eq!(most, json!("12"), "the app's own limit");
}

#[tokio::test]
async fn its_deck_outlives_the_view_that_shows_it() {
    let page = example().await;
    let widget = page.widget("#slides");
    widget.generate("Bees").await;
    widget.part("download").await;
    let press = "document.querySelector('#toggle').click()";
    page.run(press, Value::Null).await;
    page.wait("no widget", "!document.querySelector('#slides')")
        .await;
    page.run(press, Value::Null).await;
    widget.part("download").await;
    // It was found again, and not made again.
    let log = page.log("presenton,duration=900").await;
    assert_eq!(log.submits().len(), 1, "{log:?}");
}
