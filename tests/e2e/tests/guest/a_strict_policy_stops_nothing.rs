//! A strict Content-Security-Policy, Trusted Types included, has nothing to complain
//! about: in no state, from no entry, with no other copy beside it.

use serde_json::{Value, json};
use slidewright_e2e::{File, Page, Sheet, widget};

use crate::tour::{again, body, is_unharmed, tour};
use slidewright_e2e::trap::{TRAP, trap};

const STRICT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; \
    trusted-types 'none'";

/// No file can be fetched but what the service answers.
const NO_FILES: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 127.0.0.1:*/sim/; require-trusted-types-for 'script'; \
    trusted-types 'none'";

const NONCES: &str = "default-src 'none'; \
    script-src 'nonce-cGljay1hLW5vbmNl' 'strict-dynamic' 'wasm-unsafe-eval'; \
    style-src 'nonce-cGljay1hLW5vbmNl'; connect-src 'self'; \
    require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; object-src 'none'";

const USUAL: &str = "<script type=\"module\" src=\"/pkg/dist/slidewright.js\"></script>";

fn sheet(policy: &'static str, scripts: &[&str]) -> Sheet {
    let mut sheet = Sheet::without_package(body()).header("content-security-policy", policy);
    for script in scripts {
        sheet = sheet.head(&format!(
            "<script type=\"module\" src=\"{script}\"></script>"
        ));
    }
    sheet
}

/// Whoever complains would be heard.
async fn assert_somebody_listens(page: &Page) {
    page.run(
        "const p = document.createElement('p'); p.setAttribute('style', 'color: red'); document.body.append(p)",
        Value::Null,
    )
    .await;
    page.wait("a violation of ours", "record.violations.length")
        .await;
}

async fn assert_no_complaints(page: &Page) {
    assert_eq!(page.violations().await, Vec::<String>::new());
    is_unharmed(page).await;
}

async fn assert_keeps(sheet: Sheet) -> Page {
    let page = tour(sheet).await;
    assert_no_complaints(&page).await;
    again(&page).await;
    assert_no_complaints(&page).await;
    // Without its style a button would have no height.
    let height = "return getComputedStyle(document.querySelector('#done').shadowRoot.querySelector('[part~=submit]')).minHeight";
    assert_eq!(page.run(height, Value::Null).await, json!("46px"));
    page
}

#[tokio::test]
async fn with_two_copies_of_the_package() {
    let scripts = ["/pkg/dist/slidewright.js", "/second/dist/slidewright.js"];
    let page = assert_keeps(sheet(STRICT, &scripts)).await;
    let warned = page.console("warn").await;
    assert_eq!(warned.len(), 1, "{warned:?}");
    assert!(warned[0].contains("already defined"), "{warned:?}");
    assert_somebody_listens(&page).await;
}

#[tokio::test]
async fn with_the_entry_that_holds_its_module_beside_the_usual_one() {
    let scripts = ["/second/dist/inline.js", "/pkg/dist/slidewright.js"];
    let page = assert_keeps(sheet(STRICT, &scripts)).await;
    assert_eq!(page.console("warn").await.len(), 1);
    assert_eq!(page.server.asked("/pkg/dist/slidewright.wasm"), 0);
}

#[tokio::test]
async fn with_the_entry_that_holds_its_module_where_no_file_can_be_fetched() {
    let page = assert_keeps(sheet(NO_FILES, &["/pkg/dist/inline.js"])).await;
    for file in ["slidewright.wasm", "slidewright-glue.js"] {
        assert_eq!(page.server.asked(&format!("/pkg/dist/{file}")), 0);
    }
    assert_somebody_listens(&page).await;
}

#[tokio::test]
async fn with_nonces_and_strict_dynamic() {
    let sheet = Sheet::without_package(body())
        .head(USUAL)
        .nonce("cGljay1hLW5vbmNl")
        .header("content-security-policy", NONCES);
    let page = assert_keeps(sheet).await;
    assert_somebody_listens(&page).await;
}

/// A job without a view, from question to deck.
#[tokio::test]
async fn without_a_view() {
    for entry in ["headless", "headless-inline"] {
        let code = format!(
            "import {{ createJob }} from '/pkg/dist/{entry}.js';
            const job = window.job = createJob({{
                provider: 'chronicle', endpoint: '/sim/chronicle,duration=300,questions=1,run={entry}',
            }});
            job.addEventListener('slidewright-question', () => job.answer('We keep bees'));
            job.submit({{ prompt: 'Bees' }});"
        );
        let policy = if entry == "headless" {
            STRICT
        } else {
            NO_FILES
        };
        let sheet = Sheet::without_package("")
            .head("<script type=\"module\" src=\"/file/host.js\"></script>")
            .file("host.js", File::script(code))
            .header("content-security-policy", policy);
        let page = Page::reuse(sheet).await;
        page.wait("the deck", "window.job?.snapshot?.state === 'done'")
            .await;
        assert_no_complaints(&page).await;
    }
}

/// A module that stopped is made anew, which policies have their say in, too.
#[tokio::test]
async fn nor_does_it_stop_a_module_that_comes_back() {
    let scenario = "presenton,duration=600000";
    let body = widget(scenario, "");
    let sheet = Sheet::new(body)
        .early(TRAP)
        .header("content-security-policy", STRICT);
    let page = Page::reuse(sheet).await;
    page.ready().await;
    page.generate("Bees").await;
    page.wait_state("waiting").await;
    trap(&page, "slidewright", "call").await;
    page.wait(
        "an error told",
        "record.events.some((it) => it.name === 'error')",
    )
    .await;
    page.ready().await;
    page.wait_state("waiting").await;
    assert_no_complaints(&page).await;
}
