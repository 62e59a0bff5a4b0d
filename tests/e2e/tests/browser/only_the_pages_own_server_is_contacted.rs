//! No CDN, no fonts, no telemetry.

use serde_json::{Value, json};
use slidewright_e2e::Page;

#[tokio::test]
async fn only_the_pages_own_server_is_contacted() {
    let page = Page::blank().await;
    page.go_to(&page.server.origin()).await;
    page.ready().await;
    page.run("el.endpoint = '/sim/presenton,duration=900'", Value::Null)
        .await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    page.part("download").await;
    let origins = "return [...new Set(performance.getEntriesByType('resource')
        .map((it) => new URL(it.name)).filter((it) => it.protocol !== 'data:')
        .map((it) => it.origin))]";
    let origins = page.run(origins, Value::Null).await;
    assert_eq!(origins, json!([page.server.origin()]));
}
