//! Ten megabytes, or ten thousand brackets: one widget gives up, the module
//! lives on.

use slidewright_e2e::{Page, Sheet, widget};

async fn assert_orderly(scenario: &str, state: &str, text: &str) {
    let body = [
        widget(scenario, ""),
        widget("presenton,duration=900", "id=\"other\""),
    ];
    let page = Page::open(Sheet::new(body.concat())).await;
    page.ready().await;
    page.generate("Bees").await;
    page.wait_text(text).await;
    assert_eq!(page.state().await, state);
    let other = page.widget("#other");
    other.generate("Wasps").await;
    other.wait_state("done").await;
    assert_eq!(page.console("uncaught").await, Vec::<String>::new());
    assert_eq!(page.console("unhandled").await, Vec::<String>::new());
}

const UNSURE: &str = "couldn't tell whether your request arrived";
const SOMETHING_ELSE: &str = "Something else answered in place of the service";

#[tokio::test]
async fn a_huge_reply_to_a_request() {
    assert_orderly("presenton,submit=huge", "uncertain", UNSURE).await;
}

#[tokio::test]
async fn a_deep_reply_to_a_request() {
    assert_orderly("presenton,submit=deep", "uncertain", UNSURE).await;
}

#[tokio::test]
async fn a_huge_status() {
    let scenario = "presenton,duration=900,status=huge";
    assert_orderly(scenario, "waiting", SOMETHING_ELSE).await;
}

#[tokio::test]
async fn a_deep_status() {
    let scenario = "presenton,duration=900,status=deep";
    assert_orderly(scenario, "waiting", SOMETHING_ELSE).await;
}
