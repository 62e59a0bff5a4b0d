//! The same job may be open on another machine, too.

use serde_json::{Value, json};
use slidewright_e2e::Page;

#[tokio::test]
async fn an_answer_given_elsewhere_is_noticed() {
    let scenario = "chronicle,duration=900,questions=1";
    let page = Page::with_widget(scenario, "").await;
    page.generate("Bees").await;
    page.wait_state("asking").await;
    page.fill("answer", "We keep").await;
    let job = page.run("return el.snapshot.jobId", Value::Null).await;
    let job = job.as_str().expect("an id");
    let path = format!("/sim/{scenario}/api/v1/presentations/generate/{job}/message");
    let body = json!({"content": "We keep bees"});
    page.server.call("POST", &path, Some(&body)).await;
    // A network that is back is a reason to look at once.
    page.run("dispatchEvent(new Event('online'))", Value::Null)
        .await;
    page.wait(
        "that nobody is asked any more",
        "el.snapshot.state !== 'asking'",
    )
    .await;
    let rounds = page.run("return el.snapshot.rounds", Value::Null).await;
    assert_eq!(rounds, json!([{"question": "What does your company do?"}]));
    page.wait_state("done").await;
    assert_eq!(page.log(scenario).await.calls("POST", "/message").len(), 1);
    assert_eq!(page.events("answer").await.len(), 0);
}
