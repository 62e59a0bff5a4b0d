//! `embed.html`: what an address may say, who hears of it, and what a sandbox leaves.

use std::fs;

use serde_json::{Value, json};
use slidewright_e2e::{Deck, Engine, StaticHost, only};

use super::demo::Demo;

/// As `docs/embed.md` has it.
const SANDBOX: &str =
    "allow-scripts allow-same-origin allow-downloads allow-popups allow-popups-to-escape-sandbox";

/// A page of another origin with the demo's frame in it; it records what it is told.
struct Parent {
    demo: Demo,
    host: StaticHost,
    _folder: tempfile::TempDir,
}

const PAGE: &str = r#"<!doctype html><title>Parent</title><iframe id="frame"></iframe>
<script>
  window.heard = [];
  addEventListener('message', ({ data, origin }) => heard.push({ ...data, origin }));
</script>"#;

impl Parent {
    async fn start() -> Parent {
        // The frame's own site, with its worker in place.
        let demo = Demo::open().await;
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("index.html"), PAGE).expect("a file");
        let host = StaticHost::start("/", folder.path()).await;
        demo.go_to(&format!("{}/", host.origin())).await;
        Parent {
            demo,
            host,
            _folder: folder,
        }
    }

    /// Shows the frame with these values behind its `#`.
    async fn show(&self, values: &[(&str, &str)]) {
        let code = "const [address, values, sandbox] = args;
            // Another one: a new `#` alone loads nothing anew.
            const frame = document.createElement('iframe');
            document.querySelector('iframe').replaceWith(frame);
            frame.setAttribute('sandbox', sandbox);
            frame.src = `${address}#${new URLSearchParams(values)}`";
        let address = self.demo.host.address("slidewright/embed.html");
        self.demo.run(code, json!([address, values, SANDBOX])).await;
    }

    async fn heard(&self, what: &str, expression: &str) -> Value {
        self.demo.wait(what, expression).await
    }

    /// Runs a script in the frame.
    async fn within(&self, code: &str, args: Value) -> Value {
        let driver = &self.demo.browser.driver;
        driver.enter_frame(0).await.expect("the frame");
        let done = self.demo.run(code, args).await;
        driver.enter_default_frame().await.expect("the page");
        done
    }
}

const SERVICE: (&str, &str) = ("provider", "presenton");
const ENDPOINT: (&str, &str) = ("endpoint", "/some/sub/path/sim/presenton,duration=900");

#[tokio::test]
async fn a_sandboxed_frame_makes_a_deck_and_tells_its_parent() {
    if !only(
        &[Engine::Chromium],
        "drivers of the others look into frames in another way",
    ) {
        return;
    }
    let parent = Parent::start().await;
    let origin = parent.host.origin().to_owned();
    parent
        .show(&[
            SERVICE,
            ENDPOINT,
            ("accent", "#aa3300"),
            ("lang", "de"),
            ("parent-origin", &origin),
        ])
        .await;
    parent
        .heard(
            "a height",
            "heard.some((it) => it.slidewright === 1 && it.type === 'height' && it.height > 100)",
        )
        .await;
    parent
        .heard(
            "that it is ready",
            "heard.some((it) => it.name === 'slidewright-ready')",
        )
        .await;

    let driver = &parent.demo.browser.driver;
    driver.enter_frame(0).await.expect("the frame");
    let accent = "getComputedStyle(one('submit')).backgroundColor === 'rgb(170, 51, 0)'";
    parent.demo.wait("its accent", accent).await;
    parent.demo.generate("Bees in the city").await;
    parent.demo.wait_state("done").await;
    parent.demo.click("download").await;
    let deck = Deck::read(&parent.demo.browser.saved(1).await[0]);
    assert!(deck.title.contains("Bees"), "{deck:?}");
    driver.enter_default_frame().await.expect("the page");

    parent
        .heard(
            "that the deck is there",
            "heard.some((it) => it.name === 'slidewright-complete' && it.detail.jobId)",
        )
        .await;
    let told = parent
        .demo
        .run("return JSON.stringify(heard)", Value::Null)
        .await;
    let told = told.as_str().expect("a text");
    assert!(!told.contains("Bees"), "what was typed got out: {told}");
    assert!(!told.contains("/app_data/"), "an address got out: {told}");
}

#[tokio::test]
async fn whoever_is_not_named_hears_nothing() {
    if !only(
        &[Engine::Chromium],
        "drivers of the others look into frames in another way",
    ) {
        return;
    }
    let parent = Parent::start().await;
    for named in ["https://elsewhere.example", "*", "null", ""] {
        parent
            .show(&[SERVICE, ENDPOINT, ("parent-origin", named)])
            .await;
        let driver = &parent.demo.browser.driver;
        driver.enter_frame(0).await.expect("the frame");
        parent.demo.ready().await;
        driver.enter_default_frame().await.expect("the page");
        let heard = parent.demo.run("return heard", Value::Null).await;
        assert_eq!(heard, json!([]), "named: {named}");
    }
    let origin = parent.host.origin().to_owned();
    let named = [SERVICE, ENDPOINT, ("parent-origin", &origin)];
    parent.show(&named).await;
    parent.heard("who is named", "heard.length > 0").await;
}

#[tokio::test]
async fn an_address_says_nothing_of_where_things_go() {
    if !only(
        &[Engine::Chromium],
        "drivers of the others look into frames in another way",
    ) {
        return;
    }
    let parent = Parent::start().await;
    let elsewhere = format!("{}/some/sub/path/sim/presenton", parent.host.origin());
    let hostile = [
        elsewhere.as_str(),
        "//elsewhere.example/some/sub/path/sim/x",
        "javascript:alert(1)",
        "data:text/plain,x",
        "/elsewhere/",
        "/some/sub/path/sim/../../elsewhere",
        "/some/sub/path/sim/%2e%2e/%2e%2e/elsewhere",
        "/some/sub/path/sim/..%2f..%2felsewhere",
        "/some/sub/path/sim/x?redirect=1",
        "/some/sub/path/sim\\..\\..\\elsewhere",
        "/some/sub/path/sim/%252e%252e%252felsewhere",
        "/some/sub/path/sim/..;/elsewhere",
        "/some/sub/path/simulated",
    ];
    for (turn, endpoint) in hostile.into_iter().enumerate() {
        let prompt = format!("Bees {turn}");
        parent
            .show(&[
                SERVICE,
                ("endpoint", endpoint),
                ("descriptor", "https://elsewhere.example/d.json"),
                ("wasm-url", "https://elsewhere.example/x.wasm"),
                ("file-hosts", "elsewhere.example"),
                ("links-base", "https://elsewhere.example"),
                ("messages", "{}"),
                ("job", "1"),
                ("user-scope", "somebody"),
                ("credentials", "include"),
                ("onclick", "alert(1)"),
                ("accent", "var(--x)"),
                ("radius", "url(https://elsewhere.example/)"),
                ("prompt", &prompt),
            ])
            .await;
        let names = "el.getAttribute('prompt') === args && JSON.stringify([...el.getAttributeNames()].sort())";
        let driver = &parent.demo.browser.driver;
        driver.enter_frame(0).await.expect("the frame");
        let names = parent
            .demo
            .wait_with("a widget that is set up", names, json!(prompt))
            .await;
        driver.enter_default_frame().await.expect("the page");
        assert_eq!(names, json!("[\"prompt\",\"provider\"]"), "{endpoint}");
    }
    let path = parent.within("return location.pathname", Value::Null).await;
    assert_eq!(path, json!("/some/sub/path/slidewright/embed.html"));
}
