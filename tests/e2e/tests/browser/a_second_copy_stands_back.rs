//! Two scripts of a page may each bring the package: the first one counts.

use serde_json::Value;
use slidewright_e2e::Page;

#[tokio::test]
async fn a_second_copy_stands_back() {
    let page = Page::with_widget("presenton,duration=900", "").await;
    let import = "window.second = import('/pkg/dist/slidewright.js?copy=2').then(() => { window.loaded = true; })";
    page.run(import, Value::Null).await;
    page.wait("the second copy", "window.loaded").await;
    let warnings = page.console("warn").await;
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].contains("already defined"), "{warnings:?}");
    page.generate("Bees").await;
    page.wait_state("done").await;
}
