//! A browser repeats a POST by itself when a reused connection closes without
//! an answer. No page can prevent it, so all of them carry one key.

use slidewright_e2e::Page;

#[tokio::test]
async fn a_dropped_connection_is_one_request() {
    let scenario = "presenton,duration=900,submit=drop,accept=1";
    let page = Page::with_widget(scenario, "").await;
    page.generate("Bees").await;
    page.wait_state("uncertain").await;
    let log = page.log(scenario).await;
    assert!(!log.submits().is_empty());
    assert_eq!(log.keys().len(), 1, "{log:?}");
    assert_eq!(log.jobs(), 1, "{log:?}");
}
