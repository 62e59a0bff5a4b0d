//! Places that take in others' pages often keep them in a sandbox without
//! `allow-forms`, where browsers swallow a form's `submit`.

use slidewright_e2e::{Page, Sheet, widget};
use thirtyfour::Key;

const SANDBOX: &str = "sandbox allow-scripts allow-same-origin";

async fn confined(scenario: &str) -> Page {
    let sheet = Sheet::new(widget(scenario, "")).header("content-security-policy", SANDBOX);
    let page = Page::reuse(sheet).await;
    page.ready().await;
    page
}

#[tokio::test]
async fn a_click_asks_and_a_click_answers() {
    let page = confined("chronicle,duration=600,questions=1").await;
    page.generate("Bees").await;
    page.wait_state("asking").await;
    page.fill("answer", "For beekeepers").await;
    page.click("send").await;
    page.wait_state("done").await;
}

#[tokio::test]
async fn enter_in_a_field_of_one_line_asks_too() {
    let scenario = "presenton,duration=600";
    let page = confined(scenario).await;
    page.fill("prompt", "Bees").await;
    page.fill("slide-count", "5").await;
    page.press(Key::Enter).await;
    page.wait_state("done").await;
    let log = page.log(scenario).await;
    assert_eq!(log.submits().len(), 1, "{log:?}");
}
