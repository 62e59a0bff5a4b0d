//! The service could not make the deck: our words first, its own under
//! "Details", and a retry that is a new request.

use serde_json::{Value, json};
use slidewright_e2e::Page;

async fn failed(scenario: &str, attributes: &str) -> Page {
    let page = Page::with_widget(scenario, attributes).await;
    page.generate("Bees").await;
    page.wait_state("failed").await;
    page.part("heading").await;
    page
}

#[tokio::test]
async fn our_words_first_and_the_services_without_markup() {
    let page = failed("presenton,duration=900,fail=renderer", "").await;
    assert_eq!(page.text("heading").await, "Your deck could not be made");
    assert!(!page.sees("provider-text").await, "Details are open");
    page.click("details-summary").await;
    let said = page.text("provider-text").await;
    assert!(said.contains("Template"), "{said}");
    assert!(!said.contains('<'), "markup is left: {said}");
    let error = page.events("error").await[0]["detail"].clone();
    assert_eq!(error["code"], json!("job-failed"));
    assert_eq!(error["charged"], json!("unknown"));
    assert!(!error.to_string().contains("Template"), "{error}");
}

#[tokio::test]
async fn retry_is_a_new_request_with_a_new_key() {
    let scenario = "presenton,duration=900,fail=outline";
    let page = failed(scenario, "").await;
    page.click("retry").await;
    let log = page
        .wait_log("a second deck begun", scenario, |log| log.jobs() == 2)
        .await;
    assert_eq!(log.keys().len(), 2, "{log:?}");
    let submits = log.submits();
    assert_eq!(submits[0]["body"], submits[1]["body"]);
}

#[tokio::test]
async fn the_request_can_be_changed() {
    let scenario = "presenton,duration=900,fail=outline";
    let page = failed(scenario, "").await;
    page.click("back").await;
    assert_eq!(page.value("prompt").await, "Bees");
    assert_eq!(page.log(scenario).await.jobs(), 1);
}

#[tokio::test]
async fn a_job_that_is_forgotten_can_be_looked_for_again() {
    let scenario = "presenton,duration=900,forget-at=10";
    let page = failed(scenario, "").await;
    page.wait_text("doesn't know this deck any more").await;
    let before = page.log(scenario).await.polls().len();
    page.click("retry").await;
    page.wait_log("another question", scenario, |log| {
        log.polls().len() > before
    })
    .await;
    assert_eq!(page.log(scenario).await.submits().len(), 1);
}

#[tokio::test]
async fn the_page_decides_how_much_of_the_service_is_shown() {
    let scenario = "presenton,duration=900,fail=outline";
    let page = failed(scenario, "provider-text=\"show\"").await;
    let said = page.text("provider-text").await;
    assert!(said.contains("Failed to generate"), "{said}");
    page.run("el.setAttribute('provider-text', 'hide')", Value::Null)
        .await;
    page.wait("no word of the service", "!one('provider-text')")
        .await;
    page.run("el.providerText = 'details'", Value::Null).await;
    page.part("details-summary").await;
    assert!(!page.sees("provider-text").await);
}
