//! The widget can be used without a mouse, and never takes what is not its own:
//! the focus of the page, or its scroll position.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};
use thirtyfour::Key;

/// A job that goes on until the test ends it.
const SCENARIO: &str = "presenton,duration=600000";

/// A page with something before and after the widget, which is far down.
async fn page() -> Page {
    let body = format!(
        "<input id=\"before\"><div style=\"height: 3000px\"></div>{}<input id=\"after\">",
        widget(SCENARIO, "")
    );
    let page = Page::open(Sheet::new(body)).await;
    page.ready().await;
    page
}

/// A deck is made, from the request on.
async fn is_made(page: &Page) {
    page.wait_state("waiting").await;
    page.finish(SCENARIO).await;
    page.wait_state("done").await;
}

/// The part, or the id on the page, that has the focus.
async fn focused(page: &Page) -> String {
    let code =
        "return (el.shadowRoot.activeElement?.getAttribute('part') ?? document.activeElement.id)";
    let focused = page.run(code, Value::Null).await;
    focused.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn from_the_topic_to_the_download() {
    let page = page().await;
    page.run("document.querySelector('#before').focus()", Value::Null)
        .await;
    page.press(Key::Tab).await;
    assert!(focused(&page).await.contains("prompt"));
    page.press("Bees").await;
    page.press(Key::Enter).await;
    page.press("and wasps").await;
    assert_eq!(page.value("prompt").await, "Bees\nand wasps");
    assert_eq!(page.state().await, "drafting", "Enter makes a new line");
    let mut passed = Vec::new();
    while !focused(&page).await.contains("submit") {
        page.press(Key::Tab).await;
        passed.push(focused(&page).await);
        assert!(passed.len() < 20, "the button is out of reach: {passed:?}");
    }
    page.press(Key::Enter).await;
    is_made(&page).await;
    page.wait(
        "the focus at the heading",
        "el.shadowRoot.activeElement === one('heading')",
    )
    .await;
    page.press(Key::Tab).await;
    assert!(focused(&page).await.contains("download"));
    assert_eq!(
        page.log(SCENARIO).await.last_body()["content"],
        json!("Bees\nand wasps")
    );
}

#[tokio::test]
async fn control_and_enter_submit_from_the_topic() {
    let page = page().await;
    page.part("prompt").await.focus().await.expect("a field");
    page.press("Bees").await;
    page.press_with(Key::Control, Key::Enter).await;
    page.wait_state("waiting").await;
    page.wait(
        "the focus at the heading",
        "el.shadowRoot.activeElement === one('heading')",
    )
    .await;
    assert_eq!(
        page.log(SCENARIO).await.last_body()["content"],
        json!("Bees")
    );
}

#[tokio::test]
async fn enter_in_a_field_of_one_line_submits() {
    let page = page().await;
    page.fill("prompt", "Bees").await;
    page.fill("slide-count", "3").await;
    page.press(Key::Enter).await;
    is_made(&page).await;
}

#[tokio::test]
async fn the_focus_of_the_page_stays_where_it_is() {
    let page = page().await;
    page.run(
        "scrollTo(0, 0);
        document.querySelector('#before').focus();
        el.submit({ prompt: 'Bees' })",
        Value::Null,
    )
    .await;
    is_made(&page).await;
    page.wait(
        "the end announced",
        "el.shadowRoot.querySelector('.voice[role=status]').textContent.includes('ready')",
    )
    .await;
    assert_eq!(focused(&page).await, "before");
    assert_eq!(page.run("return scrollY", Value::Null).await, json!(0));
    page.run("el.reset()", Value::Null).await;
    page.wait_state("drafting").await;
    page.part("prompt").await;
    assert_eq!(focused(&page).await, "before");
}

#[tokio::test]
async fn the_page_is_not_scrolled() {
    let page = page().await;
    page.part("prompt").await.focus().await.expect("a field");
    page.press("Bees").await;
    page.press_with(Key::Control, Key::Enter).await;
    page.wait_state("waiting").await;
    page.run("scrollTo(0, 0)", Value::Null).await;
    page.finish(SCENARIO).await;
    page.wait_state("done").await;
    page.wait(
        "the focus at the heading",
        "el.shadowRoot.activeElement === one('heading')",
    )
    .await;
    assert_eq!(page.run("return scrollY", Value::Null).await, json!(0));
}
