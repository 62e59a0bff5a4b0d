//! A host's own code may run in another frame of the page, whose promises are no
//! instances of this one's classes.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

const SCENARIO: &str = "presenton,duration=300";

/// A frame whose functions are the page's.
const FRAME: &str = "
    window.from_frame = (what) => {
        const frame = window.frame ??= document.body.appendChild(document.createElement('iframe'));
        return frame.contentWindow.eval(`(${what})`);
    };";

#[tokio::test]
async fn nothing_leaves_before_it_agrees() {
    let host = "window.asks = (el) => {
        el.beforeSubmit = from_frame(`(request) => new Promise((then) => { parent.agree = then; })`);
    };";
    let sheet = Sheet::new(widget(SCENARIO, "")).early(host).early(FRAME);
    let page = Page::reuse(sheet).await;
    page.ready().await;
    page.run("window.asks(el)", Value::Null).await;
    page.generate("Bees").await;
    page.wait("the host asked", "Boolean(window.agree)").await;
    assert_eq!(page.state().await, "preparing");
    assert_eq!(page.log(SCENARIO).await.requests().len(), 0);
    page.run("window.agree(false)", Value::Null).await;
    page.wait_state("drafting").await;
    assert_eq!(page.log(SCENARIO).await.requests().len(), 0);
}

#[tokio::test]
async fn and_what_it_brings_is_used() {
    let scenario = "presenton,duration=300,auth=right";
    let host = "window.sets = (el) => {
        el.headers = from_frame(`async () => ({ Authorization: 'Bearer right' })`);
        el.beforeSubmit = from_frame(`async (request) => ({ ...request, prompt: 'Wasps' })`);
    };";
    let sheet = Sheet::new(widget(scenario, "")).early(host).early(FRAME);
    let page = Page::reuse(sheet).await;
    page.ready().await;
    page.run("window.sets(el)", Value::Null).await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    let log = page.log(scenario).await;
    assert_eq!(log.last_body()["content"], json!("Wasps"));
}
