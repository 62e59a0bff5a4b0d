//! A job that a host draws outlives a reload and a dead module as the element's does, and
//! goes beside one.

use serde_json::{Value, json};
use slidewright_e2e::{File, Page, widget};

use crate::headless::{is_unharmed, open, sheet, states, wait_state};
use crate::loading::bytes;
use slidewright_e2e::trap::trap;

const LONG: &str = "presenton,duration=600000";

/// The deck is made, by one request.
async fn ends_as_one(page: &Page) {
    page.finish(LONG).await;
    wait_state(page, "done").await;
    let log = page.log(LONG).await;
    assert_eq!((log.submits().len(), log.jobs()), (1, 1), "{log:?}");
}

#[tokio::test]
async fn after_a_reload() {
    let then = format!(
        "begin('{LONG}');
        if (!sessionStorage.begun) job.submit({{ prompt: 'Bees' }});
        sessionStorage.begun = 1;"
    );
    let page = open(&then).await;
    wait_state(&page, "waiting").await;
    let id = "return job.snapshot.jobId";
    let before = page.run(id, Value::Null).await;
    page.reload().await;
    wait_state(&page, "waiting").await;
    assert_eq!(page.run(id, Value::Null).await, before);
    ends_as_one(&page).await;
    is_unharmed(&page).await;
}

/// A listener that asks as soon as it may must not make a second deck.
#[tokio::test]
async fn before_what_a_listener_asks_for() {
    let then = format!(
        "begin('{LONG}').addEventListener('slidewright-ready', () => job.submit({{ prompt: 'Bees' }}))"
    );
    let page = open(&then).await;
    wait_state(&page, "waiting").await;
    page.reload().await;
    wait_state(&page, "waiting").await;
    ends_as_one(&page).await;
    is_unharmed(&page).await;
}

#[tokio::test]
async fn but_not_under_another_name() {
    let then = format!(
        "begin('{LONG}', {{ id: sessionStorage.begun ? 'another' : 'mine' }});
        if (!sessionStorage.begun) job.submit({{ prompt: 'Bees' }});
        sessionStorage.begun = 1;"
    );
    let page = open(&then).await;
    wait_state(&page, "waiting").await;
    page.reload().await;
    wait_state(&page, "drafting").await;
    page.run("job.close(); begin(args)", json!(LONG)).await;
    wait_state(&page, "waiting").await;
    assert_eq!(page.log(LONG).await.jobs(), 1);
}

#[tokio::test]
async fn after_its_module_died() {
    let page = open(&format!("begin('{LONG}').submit({{ prompt: 'Bees' }})")).await;
    wait_state(&page, "waiting").await;
    let id = "return job.snapshot.jobId";
    let before = page.run(id, Value::Null).await;
    trap(&page, "headless", "ask").await;
    page.wait("an error told", "errors.length").await;
    let told = page.run("return errors", Value::Null).await;
    assert_eq!(
        told,
        json!([{"code": "module-restarted", "charged": "unknown"}])
    );
    wait_state(&page, "waiting").await;
    assert_eq!(page.run(id, Value::Null).await, before);
    ends_as_one(&page).await;
    page.wait("the end told", "told.at(-1)?.state === 'done'")
        .await;
    let said = page.console("error").await;
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("the module stopped"), "{said:?}");
    for level in ["uncaught", "unhandled"] {
        assert_eq!(page.console(level).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn beside_an_element() {
    let here = "document.body.insertAdjacentHTML('beforeend', WIDGET);
        import('/pkg/dist/slidewright.js');
        begin('presenton,duration=300').submit({ prompt: 'Bees' });"
        .replace(
            "WIDGET",
            &json!(widget("presenton,duration=300,run=element", "")).to_string(),
        );
    let page = open(&here).await;
    page.ready().await;
    page.generate("Wasps").await;
    page.wait_state("done").await;
    wait_state(&page, "done").await;
    is_unharmed(&page).await;
    // Each has a module of its own, and dies for itself.
    trap(&page, "headless", "ask").await;
    page.wait("an error told", "errors.length").await;
    assert_eq!(page.state().await, "done");
    assert_eq!(page.events("error").await, Vec::<Value>::new());
    wait_state(&page, "done").await;
}

#[tokio::test]
async fn or_says_why_it_cannot_be() {
    let bad = [
        ("none.wasm", "not-found", "answered 404"),
        ("page.wasm", "not-wasm", "is a web page, not WebAssembly"),
        ("other.wasm", "other-version", "of different versions"),
    ];
    for (file, reason, message) in bad {
        let then =
            format!("begin('{LONG}', {{ wasmUrl: '/file/{file}' }}).submit({{ prompt: 'Bees' }})");
        let sheet = sheet(&then)
            .file("page.wasm", File::new("<!doctype html>").kind("text/html"))
            .file("other.wasm", File::new(bytes("slidewright.wasm")));
        let page = Page::reuse(sheet).await;
        page.wait("an error told", "window.errors?.length").await;
        page.wait("what is told", "told.at(-1)?.unavailable").await;
        let both = page
            .run("return [errors, job.snapshot.unavailable]", Value::Null)
            .await;
        let errors = both[0].as_array().cloned().unwrap_or_default();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(errors[0], both[1]);
        assert_eq!(errors[0]["code"], json!("module-unavailable"));
        assert_eq!(errors[0]["charged"], json!("no"));
        assert_eq!(errors[0]["reason"], json!(reason));
        let said = errors[0]["message"].as_str().unwrap_or_default();
        assert!(said.contains(message), "{said}");
        assert_eq!(states(&page).await, ["nothing", "unavailable"]);
        assert_eq!(page.console("error").await.len(), 1);
        for level in ["warn", "uncaught", "unhandled"] {
            assert_eq!(page.console(level).await, Vec::<String>::new());
        }
        assert!(page.server.asked(&format!("/file/{file}")) <= 2);
    }
}
