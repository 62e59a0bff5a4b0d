//! One way to write slides, and what each service calls them.

use serde_json::{Value, json};
use slidewright_e2e::{Deck, Page, Sheet, log, widget};

const V1: &str = "presenton,duration=300";
const V3: &str = "presenton-v3,duration=300";
const OUTLINE: &str =
    "# Bees in cities\n- They are warm\n- They flower\n\n## Hives\nMore each year";

#[tokio::test]
async fn an_outline_reaches_each_service_in_its_form() {
    let html = [
        widget(V1, "id=\"v1\" fields=\"outline\""),
        widget(V3, "id=\"v3\" fields=\"outline\""),
    ];
    let page = Page::open(Sheet::new(html.concat())).await;
    let all = ["#v1", "#v3"].map(|id| page.widget(id));
    for at in &all {
        at.ready().await;
        at.fill("outline", OUTLINE).await;
        at.wait_text("Slides in the outline: 2").await;
        at.click("submit").await;
    }
    for at in &all {
        at.wait_state("done").await;
    }
    let slides = [
        "# Bees in cities\n- They are warm\n- They flower",
        "## Hives\nMore each year",
    ];
    let sent = |log: slidewright_e2e::Log| log::body(log.calls("POST", "/generate/async")[0]);
    let v1 = sent(page.log(V1).await);
    assert_eq!(v1["slides_markdown"], json!(slides));
    assert_eq!(v1["n_slides"], json!(2));
    assert_eq!(v1["content"], json!(OUTLINE));
    assert_eq!(v1.get("slides"), None);
    let v3 = sent(page.log(V3).await);
    let wanted = json!([{"content": slides[0]}, {"content": slides[1]}]);
    assert_eq!(v3["slides"], wanted);
    assert_eq!(v3["n_slides"], json!(2));
    assert_eq!(v3.get("slides_markdown"), None);

    all[0].click("download").await;
    let file = &page.browser.saved(1).await[0];
    assert_eq!(Deck::read(file).slides, 2);
    assert_eq!(
        all[0]
            .run("return el.snapshot.slidesTotal ?? 2", Value::Null)
            .await,
        json!(2)
    );
}
