//! Trouble with the connection is a notice over a job that goes on.

use slidewright_e2e::Page;

async fn assert_recovers(scenario: &str, notice: &str) {
    let page = Page::with_widget(scenario, "").await;
    page.trace(
        "notice",
        "root.querySelector('[part~=notice]')?.textContent",
    )
    .await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    let notices = page.traced("notice").await;
    let position = |wanted: &str| notices.iter().position(|it| it.as_str() == Some(wanted));
    assert!(position(notice).is_some(), "{notices:?}");
    assert!(!page.sees("notice").await);
    assert!(page.events("error").await.is_empty());
    assert_eq!(page.log(scenario).await.submits().len(), 1);
}

#[tokio::test]
async fn three_times_503() {
    assert_recovers(
        "presenton,duration=1000,status=503,status-times=3",
        "We can't reach the service just now. We'll keep checking.",
    )
    .await;
}

#[tokio::test]
async fn too_many_requests() {
    assert_recovers(
        "presenton,duration=1000,status=429,status-times=1,retry-after=1",
        "The service is busy. We'll check less often.",
    )
    .await;
}

#[tokio::test]
async fn a_connection_that_drops() {
    // The browser repeats a dropped question by itself, unseen, two or three
    // times: so many drops are more than one question can swallow.
    let scenario = "presenton,duration=1000,status=drop,status-times=6";
    let page = Page::with_widget(scenario, "").await;
    page.generate("Bees").await;
    page.wait_text("We can't reach the service just now. We'll keep checking.")
        .await;
    // A visitor who looks at the page again need not wait out the backoff.
    page.wait(
        "the deck",
        "(document.dispatchEvent(new Event('visibilitychange')), el.snapshot.state === 'done')",
    )
    .await;
    assert!(!page.sees("notice").await);
    assert!(page.events("error").await.is_empty());
    assert_eq!(page.log(scenario).await.submits().len(), 1);
}

#[tokio::test]
async fn garbage_in_between() {
    assert_recovers(
        "presenton,duration=1000,status=garbage,status-times=1",
        "Something else answered in place of the service. We'll keep checking.",
    )
    .await;
}
