//! What a browser lacks costs what hangs on it, and no more; where nothing is left, that
//! is said.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

use crate::loading::assert_unavailable;
use crate::tour::is_unharmed;

const SCENARIO: &str = "presenton,duration=300";

/// A job from the form to the deck, and once more taken up by a reload.
async fn assert_served(without: &str) {
    let page = Page::reuse(Sheet::new(widget(SCENARIO, "")).early(without)).await;
    page.ready().await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    page.part("download").await;
    page.reload().await;
    page.part("download").await;
    for level in ["error", "warn"] {
        assert_eq!(page.console(level).await, Vec::<String>::new(), "{level}");
    }
    is_unharmed(&page).await;
}

#[tokio::test]
async fn without_style_sheets_that_can_be_made() {
    assert_served(
        "window.CSSStyleSheet = function () { throw new TypeError('Illegal constructor') }",
    )
    .await;
    assert_served(
        "for (const kind of [Document, ShadowRoot]) delete kind.prototype.adoptedStyleSheets;
        delete CSSStyleSheet.prototype.replaceSync",
    )
    .await;
}

#[tokio::test]
async fn without_states() {
    assert_served("delete HTMLElement.prototype.attachInternals").await;
    assert_served("delete ElementInternals.prototype.states").await;
}

/// Each tab asks for itself then.
#[tokio::test]
async fn without_what_tabs_agree_by() {
    assert_served("delete Navigator.prototype.locks; delete window.BroadcastChannel").await;
}

#[tokio::test]
async fn without_what_came_late() {
    assert_served(
        "for (const name of ['structuredClone', 'requestIdleCallback', 'scheduler', 'reportError',
            'CompressionStream', 'DecompressionStream', 'navigation', 'CookieStore'])
            delete window[name];
        delete Navigator.prototype.connection;
        delete Crypto.prototype.randomUUID;
        delete AbortSignal.any; delete AbortSignal.timeout;
        delete Promise.withResolvers; delete Object.groupBy; delete Array.fromAsync;
        delete Element.prototype.moveBefore;
        delete Intl.DurationFormat; delete Intl.Segmenter",
    )
    .await;
}

#[tokio::test]
async fn without_compiling_as_it_comes() {
    assert_served("delete WebAssembly.compileStreaming; delete WebAssembly.instantiateStreaming")
        .await;
}

/// The entry that holds its module cannot unpack it.
#[tokio::test]
async fn without_unpacking() {
    let sheet = Sheet::without_package(widget(SCENARIO, ""))
        .head("<script type=\"module\" src=\"/pkg/dist/inline.js\"></script>")
        .early("delete window.DecompressionStream");
    let page = Page::reuse(sheet).await;
    assert_unavailable(&page, "unsupported", "has no DecompressionStream").await;
}

/// A module that needs what the engine does not know.
#[tokio::test]
async fn without_a_feature_of_webassembly() {
    let old = "const compile = WebAssembly.compile;
        const refuse = () => Promise.reject(new WebAssembly.CompileError('unknown opcode'));
        WebAssembly.compile = refuse;
        WebAssembly.compileStreaming = refuse;";
    let page = Page::reuse(Sheet::new(widget(SCENARIO, "")).early(old)).await;
    assert_unavailable(&page, "damaged", "or needs a newer browser").await;
    let asked = page.server.asked("/pkg/dist/slidewright.wasm");
    assert!(asked <= 2, "asked for {asked} times");
    let snapshot = page.run("return el.snapshot", Value::Null).await;
    assert_eq!(snapshot, json!(null));
}
