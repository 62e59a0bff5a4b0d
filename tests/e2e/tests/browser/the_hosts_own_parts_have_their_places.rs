//! Slots, pictures, another place for files, and a page written from the right.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

#[tokio::test]
async fn slots_are_shown_where_they_belong() {
    let scenario = "presenton,duration=300";
    let children = "<p slot='header'>Above</p><p slot='footer'>Below</p>\
                    <a slot='result-actions' href='#share'>Share</a><i>No script</i>";
    let body =
        widget(scenario, "").replace("</slide-wright>", &[children, "</slide-wright>"].concat());
    let page = Page::open(Sheet::new(body)).await;
    page.ready().await;
    let seen = "[...el.children].filter((child) => child.getClientRects().length).map((child) => child.textContent)";
    let code = format!("return {seen}");
    assert_eq!(
        page.run(&code, Value::Null).await,
        json!(["Above", "Below"])
    );
    page.generate("Bees").await;
    page.wait_state("done").await;
    page.wait("the action", &format!("{seen}.includes('Share')"))
        .await;
    assert!(!page.shown().await.contains("No script"));
}

#[tokio::test]
async fn files_may_live_elsewhere() {
    let scenario = "presenton,duration=300";
    let page = Page::with_widget(scenario, "links-base=\"/elsewhere/\"").await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    let href = page
        .run("return one('download').pathname", Value::Null)
        .await;
    assert_eq!(href, json!("/elsewhere/app_data/exports/Bees.pptx"));
}

#[tokio::test]
async fn choices_with_pictures_are_chosen_by_them() {
    let scenario = "presenton,duration=300";
    let page = Page::with_widget(scenario, "fields=\"prompt template\"").await;
    page.run(
        "el.choices = { template: ['modern', 'swift'].map((value) => ({ value, label: `The ${value} one`, thumbnail: '/none.png' })) }",
        Value::Null,
    )
    .await;
    page.wait_text("The swift one").await;
    let pictures = "return all('choice').map((card) => card.querySelectorAll('img').length)";
    assert_eq!(
        page.run(pictures, Value::Null).await,
        json!([0, 1, 1]),
        "none for \"automatic\""
    );
    page.run("all('choice')[2].click()", Value::Null).await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    assert_eq!(
        page.log(scenario).await.last_body()["template"],
        json!("swift")
    );
}

#[tokio::test]
async fn a_page_from_right_to_left_mirrors_it() {
    let scenario = "presenton,duration=60000";
    let body = [
        "<div dir=\"rtl\" lang=\"ar\">",
        &widget(scenario, ""),
        "</div>",
    ]
    .concat();
    let page = Page::open(Sheet::new(body)).await;
    page.ready().await;
    let starts_right = "one('slide-count').getBoundingClientRect().left > one('language').getBoundingClientRect().left";
    page.wait("a form from the right", starts_right).await;
    let arabic = page.run(
        "return [...one('language').options].map((option) => option.text).includes('الإنجليزية')",
        Value::Null,
    );
    assert_eq!(
        arabic.await,
        json!(true),
        "languages are named in the page's own"
    );
}

#[tokio::test]
async fn other_formats_open_beside_the_page() {
    let scenario = "presenton,duration=300";
    let page = Page::with_widget(scenario, "format=\"pdf\"").await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    assert_eq!(page.text("download").await, "Download PDF");
    let target = page.run("return one('download').target", Value::Null).await;
    assert_eq!(
        target,
        json!("_blank"),
        "a PDF shown in its place would lose the page"
    );
}
