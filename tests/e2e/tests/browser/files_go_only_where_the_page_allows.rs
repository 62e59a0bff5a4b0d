//! A reply may name a place for files. Only the endpoint's own origin and the
//! hosts that the page names get any, and headers stay at home.

use serde_json::{Value, json};
use slidewright_e2e::{Page, log};

const FIELDS: &str = "fields=\"prompt,files\"";

async fn choose(page: &Page) {
    let notes = page.browser.file("notes.txt", "Bees live in cities");
    page.choose_files(&[notes]).await;
    page.fill("prompt", "Bees").await;
}

#[tokio::test]
async fn two_steps_to_the_services_own_origin() {
    let scenario = "chronicle,duration=600000,auth=right";
    let page = Page::with_widget(scenario, FIELDS).await;
    page.run(
        "el.headers = { Authorization: 'Bearer right' }",
        Value::Null,
    )
    .await;
    choose(&page).await;
    page.click("submit").await;
    page.wait_state("waiting").await;
    let log = page.log(scenario).await;
    let asked = log::body(log.calls("POST", "/uploads/create-target")[0]);
    let wanted = json!({
        "file_name": "notes.txt", "content_type": "text/plain", "declared_file_size": 19,
    });
    assert_eq!(asked, wanted);
    let bucket = log.calls("POST", "/_bucket")[0];
    assert_eq!(bucket["status"], json!(204));
    for name in ["authorization", "x-slidewright", "idempotency-key"] {
        assert_eq!(bucket["headers"][name], Value::Null, "{name}");
    }
    let sent = log::body(log.calls("POST", "/presentations/generate")[0]);
    let attachment = &sent["attachments"][0];
    assert_eq!(attachment["file_name"], json!("notes.txt"));
    assert_eq!(attachment["type"], json!("text/plain"));
    let url = attachment["url"].as_str().unwrap_or_default();
    assert!(url.contains("/_bucket/uploads/"), "{url}");
    page.finish(scenario).await;
    page.wait_state("done").await;
}

#[tokio::test]
async fn elsewhere_only_where_the_page_says_so() {
    let scenario = "chronicle,duration=600000,bucket=other";
    let page = Page::with_widget(scenario, "").await;
    page.fill("prompt", "Bees").await;
    page.click("more-summary").await;
    assert!(
        !page.sees("file-input").await,
        "files may have nowhere to go"
    );

    page.run("el.fields = 'prompt,files'", Value::Null).await;
    choose(&page).await;
    page.click("submit").await;
    let said = "This page does not allow “notes.txt” to be sent where the service wants it.";
    page.wait_text(said).await;
    let at = page.run("return all('field-error').find(seen).id", Value::Null);
    assert_eq!(at.await, json!("files-error"));
    let log = page.log(scenario).await;
    assert_eq!(log.calls("POST", "/_bucket").len(), 0, "{log:?}");
    assert_eq!(log.calls("OPTIONS", "").len(), 0, "{log:?}");
    assert_eq!(log.calls("POST", "/presentations/generate").len(), 0);

    let hosts = "el.fields = undefined; el.fileHosts = `example.org localhost:${location.port}`";
    page.run(hosts, Value::Null).await;
    page.part("file-input").await;
    page.wait_text("notes.txt").await;
    page.click("submit").await;
    page.wait_state("waiting").await;
    let log = page.log(scenario).await;
    let bucket = log.calls("POST", "/_bucket");
    assert_eq!(bucket.len(), 1, "{log:?}");
    assert_eq!(bucket[0]["status"], json!(204));
    let host = bucket[0]["headers"]["host"].as_str().unwrap_or_default();
    assert!(host.starts_with("localhost:"), "{host}");
    let sent = log::body(log.calls("POST", "/presentations/generate")[0]);
    let url = sent["attachments"][0]["url"].as_str().unwrap_or_default();
    assert!(url.starts_with("http://localhost:"), "{url}");
}

#[tokio::test]
async fn a_place_that_takes_none_is_said_at_the_field() {
    let scenario = "chronicle,duration=600000,bucket-fail=1";
    let page = Page::with_widget(scenario, FIELDS).await;
    choose(&page).await;
    page.click("submit").await;
    page.wait_text("“notes.txt” could not be sent.").await;
    assert!(
        !page.shown().await.contains("sign-in"),
        "nothing is wrong with that"
    );
    let log = page.log(scenario).await;
    assert_eq!(log.calls("POST", "/presentations/generate").len(), 0);
    // Without it, the request can go.
    page.click("remove").await;
    page.click("submit").await;
    page.wait_state("waiting").await;
}
