//! No answer: nobody knows whether there is a deck, so only the visitor goes on.

use slidewright_e2e::{Page, Widget};

/// Long enough for anything that would happen by itself: another widget's whole
/// job, with its polls.
async fn let_time_pass(other: &Widget) {
    other.generate("Wasps").await;
    other.wait_state("done").await;
}

async fn page(scenario: &str) -> Page {
    let sheet = slidewright_e2e::Sheet::new(
        [
            slidewright_e2e::widget(scenario, ""),
            slidewright_e2e::widget("presenton,duration=900", "id=\"other\""),
        ]
        .concat(),
    );
    let page = Page::reuse(sheet).await;
    page.ready().await;
    page
}

#[tokio::test]
async fn it_waits_for_the_visitor_and_keeps_its_key() {
    let scenario = "presenton,duration=900,submit=502,submit-times=1,accept=1";
    let page = page(scenario).await;
    page.generate("Bees").await;
    page.wait_state("uncertain").await;
    page.wait_text("could make a second deck").await;
    let_time_pass(&page.widget("#other")).await;
    let log = page.log(scenario).await;
    assert_eq!(page.state().await, "uncertain");
    assert_eq!(log.submits().len(), 1, "{log:?}");

    page.click("retry").await;
    page.wait_state("done").await;
    let log = page.log(scenario).await;
    assert_eq!(log.submits().len(), 2, "{log:?}");
    assert_eq!(log.keys().len(), 1, "Send again is the same wish: {log:?}");
    assert_eq!(log.jobs(), 1, "the relay honours the key: {log:?}");
}

#[tokio::test]
async fn back_gives_the_draft_and_a_new_wish_a_new_key() {
    let scenario = "presenton,duration=900,submit=500,submit-times=1";
    let page = page(scenario).await;
    page.fill("slide-count", "7").await;
    page.generate("Bees").await;
    page.wait_state("uncertain").await;
    page.click("back").await;
    assert_eq!(page.value("prompt").await, "Bees");
    assert_eq!(page.value("slide-count").await, "7");
    page.click("submit").await;
    page.wait_state("done").await;
    let log = page.log(scenario).await;
    assert_eq!(log.keys().len(), 2, "{log:?}");
}
