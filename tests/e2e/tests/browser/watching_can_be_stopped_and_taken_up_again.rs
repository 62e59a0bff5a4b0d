//! Nobody can cancel a deck; one can stop asking, and ask again.

use slidewright_e2e::Page;

#[tokio::test]
async fn stop_and_check_again() {
    let scenario = "presenton,duration=600000";
    let page = Page::with_widget(scenario, "").await;
    page.generate("Bees").await;
    page.wait_state("waiting").await;
    page.click("stop").await;
    page.wait_state("stopped").await;
    page.wait_text("Your deck may still be made").await;
    assert_eq!(page.events("stop").await.len(), 1);
    page.click("retry").await;
    page.finish(scenario).await;
    page.wait_state("done").await;
    assert_eq!(page.log(scenario).await.submits().len(), 1);
}

#[tokio::test]
async fn stop_and_start_another() {
    let page = Page::with_widget("presenton,duration=60000", "").await;
    page.generate("Bees").await;
    page.click("stop").await;
    page.click("again").await;
    assert_eq!(page.state().await, "drafting");
    assert_eq!(page.value("prompt").await, "Bees");
}

#[tokio::test]
async fn past_the_deadline_is_no_failure() {
    let scenario = "presenton,duration=600000";
    let page = Page::with_widget(scenario, "deadline-minutes=\"0.05\"").await;
    page.generate("Bees").await;
    page.wait_state("overdue").await;
    assert_eq!(
        page.text("heading").await,
        "This is taking longer than usual"
    );
    let asked = page.log(scenario).await.polls().len();
    // A deadline only stretches the waiting; it is the visitor's to end.
    page.run("el.deadlineMinutes = 5", serde_json::Value::Null)
        .await;
    page.click("retry").await;
    page.wait_log("another question", scenario, |log| {
        log.polls().len() > asked
    })
    .await;
    assert_eq!(page.log(scenario).await.submits().len(), 1);
    assert!(page.events("error").await.is_empty());
}
