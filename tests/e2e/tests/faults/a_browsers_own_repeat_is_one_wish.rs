//! A browser repeats a POST by itself when a reused connection closes without an
//! answer. No page can prevent it, so all of them carry one key, and a relay that
//! keeps keys answers the repeat with the first reply.

use crate::row::Row;

#[tokio::test]
async fn a_browsers_own_repeat_is_one_wish() {
    let scenario = "presenton,duration=300,submit=reset-reused";
    let row = Row::open(scenario).await;
    row.ask().await;
    // Whether it repeats is the browser's affair; whether it is one wish is ours.
    row.wait(
        "an end",
        "['done', 'uncertain'].includes(el.snapshot.state)",
    )
    .await;
    row.sent_one_wish().await;
    row.begun(1).await;
    if row.state().await == "uncertain" {
        row.told("no-answer", "unknown").await;
        row.click("retry").await;
    }
    row.ends_well().await;
    row.sent_one_wish().await;
    row.begun(1).await;
}
