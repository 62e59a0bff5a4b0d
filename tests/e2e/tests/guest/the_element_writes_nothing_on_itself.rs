//! Frameworks own the element, its attributes and its children; the state shows in
//! `:state()`.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

use crate::tour::{again, body, tour};

/// Notes what is written on elements of ours, by whomever.
const WATCH: &str = "
    const written = window.written = [];
    new MutationObserver((changes) => {
        for (const { target, type, attributeName } of changes) {
            if (target.localName === 'slide-wright') written.push([target.id, type, attributeName]);
        }
    }).observe(document, { subtree: true, attributes: true, childList: true, characterData: true });";

const WRITTEN: &str = "return written";

#[tokio::test]
async fn in_no_state() {
    let sheet = Sheet::new(body()).early(WATCH);
    let page = tour(sheet).await;
    // The test itself takes an outline to a widget, as a property.
    assert_eq!(page.run(WRITTEN, Value::Null).await, json!([]));
    again(&page).await;
    assert_eq!(page.run(WRITTEN, Value::Null).await, json!([]));
    page.run(
        "document.querySelector('#done').className = 'mine'",
        Value::Null,
    )
    .await;
    page.wait("what is written is noted", "written.length === 1")
        .await;
}

#[tokio::test]
async fn what_the_page_says_of_it_stays() {
    let own = "role=\"region\" aria-label=\"Decks\" aria-busy=\"false\" tabindex=\"-1\" \
        class=\"mine\" style=\"margin: 3px\" lang=\"en\" data-x=\"1\"";
    let page = Page::reuse(Sheet::new(widget("presenton,duration=300", own))).await;
    let before = "return [...el.attributes].map((it) => `${it.name}=${it.value}`)";
    let attributes = page.run(before, Value::Null).await;
    page.ready().await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    page.part("download").await;
    assert_eq!(page.run(before, Value::Null).await, attributes);
    let reflected =
        "return [el.role, el.ariaLabel, el.ariaBusy, el.tabIndex, el.childNodes.length]";
    assert_eq!(
        page.run(reflected, Value::Null).await,
        json!(["region", "Decks", "false", -1, 0])
    );
}

#[tokio::test]
async fn the_state_can_be_styled() {
    let scenario = "presenton,duration=600000";
    let page = Page::reuse(Sheet::new(widget(scenario, ""))).await;
    let is = |state: &str| format!("el.matches(':state({state})')");
    page.wait("the state drafting", &is("drafting")).await;
    page.generate("Bees").await;
    page.wait("the state waiting", &is("waiting")).await;
    let drafting = format!("return {}", is("drafting"));
    assert_eq!(page.run(&drafting, Value::Null).await, json!(false));
    page.finish(scenario).await;
    page.wait("the state done", &is("done")).await;
}
