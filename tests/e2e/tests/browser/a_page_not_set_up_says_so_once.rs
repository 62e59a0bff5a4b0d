//! The visitor is told on the page, its developer in the console and by an
//! event, each once.

use serde_json::json;
use slidewright_e2e::{Page, Sheet};

async fn assert_said_once(widget: &str, code: &str, hint: &str) {
    let page = Page::open(Sheet::new(widget)).await;
    page.wait_text("isn't set up yet").await;
    // Something else changes: that is no reason to say it again.
    page.run("el.prompt = 'Bees'; el.tone = 'casual'", json!(null))
        .await;
    page.wait("the options taken", "el.tone === 'casual'").await;
    page.run("el.submit()", json!(null)).await;
    let errors = page.console("error").await;
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].contains(hint), "{errors:?}");
    let events = page.events("error").await;
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0]["detail"]["code"], json!(code));
    assert_eq!(events[0]["detail"]["charged"], json!("no"));
}

#[tokio::test]
async fn an_unknown_provider() {
    let widget = "<slide-wright provider=\"nobody\" endpoint=\"/sim/presenton\"></slide-wright>";
    assert_said_once(widget, "unknown-provider", "presenton-v3").await;
}

#[tokio::test]
async fn no_provider() {
    let widget = "<slide-wright endpoint=\"/sim/presenton\"></slide-wright>";
    assert_said_once(widget, "unknown-provider", "provider").await;
}

#[tokio::test]
async fn no_endpoint() {
    let widget = "<slide-wright provider=\"presenton\"></slide-wright>";
    assert_said_once(widget, "no-endpoint", "endpoint").await;
}

#[tokio::test]
async fn an_endpoint_that_is_no_address() {
    let widget =
        "<slide-wright provider=\"presenton\" endpoint=\"ftp://example.org/\"></slide-wright>";
    assert_said_once(widget, "bad-endpoint", "ftp://example.org/").await;
}

#[tokio::test]
async fn it_works_once_it_is_set_up() {
    let widget = "<slide-wright provider=\"presenton\"></slide-wright>";
    let page = Page::open(Sheet::new(widget)).await;
    page.wait_text("isn't set up yet").await;
    page.run("el.endpoint = '/sim/presenton,duration=900'", json!(null))
        .await;
    page.generate("Bees").await;
    page.wait_state("done").await;
}
