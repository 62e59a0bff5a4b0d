//! `watch(jobId)` and the attribute `job`: a backend made it, the page shows it.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

const SCENARIO: &str = "presenton,duration=900";

/// Makes a job as a backend would, and gives its id.
async fn made(page: &Page) -> String {
    let path = format!("/sim/{SCENARIO}/api/v1/ppt/presentation/generate/async");
    let body = json!({"content": "Bees", "n_slides": 3});
    let reply = page.server.call("POST", &path, Some(&body)).await;
    reply["id"].as_str().expect("an id").to_owned()
}

async fn assert_followed(page: &Page, job: &str) {
    page.wait_state("done").await;
    page.part("download").await;
    assert_eq!(
        page.run("return el.snapshot.jobId", Value::Null).await,
        json!(job)
    );
    let log = page.log(SCENARIO).await;
    assert_eq!(
        log.submits().len(),
        1,
        "the widget sent one itself: {log:?}"
    );
    assert!(page.events("accepted").await.is_empty());
    assert_eq!(page.events("complete").await.len(), 1);
}

#[tokio::test]
async fn by_the_method() {
    let page = Page::with_widget(SCENARIO, "").await;
    let job = made(&page).await;
    page.run("el.watch(args)", json!(job)).await;
    assert_followed(&page, &job).await;
}

#[tokio::test]
async fn by_the_attribute() {
    let page = Page::blank().await;
    let job = made(&page).await;
    let html = widget(SCENARIO, &format!("job=\"{job}\""));
    let address = page.server.publish("job", Sheet::new(html));
    page.go_to(&address).await;
    page.ready().await;
    assert_followed(&page, &job).await;
}

#[tokio::test]
async fn by_the_attribute_set_later() {
    let page = Page::with_widget(SCENARIO, "").await;
    let job = made(&page).await;
    page.run("el.setAttribute('job', args)", json!(job)).await;
    assert_followed(&page, &job).await;
}

#[tokio::test]
async fn one_that_nobody_knows_ends_in_a_message() {
    let page = Page::with_widget(SCENARIO, "job=\"task-of-yesterday\"").await;
    page.wait_state("failed").await;
    page.wait_text("doesn't know this deck any more").await;
    let error = &page.events("error").await[0]["detail"];
    assert_eq!(error["code"], json!("job-unknown"));
}

#[tokio::test]
async fn fresh_links_can_be_asked_for() {
    let page = Page::with_widget(SCENARIO, "").await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    let asked = page.log(SCENARIO).await.polls().len();
    page.run("el.refreshLinks()", Value::Null).await;
    page.wait_log("one more question", SCENARIO, |log| {
        log.polls().len() == asked + 1
    })
    .await;
    page.part("download").await;
    assert_eq!(page.state().await, "done");
}
