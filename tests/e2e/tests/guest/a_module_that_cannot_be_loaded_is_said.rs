//! No wasm, no form: the page's own text for it, or ours, and an event that says why.
//! Nothing is tried for ever, and nothing of the page's is touched.

use serde_json::{Value, json};
use slidewright_e2e::{Engine, File, Page, Sheet};

use crate::loading::{ODD, assert_unavailable, bytes, odd, watched, widget_at};

const PAGE: &str = "\n  <!doctype html><html><title>Nothing here</title></html>";

/// A page whose module does not come: what it is told.
async fn assert_told(sheet: Sheet, reason: &str, message: &str) -> Page {
    let page = Page::reuse(watched(sheet)).await;
    assert_unavailable(&page, reason, message).await;
    page
}

async fn assert_bad_file(file: File, reason: &str, message: &str) -> Page {
    let page = assert_told(odd(file), reason, message).await;
    let asked = page.server.asked(ODD);
    assert!(matches!(asked, 1 | 2), "asked for {asked} times");
    page
}

#[tokio::test]
async fn a_web_page_in_its_place() {
    let is = "/file/odd.wasm is a web page, not WebAssembly. If a bundler moved the script";
    let page = assert_bad_file(File::new(PAGE).kind("text/html"), "not-wasm", is).await;
    assert_eq!(page.server.asked(ODD), 1);
    assert_bad_file(File::new(PAGE).kind("application/wasm"), "not-wasm", is).await;
}

#[tokio::test]
async fn nothing_in_its_place() {
    let page = assert_told(
        Sheet::new(widget_at("/file/none.wasm", "")),
        "not-found",
        "/file/none.wasm answered 404. If a bundler moved the script",
    )
    .await;
    assert_eq!(page.server.asked("/file/none.wasm"), 1);
    let down = File::new(PAGE).kind("text/html").status(503);
    assert_bad_file(down, "not-found", "answered 503").await;
}

#[tokio::test]
async fn only_the_beginning_of_it() {
    let whole = bytes("slidewright.wasm");
    for length in [0, 3, 5, 8, 1000, whole.len() / 2, whole.len() - 1] {
        let (reason, message) = match length {
            0..4 => ("not-wasm", "is something else, not WebAssembly"),
            // What is whole so far is a module without anything in it.
            8 => ("other-version", "of different versions"),
            _ => ("damaged", "is damaged or cut off"),
        };
        for kind in ["application/wasm", "text/plain"] {
            let file = File::new(&whole[..length]).kind(kind);
            assert_bad_file(file, reason, message).await;
        }
    }
}

#[tokio::test]
async fn a_connection_that_breaks() {
    let (reason, message) = match Engine::current() {
        // It takes what has come for the whole.
        Engine::WebKit => ("damaged", "is damaged or cut off"),
        _ => ("failed", "/file/odd.wasm could not be fetched"),
    };
    for kind in ["application/wasm", "application/octet-stream"] {
        let file = File::new(bytes("slidewright.wasm")).kind(kind).broken();
        assert_bad_file(file, reason, message).await;
    }
}

#[tokio::test]
async fn a_module_of_another_entry() {
    let file = File::new(bytes("headless.wasm")).kind("application/wasm");
    assert_bad_file(file, "other-version", "of different versions").await;
}

#[tokio::test]
async fn a_policy_that_forbids_webassembly() {
    for policy in ["script-src 'self'", "script-src 'self' 'unsafe-inline'"] {
        let sheet =
            odd(File::new(bytes("slidewright.wasm"))).header("content-security-policy", policy);
        let page = Page::reuse(sheet).await;
        assert_unavailable(&page, "blocked", "add 'wasm-unsafe-eval' to script-src").await;
        assert_eq!(page.server.asked(ODD), 0, "there is no use in it");
    }
}

#[tokio::test]
async fn a_policy_that_forbids_the_file() {
    let sheet = odd(File::new(bytes("slidewright.wasm")))
        .header("content-security-policy", "connect-src 'none'");
    assert_told(
        sheet,
        "failed",
        "could not be fetched: see network, CORS, connect-src",
    )
    .await;
}

#[tokio::test]
async fn a_place_that_lets_nobody_in() {
    // Another origin, without CORS.
    let page = Page::reuse(Sheet::without_package("")).await;
    let elsewhere = page.server.origin().replace("127.0.0.1", "localhost");
    let widget = widget_at(&format!("{elsewhere}{ODD}"), "");
    let sheet = Sheet::new(widget).file("odd.wasm", File::new(bytes("slidewright.wasm")));
    let address = page.server.publish("other", sheet);
    page.go_to(&address).await;
    assert_unavailable(&page, "failed", "could not be fetched").await;
}

#[tokio::test]
async fn webassembly_that_is_off() {
    for off in [
        "delete globalThis.WebAssembly",
        "globalThis.WebAssembly = undefined",
    ] {
        for entry in ["slidewright", "inline"] {
            let sheet = Sheet::without_package(widget_at(ODD, ""))
                .head(&format!(
                    "<script type=\"module\" src=\"/pkg/dist/{entry}.js\"></script>"
                ))
                .early(off);
            let page = assert_told(sheet, "unsupported", "has no WebAssembly, or it is off").await;
            assert_eq!(page.server.asked(ODD), 0);
        }
    }
}

/// The files of the package, but for one.
fn without_glue(glue: Option<File>) -> Sheet {
    let widget = "<slide-wright provider=\"presenton\" endpoint=\"/sim/presenton\"></slide-wright>";
    let shell = String::from_utf8(bytes("slidewright.js")).expect("a script");
    let sheet = Sheet::without_package(widget)
        .head("<script type=\"module\" src=\"/file/slidewright.js\"></script>")
        .file("slidewright.js", File::script(shell))
        .file("slidewright.wasm", File::new(bytes("slidewright.wasm")));
    match glue {
        Some(glue) => sheet.file("slidewright-glue.js", glue),
        None => sheet,
    }
}

#[tokio::test]
async fn an_address_that_is_none() {
    let message = "http://no:address could not be fetched";
    assert_told(
        Sheet::new(widget_at("http://no:address", "")),
        "failed",
        message,
    )
    .await;
}

#[tokio::test]
async fn a_script_that_is_missing() {
    let page_instead = File::new(PAGE).kind("text/html");
    for glue in [None, Some(page_instead)] {
        assert_told(
            without_glue(glue),
            "failed",
            "the glue of slidewright could not be loaded",
        )
        .await;
    }
}

#[tokio::test]
async fn in_the_pages_own_words() {
    let inner = "<p slot=\"unavailable\">Write to us.</p><i>Needs JavaScript.</i>";
    let page = Page::reuse(Sheet::new(widget_at("/file/none.wasm", inner))).await;
    page.wait("the page's words", "seen(el.firstElementChild)")
        .await;
    let others =
        "return seen(el.lastElementChild) || document.body.innerText.includes('could not')";
    assert_eq!(page.run(others, Value::Null).await, json!(false));
    assert_eq!(page.events("error").await.len(), 1);
}

/// One attempt for all, one complaint in the console, and an event of each.
#[tokio::test]
async fn of_several_each_says_so() {
    let three = widget_at("/file/none.wasm", "").repeat(3);
    let page = Page::reuse(Sheet::new(three)).await;
    page.wait(
        "three errors",
        "record.events.filter((it) => it.name === 'error').length === 3",
    )
    .await;
    assert_eq!(page.server.asked("/file/none.wasm"), 1);
    assert_eq!(page.console("error").await.len(), 1);
}

#[tokio::test]
async fn the_fallback_without_scripts_is_not_shown_beside_the_form() {
    let widget = "<slide-wright provider=\"presenton\" endpoint=\"/sim/presenton\">Needs JavaScript.</slide-wright>";
    let page = Page::reuse(Sheet::new(widget)).await;
    page.ready().await;
    let hidden = "return el.firstChild.assignedSlot === null";
    assert_eq!(page.run(hidden, Value::Null).await, json!(true));
}
