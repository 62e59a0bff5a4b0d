//! Several widgets on a page, with names and without: each has its own draft and
//! its own job, after a reload as before.

use serde_json::json;
use slidewright_e2e::{Page, Sheet, Widget, widget};

use crate::row::Row;

const SCENARIO: &str = "presenton,duration=600000";

/// In the order of the page.
const WIDGETS: [&str; 4] = [
    "slide-wright:nth-of-type(1)",
    "#named",
    "slide-wright:nth-of-type(3)",
    "#other",
];

async fn row() -> Row {
    let html = ["", "id=\"named\"", "", "id=\"other\""].map(|it| widget(SCENARIO, it));
    Row::with(SCENARIO, Sheet::new(html.concat())).await
}

async fn all(page: &Page) -> [Widget; 4] {
    let all = WIDGETS.map(|selector| page.widget(selector));
    for widget in &all {
        widget.ready().await;
    }
    all
}

async fn job(widget: &Widget) -> String {
    widget.wait_state("waiting").await;
    let job = widget.run("return el.snapshot.jobId", json!(null)).await;
    job.as_str().expect("a job").to_owned()
}

#[tokio::test]
async fn drafts() {
    let row = row().await;
    for (at, widget) in all(&row).await.iter().enumerate() {
        widget.fill("prompt", &format!("Topic {at}")).await;
    }
    row.come_again().await;
    for (at, widget) in all(&row).await.iter().enumerate() {
        assert_eq!(widget.value("prompt").await, format!("Topic {at}"));
    }
}

#[tokio::test]
async fn jobs() {
    let row = row().await;
    let [first, named, third, other] = all(&row).await;
    named.generate("Bees").await;
    let of_named = job(&named).await;
    third.generate("Wasps").await;
    let of_third = job(&third).await;
    assert_ne!(of_named, of_third);
    for _ in 0..2 {
        assert_eq!(job(&named).await, of_named);
        assert_eq!(job(&third).await, of_third);
        for idle in [&first, &other] {
            assert_eq!(idle.state().await, "drafting");
        }
        row.come_again().await;
        all(&row).await;
    }
    // Only the last job, which is the third one's.
    Page::finish(&row, SCENARIO).await;
    third.wait_state("done").await;
    assert_eq!(job(&named).await, of_named);
    assert_eq!(first.state().await, "drafting");
    row.sent(2, 2).await;
    row.begun(2).await;
    row.is_unharmed().await;
}

/// The same request in two of them: two wishes, as the visitor made two.
#[tokio::test]
async fn the_same_request_twice() {
    let row = row().await;
    let [first, named, ..] = all(&row).await;
    first.generate("Bees").await;
    let of_first = job(&first).await;
    named.generate("Bees").await;
    assert_ne!(job(&named).await, of_first);
    row.sent(2, 2).await;
    row.begun(2).await;
}
