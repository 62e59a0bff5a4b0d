//! An answer that did not get through stays in its box; one that did, whatever
//! was heard of it, is not asked for again.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, Widget, log, widget};

const LOST: &str = "chronicle,duration=900,questions=1,answer=503,answer-times=1";
const CUT_OFF: &str = "chronicle,duration=900,questions=1,answer=reset,answer-times=1";
const REFUSED: &str = "chronicle,duration=900,questions=1,answer=400,answer-times=1";
const TAKEN: &str = "chronicle,duration=900,questions=1,answer=503,answer-times=1,accept=1";

async fn sent(page: &Page, scenario: &str) -> Vec<String> {
    let log = page.log(scenario).await;
    let answers = log.calls("POST", "/message");
    let said = answers.iter().map(|it| log::body(it)["content"].clone());
    said.map(|it| it.as_str().unwrap_or_default().to_owned())
        .collect()
}

async fn assert_stays(at: &Widget, trouble: &str) {
    let said = "one('field-error').innerText.startsWith(args)";
    at.wait_with(trouble, said, json!(trouble)).await;
    assert_eq!(at.value("answer").await, "We keep bees");
    assert_eq!(at.state().await, "asking");
}

/// All four at once: each waits for its service, and not for the others.
#[tokio::test]
async fn an_answer_that_is_lost_can_be_sent_again() {
    let all = [
        ("lost", LOST),
        ("cut-off", CUT_OFF),
        ("refused", REFUSED),
        ("taken", TAKEN),
    ];
    let html = all.map(|(id, scenario)| widget(scenario, &format!("id=\"{id}\"")));
    let page = Page::reuse(Sheet::new(html.concat())).await;
    let [lost, cut_off, refused, taken] = all.map(|(id, _)| page.widget(&format!("#{id}")));
    for at in [&lost, &cut_off, &refused, &taken] {
        at.ready().await;
        at.generate("Bees").await;
    }
    for at in [&lost, &cut_off, &refused, &taken] {
        at.wait_state("asking").await;
        at.fill("answer", "We keep bees").await;
        at.click("send").await;
    }
    let unknown = "We couldn't tell whether your answer arrived.";
    assert_stays(&lost, unknown).await;
    assert_stays(&cut_off, unknown).await;
    assert_stays(&refused, "Your answer wasn't taken.").await;
    refused.click("details-summary").await;
    refused.wait_text("The request is not valid").await;

    for at in [&lost, &cut_off] {
        at.click("send").await;
        at.wait_state("waiting").await;
    }
    refused.fill("answer", "Bees").await;
    refused.click("send").await;
    // The service has it, and is not asking any more.
    taken
        .wait("a job that goes on", "el.snapshot.rounds.length")
        .await;
    for at in [&lost, &cut_off, &refused, &taken] {
        at.wait_state("done").await;
    }
    assert_eq!(sent(&page, LOST).await, ["We keep bees", "We keep bees"]);
    assert_eq!(sent(&page, CUT_OFF).await, ["We keep bees", "We keep bees"]);
    assert_eq!(sent(&page, REFUSED).await, ["We keep bees", "Bees"]);
    assert_eq!(sent(&page, TAKEN).await, ["We keep bees"]);
    let kept = taken
        .run("return el.snapshot.rounds[0].answer", Value::Null)
        .await;
    assert_eq!(kept, json!("We keep bees"));
}
