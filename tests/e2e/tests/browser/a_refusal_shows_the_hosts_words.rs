//! A relay may refuse in its own words (RFC 9457): quota, upgrade.

use serde_json::{Value, json};
use slidewright_e2e::Page;

#[tokio::test]
async fn a_problem_document_is_shown_with_its_way_out() {
    let page = Page::with_widget("presenton,submit=problem", "").await;
    page.generate("Bees").await;
    assert_eq!(
        page.text("error-title").await,
        "Your plan's decks are used up"
    );
    page.wait_text("More come with a bigger plan.").await;
    assert_eq!(page.text("action").await, "See plans");
    let href = page.run("return one('action').href", Value::Null).await;
    assert_eq!(href, json!("https://example.org/upgrade"));
    assert_eq!(page.state().await, "drafting");
    assert_eq!(page.value("prompt").await, "Bees");
    let error = &page.events("error").await[0]["detail"];
    assert_eq!(error["code"], json!("quota"));
    assert_eq!(error["charged"], json!("no"));
}

#[tokio::test]
async fn a_complaint_about_a_member_is_shown_at_its_field() {
    let page = Page::with_widget("presenton,submit=422", "").await;
    page.generate("Bees").await;
    page.wait(
        "a field that is marked",
        "all('input').some((it) => it.ariaInvalid)",
    )
    .await;
    assert!(page.sees("field-error").await);
}
