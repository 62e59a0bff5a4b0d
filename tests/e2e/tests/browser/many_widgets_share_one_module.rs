//! Five widgets on a page: one wasm, and none disturbs another.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

/// The third's job goes on for as long as the widget is there.
fn scenario(number: u32) -> String {
    let duration = if number == 3 { 600_000 } else { 1500 };
    format!("presenton,duration={duration},run={number}")
}

async fn five() -> Page {
    let widgets = (1..=5).map(|it| widget(&scenario(it), &format!("id=\"w{it}\"")));
    let page = Page::open(Sheet::new(widgets.collect::<String>())).await;
    for it in 1..=5 {
        page.widget(&format!("#w{it}")).ready().await;
    }
    page
}

#[tokio::test]
async fn the_module_is_fetched_once() {
    let page = five().await;
    let url = "new URL('/pkg/dist/slidewright.wasm', document.baseURI).href";
    let count = format!("return performance.getEntriesByName({url}).length");
    assert_eq!(page.run(&count, Value::Null).await, json!(1));
}

#[tokio::test]
async fn each_has_its_own_job_and_draft() {
    let page = five().await;
    for it in 1..=5 {
        let one = page.widget(&format!("#w{it}"));
        one.run("el.submit({ prompt: args })", json!(format!("Topic {it}")))
            .await;
    }
    // One is taken away in the middle of it.
    page.widget("#w3").wait_state("waiting").await;
    page.run("document.querySelector('#w3').remove()", Value::Null)
        .await;
    for it in [1, 2, 4, 5] {
        page.widget(&format!("#w{it}")).wait_state("done").await;
        let log = page.log(&scenario(it)).await;
        assert_eq!(log.last_body()["content"], json!(format!("Topic {it}")));
        assert_eq!(log.submits().len(), 1);
    }
    assert_eq!(page.console("uncaught").await, Vec::<String>::new());
    assert_eq!(page.console("unhandled").await, Vec::<String>::new());
}
