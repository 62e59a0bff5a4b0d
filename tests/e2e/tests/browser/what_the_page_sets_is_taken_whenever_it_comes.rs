//! Before the element is defined, while it works, between jobs.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet};

/// A job that goes on until the test ends it.
const FIRST: &str = "presenton,duration=600000,run=first";
const SECOND: &str = "presenton,duration=900,run=second";

#[tokio::test]
async fn properties_set_before_the_element_is_defined_are_kept() {
    let code = format!(
        "const el = document.querySelector('slide-wright');
        el.provider = 'presenton';
        el.endpoint = '/sim/{SECOND}';
        el.prompt = 'Early';
        el.beforeSubmit = () => {{ window.asked = true; }};
        el.body = {{ early: true }};"
    );
    let sheet = Sheet::new("<slide-wright></slide-wright>").script(&code);
    let page = Page::open(sheet).await;
    page.ready().await;
    assert_eq!(page.value("prompt").await, "Early");
    page.click("submit").await;
    page.wait_state("done").await;
    assert_eq!(
        page.run("return window.asked", Value::Null).await,
        json!(true)
    );
    assert_eq!(page.log(SECOND).await.last_body()["early"], json!(true));
}

#[tokio::test]
async fn methods_called_before_the_module_is_there_are_carried_out() {
    let code = "const el = document.querySelector('slide-wright');
        customElements.whenDefined('slide-wright').then(() => el.submit({ prompt: 'Early' }));";
    let widget = slidewright_e2e::widget(SECOND, "");
    let page = Page::open(Sheet::new(widget).script(code)).await;
    page.ready().await;
    page.wait_state("done").await;
    assert_eq!(
        page.log(SECOND).await.last_body()["content"],
        json!("Early")
    );
}

#[tokio::test]
async fn attributes_apply_when_they_change() {
    let page = Page::with_widget(SECOND, "slide-count=\"4\"").await;
    assert_eq!(page.value("slide-count").await, "4");
    page.run("el.setAttribute('slide-count', '9')", Value::Null)
        .await;
    page.wait("the new preset", "one('slide-count').value === '9'")
        .await;
    page.run("el.removeAttribute('slide-count')", Value::Null)
        .await;
    page.wait("our preset", "one('slide-count').value === '8'")
        .await;
}

#[tokio::test]
async fn what_was_typed_outlives_a_change_of_the_form() {
    let page = Page::with_widget(SECOND, "").await;
    page.fill("prompt", "Bees").await;
    page.run("el.setAttribute('fields', 'prompt tone')", Value::Null)
        .await;
    page.wait("another form", "one('tone') && !one('slide-count')")
        .await;
    assert_eq!(page.value("prompt").await, "Bees");
}

#[tokio::test]
async fn another_endpoint_is_for_the_next_job() {
    let page = Page::with_widget(FIRST, "").await;
    page.generate("Bees").await;
    page.wait_state("waiting").await;
    page.run("el.endpoint = `/sim/${args}`", json!(SECOND))
        .await;
    page.finish(FIRST).await;
    page.wait_state("done").await;
    assert!(!page.log(FIRST).await.polls().is_empty());
    assert_eq!(page.log(SECOND).await.requests(), &[] as &[Value]);
    page.click("again").await;
    page.generate("Wasps").await;
    page.wait_state("done").await;
    assert_eq!(page.log(SECOND).await.submits().len(), 1);
    assert_eq!(page.log(FIRST).await.submits().len(), 1);
}

#[tokio::test]
async fn headers_set_for_another_endpoint_do_not_reach_this_one() {
    let page = Page::with_widget(FIRST, "").await;
    page.run("el.headers = { 'x-for': 'old' }", Value::Null)
        .await;
    page.generate("Bees").await;
    page.wait_state("waiting").await;
    page.run(
        "el.endpoint = '/sim/presenton,duration=300'; el.headers = { 'x-for': 'new' }",
        Value::Null,
    )
    .await;
    page.wait_log("a question", FIRST, |log| !log.polls().is_empty())
        .await;
    // It is heard by one more, while the new headers are set.
    page.finish(FIRST).await;
    page.wait_state("done").await;
    let log = page.log(FIRST).await;
    let seen: Vec<&Value> = log
        .requests()
        .iter()
        .map(|request| &request["headers"]["x-for"])
        .collect();
    assert!(
        seen.len() > 2 && seen.iter().all(|value| **value == "old"),
        "{seen:?}"
    );
}
