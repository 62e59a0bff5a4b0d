//! Without leave by CORS, a browser lets nothing through, and does not tell that
//! from a dead server; so nothing is claimed that is not known.

use serde_json::json;
use slidewright_e2e::{Page, Sheet};

use crate::row::{ENDING, Row};

/// The page's own server under its other name is another origin.
fn elsewhere(page: &Page, scenario: &str) -> String {
    let origin = page.server.origin().replace("127.0.0.1", "localhost");
    format!("{origin}/sim/{scenario}")
}

async fn row(scenario: &str) -> Row {
    let html = "<slide-wright provider=\"presenton\" endpoint=\"/none\"></slide-wright>";
    let row = Row::with(scenario, Sheet::new(html)).await;
    let endpoint = elsewhere(&row, scenario);
    row.run("el.endpoint = args", json!(endpoint)).await;
    row
}

#[tokio::test]
async fn a_request_that_is_not_let_through() {
    let row = row("presenton,duration=300,cors=none").await;
    row.ask().await;
    row.shows("uncertain", "We couldn't tell whether your request arrived")
        .await;
    // A 401 would look the same.
    row.wait_text("Or you may not be signed in.").await;
    row.told("no-answer", "unknown").await;
    // The browser asks for leave first, and has got none.
    row.sent(0, 0).await;
    row.another_ends_well().await;
}

#[tokio::test]
async fn a_status_that_is_not_let_through() {
    let scenario = "presenton,duration=300,cors=none";
    let row = row(scenario).await;
    let path = format!("/sim/{scenario}/api/v1/ppt/presentation/generate/async");
    let body = json!({"content": "Bees", "n_slides": 3});
    let made = row.server.call("POST", &path, Some(&body)).await;
    row.run("el.watch(args)", made["id"].clone()).await;
    row.shows("waiting", "We can't reach the service just now.")
        .await;
    row.told_nothing().await;
    // From the page's own origin it can be read.
    row.run("el.stopWatching(); el.reset()", json!(null)).await;
    row.run("el.endpoint = args", json!(format!("/sim/{scenario}")))
        .await;
    row.run("el.watch(args)", made["id"].clone()).await;
    row.ends_well().await;
    row.sent(1, 0).await;
    row.another_ends_well().await;
}

/// A service that gives leave, but not with a 401: real ones answer that from
/// outside the part that gives it.
#[tokio::test]
async fn a_401_that_cannot_be_read() {
    let row = row("presenton,duration=300,cors=a,submit=401,submit-times=1").await;
    row.ask().await;
    row.shows("uncertain", "Or you may not be signed in.").await;
    row.told("no-answer", "unknown").await;
    row.sent(1, 0).await;
    row.begun(0).await;
    row.click("retry").await;
    row.ends_well().await;
    row.sent(2, 0).await;
    row.begun(1).await;
}

/// With leave, a whole job.
#[tokio::test]
async fn with_leave_it_is_as_any_other() {
    let scenario = format!("presenton,{ENDING},cors=a");
    let row = row(&scenario).await;
    row.ask().await;
    row.ends_well().await;
    row.told_nothing().await;
    // No mark of ours goes to another origin, where it might need leave too.
    row.sent(1, 0).await;
    row.begun(1).await;
}
