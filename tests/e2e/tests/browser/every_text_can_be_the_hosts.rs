//! `messages` replaces any text of ours; `color-scheme` picks the colours.

use serde_json::{Value, json};
use slidewright_e2e::Page;

#[tokio::test]
async fn by_the_property() {
    let page = Page::with_widget("presenton,duration=900", "").await;
    let messages = "el.messages = {
        submit: 'Los', done: 'Fertig', costNote: 'Kostet <b>nichts</b>',
        'choice.pptx': 'Folien', download: 'Laden: {format}',
    }";
    page.run(messages, Value::Null).await;
    page.wait_text("Kostet <b>nichts</b>").await;
    assert_eq!(page.text("submit").await, "Los");
    page.generate("Bienen").await;
    page.wait_state("done").await;
    assert_eq!(page.text("heading").await, "Fertig");
    assert!(page.text("download").await.starts_with("Laden: PPTX"));
    // What has no text of the host's keeps ours.
    assert_eq!(page.text("again").await, "Make another deck");
}

#[tokio::test]
async fn by_the_attribute() {
    let attributes = "messages='{\"prompt\": \"Worum geht es?\"}'";
    let page = Page::with_widget("presenton,duration=900", attributes).await;
    page.wait_text("Worum geht es?").await;
    page.run("el.setAttribute('messages', 'not JSON')", Value::Null)
        .await;
    page.wait_text("What should the deck be about?").await;
}

#[tokio::test]
async fn the_colours_follow_the_page() {
    let page = Page::with_widget("presenton", "").await;
    let colour = "return getComputedStyle(el.shadowRoot.querySelector('.frame')).backgroundColor";
    let light = page.run(colour, Value::Null).await;
    page.run("el.setAttribute('color-scheme', 'dark')", Value::Null)
        .await;
    let changed =
        "getComputedStyle(el.shadowRoot.querySelector('.frame')).backgroundColor !== args";
    page.wait_with("dark colours", changed, light.clone()).await;
    let features = json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]});
    page.browser
        .cdp("Emulation.setEmulatedMedia", features)
        .await;
    page.run("el.colorScheme = 'light'", Value::Null).await;
    let same = "getComputedStyle(el.shadowRoot.querySelector('.frame')).backgroundColor === args";
    page.wait_with("light colours on a dark system", same, light.clone())
        .await;
    page.run("el.colorScheme = 'auto'", Value::Null).await;
    page.wait_with("the system's colours", changed, light).await;
}

#[tokio::test]
async fn custom_properties_reach_it() {
    let page = Page::with_widget("presenton", "style=\"--slidewright-accent: rgb(1, 2, 3)\"").await;
    let colour = "return getComputedStyle(one('submit')).backgroundColor";
    assert_eq!(page.run(colour, Value::Null).await, json!("rgb(1, 2, 3)"));
}
