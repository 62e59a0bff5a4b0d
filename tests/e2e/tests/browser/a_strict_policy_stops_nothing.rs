//! A strict Content-Security-Policy, Trusted Types included, has nothing to
//! complain about during a whole job.

use slidewright_e2e::{Page, Sheet, widget};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; \
    trusted-types 'none'";

async fn strict(scenario: &str) -> Page {
    let sheet = Sheet::new(widget(scenario, "")).header("content-security-policy", POLICY);
    let page = Page::open(sheet).await;
    page.ready().await;
    page
}

#[tokio::test]
async fn a_strict_policy_stops_nothing() {
    let page = strict("presenton,duration=900").await;
    page.click("more-summary").await;
    page.click("submit").await;
    page.part("field-error").await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    page.part("download").await;
    assert_eq!(page.violations().await, Vec::<String>::new());
    // Without its style the bar would have no height.
    let height = "return getComputedStyle(one('download')).minHeight";
    let height = page.run(height, serde_json::Value::Null).await;
    assert_eq!(height, serde_json::json!("46px"));
}

#[tokio::test]
async fn nor_in_failure() {
    let page = strict("presenton,duration=900,fail=renderer").await;
    page.generate("Bees").await;
    page.wait_state("failed").await;
    page.part("retry").await;
    assert_eq!(page.violations().await, Vec::<String>::new());
}
