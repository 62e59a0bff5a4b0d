//! Another format of the same deck, asked for by a tap alone.

use serde_json::{Value, json};
use slidewright_e2e::{Page, log};

async fn buttons(page: &Page) -> Value {
    let names = "return all('export').filter(seen).map((it) => it.innerText)";
    page.run(names, Value::Null).await
}

#[tokio::test]
async fn a_finished_deck_can_be_had_in_another_format() {
    let scenario = "presenton,duration=300";
    let page = Page::with_widget(scenario, "").await;
    page.generate("Bees").await;
    page.part("download").await;
    assert_eq!(buttons(&page).await, json!(["Also as PDF"]));
    assert_eq!(page.log(scenario).await.calls("POST", "/export").len(), 0);

    page.offline(true).await;
    page.click("export").await;
    page.wait_text("We couldn't get the deck in this format.")
        .await;
    page.offline(false).await;
    page.click("export").await;
    page.wait("two files", "all('download').length === 2").await;
    assert!(!page.shown().await.contains("We couldn't get"));
    let names = page.run(
        "return all('download').map((it) => it.innerText)",
        Value::Null,
    );
    assert_eq!(names.await, json!(["Download PPTX", "Download PDF"]));
    assert_eq!(buttons(&page).await, json!([]));
    // Its button is gone: whoever pressed it is led to what came of it.
    let focused = "el.shadowRoot.activeElement?.innerText === 'Download PDF'";
    page.wait("the focus on the new file", focused).await;

    let log = page.log(scenario).await;
    let exports = log.calls("POST", "/presentation/export");
    assert_eq!((exports.len(), log.jobs()), (1, 1), "{log:?}");
    assert_eq!(log::body(exports[0])["export_as"], json!("pdf"));
    assert_eq!(exports[0]["headers"]["x-slidewright"], json!("1"));
    let target = "return all('download').map((it) => it.target)";
    assert_eq!(page.run(target, Value::Null).await, json!(["", "_blank"]));
    let formats = page.run("return el.snapshot.formats", Value::Null).await;
    assert_eq!(formats, json!(["pptx", "pdf"]));
}

#[tokio::test]
async fn the_current_cloud_has_more_of_them() {
    let scenario = "presenton-v3,duration=300";
    let page = Page::with_widget(scenario, "format=\"pdf\"").await;
    page.generate("Bees").await;
    page.part("download").await;
    assert_eq!(
        buttons(&page).await,
        json!(["Also as PowerPoint", "Also as PNG"])
    );
    page.click("export").await;
    page.wait("two files", "all('download').length === 2").await;
    assert_eq!(buttons(&page).await, json!(["Also as PNG"]));
    let log = page.log(scenario).await;
    assert_eq!(log.calls("POST", "/api/v3/presentation/export").len(), 1);
}
