//! Large files take their time: how much has left is shown, and nobody has to
//! wait for the rest.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, log, widget};

const SENDING: &str = "all('size').some((it) => /^Sending: [1-9][0-9]? %$/.test(it.innerText))";

async fn page(scenario: &str) -> Page {
    let page = Page::with_widget(scenario, "fields=\"prompt,files\"").await;
    page.fill("prompt", "Bees").await;
    page.browser.slow_down(-1, 200_000).await;
    page
}

#[tokio::test]
async fn stopping_gives_the_form_back() {
    let scenario = "presenton,duration=300";
    let page = page(scenario).await;
    let large = page.browser.file("large.pdf", vec![0; 3_000_000]);
    page.choose_files(&[large]).await;
    page.click("submit").await;
    page.wait("how much has left", SENDING).await;
    assert_eq!(page.state().await, "preparing");
    page.click("back").await;
    page.wait_state("drafting").await;
    assert_eq!(page.value("prompt").await, "Bees");
    page.wait("its size again", "one('size').innerText === '3 MB'")
        .await;
    page.click("remove").await;
    page.wait("no file", "all('remove').length === 0").await;
    let focused = "el.shadowRoot.activeElement === one('file-input')";
    page.wait("the focus where files are chosen", focused).await;

    page.browser.slow_down(-1, -1).await;
    page.click("submit").await;
    page.wait_state("done").await;
    let log = page.log(scenario).await;
    let submits = log.calls("POST", "/generate/async");
    assert_eq!(submits.len(), 1, "{log:?}");
    assert_eq!(log::body(submits[0])["files"], Value::Null);
}

#[tokio::test]
async fn one_that_is_taken_back_makes_way_for_the_next() {
    let scenario = "presenton,duration=300";
    let page = page(scenario).await;
    let large = page.browser.file("large.pdf", vec![0; 3_000_000]);
    let small = page.browser.file("small.txt", "Bees");
    page.choose_files(&[large, small]).await;
    page.click("submit").await;
    page.wait("how much has left", SENDING).await;
    page.click("remove").await;
    page.browser.slow_down(-1, -1).await;
    page.wait_state("done").await;
    let log = page.log(scenario).await;
    let files = log::body(log.calls("POST", "/generate/async")[0])["files"].clone();
    let files = files.as_array().expect("a list");
    assert_eq!(files.len(), 1, "{files:?}");
    assert!(
        files[0]
            .as_str()
            .is_some_and(|it| it.ends_with("/small.txt"))
    );
}

#[tokio::test]
async fn one_that_did_not_arrive_can_be_sent_again() {
    let scenario = "presenton,duration=300";
    let page = page(scenario).await;
    let notes = page.browser.file("notes.txt", "Bees live in cities");
    page.choose_files(&[notes]).await;
    page.offline(true).await;
    page.click("submit").await;
    let said = "“notes.txt” could not be sent. Please try again, or remove it.";
    page.wait_text(said).await;
    assert_eq!(page.state().await, "drafting");
    let at = page.run("return all('field-error').find(seen).id", Value::Null);
    assert_eq!(at.await, json!("files-error"));
    let charged = &page.events("error").await[0]["detail"]["charged"];
    assert_eq!(*charged, json!("no"));

    page.offline(false).await;
    page.click("submit").await;
    page.wait_state("done").await;
    let log = page.log(scenario).await;
    assert_eq!(log.calls("POST", "/files/upload").len(), 1, "{log:?}");
    assert_eq!(log.calls("POST", "/generate/async").len(), 1, "{log:?}");
}

#[tokio::test]
async fn a_widget_that_is_removed_sends_no_more() {
    let scenario = "presenton,duration=300";
    let other = "presenton,duration=300,run=other";
    let html = [
        widget(scenario, "fields=\"prompt,files\""),
        widget(other, "id=\"other\""),
    ];
    let page = Page::open(Sheet::new(html.concat())).await;
    page.ready().await;
    page.fill("prompt", "Bees").await;
    page.browser.slow_down(-1, 200_000).await;
    let large = page.browser.file("large.pdf", vec![0; 3_000_000]);
    page.choose_files(&[large]).await;
    page.click("submit").await;
    page.wait("how much has left", SENDING).await;
    page.run("el.remove()", Value::Null).await;
    page.browser.slow_down(-1, -1).await;
    // Long enough for the rest, and for all that would follow.
    let other = page.widget("#other");
    other.generate("Wasps").await;
    other.wait_state("done").await;
    assert_eq!(page.log(scenario).await.requests(), &[] as &[Value]);
    assert_eq!(page.console("uncaught").await, Vec::<String>::new());
}
