//! No wasm, no form: the page's own text for it, or ours, and an event.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet};

async fn assert_unavailable(inner: &str, text: &str) {
    let widget = format!(
        "<slide-wright provider=\"presenton\" endpoint=\"/sim/presenton\" \
         wasm-url=\"/pkg/dist/nothing.wasm\">{inner}</slide-wright>"
    );
    let page = Page::open(Sheet::new(widget)).await;
    // What is slotted is no part of the widget's own text, so this reads both.
    let shown = "document.body.innerText.includes(args)
        || el.shadowRoot.querySelector('slot')?.innerText.includes(args)";
    page.wait_with(text, shown, json!(text)).await;
    let errors = page.events("error").await;
    assert_eq!(errors.len(), 1, "{errors:?}");
    let wanted = json!({"code": "module-unavailable", "charged": "no"});
    assert_eq!(errors[0]["detail"], wanted);
    assert_eq!(page.console("error").await.len(), 1);
    assert_eq!(
        page.run("return el.snapshot", Value::Null).await,
        Value::Null
    );
}

#[tokio::test]
async fn in_our_words() {
    assert_unavailable("Needs JavaScript.", "This form could not be loaded").await;
}

#[tokio::test]
async fn in_the_pages_words() {
    assert_unavailable("<p slot=\"unavailable\">Write to us.</p>", "Write to us.").await;
}

#[tokio::test]
async fn the_fallback_without_scripts_is_not_shown_beside_the_form() {
    let widget = "<slide-wright provider=\"presenton\" endpoint=\"/sim/presenton\">Needs JavaScript.</slide-wright>";
    let page = Page::open(Sheet::new(widget)).await;
    page.ready().await;
    let hidden = "return el.firstChild.assignedSlot === null";
    assert_eq!(page.run(hidden, Value::Null).await, json!(true));
}
