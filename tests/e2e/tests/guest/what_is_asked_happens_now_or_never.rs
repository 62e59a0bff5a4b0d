//! A script may ask before the module is there. What it asks of a widget that failed,
//! or of a job that ended, must not happen some day.

use serde_json::{Value, json};
use slidewright_e2e::{File, Page, Sheet};

use crate::headless;
use crate::loading::{ODD, bytes, widget_at};

const SCENARIO: &str = "presenton,duration=300";

#[tokio::test]
async fn of_a_widget_that_failed() {
    let good = File::new(bytes("slidewright.wasm")).kind("application/wasm");
    let sheet = Sheet::new(widget_at("/file/none.wasm", "")).file("odd.wasm", good);
    let page = Page::reuse(sheet).await;
    let failed = "record.events.some((it) => it.name === 'error')";
    page.wait("an error", failed).await;
    page.run("el.submit({ prompt: 'Bees' })", Value::Null).await;
    let warned = page.console("warn").await;
    assert_eq!(warned.len(), 1, "{warned:?}");
    assert!(warned[0].contains("submit() needs"), "{warned:?}");
    // Put elsewhere in the page, it tries again.
    let away = "window.moved = el; el.wasmUrl = args; el.remove()";
    page.run(away, json!(ODD)).await;
    page.run("document.body.append(window.moved)", Value::Null)
        .await;
    page.ready().await;
    assert_eq!(page.state().await, "drafting");
    assert_eq!(page.log(SCENARIO).await.requests().len(), 0);
}

#[tokio::test]
async fn of_a_job_that_ends_as_it_begins() {
    let then = format!(
        "const job = begin('{SCENARIO}');
        job.addEventListener('slidewright-ready', () => {{
            job.close();
            job.submit({{ prompt: 'Bees' }});
            window.over = true;
        }});"
    );
    let page = headless::open(&then).await;
    page.wait("its end", "window.over").await;
    let snapshot = page.run("return job.snapshot", Value::Null).await;
    assert_eq!(snapshot, Value::Null);
    let warned = page.console("warn").await;
    assert_eq!(warned.len(), 1, "{warned:?}");
    assert_eq!(page.log(SCENARIO).await.requests().len(), 0);
}

/// What it knows is known as soon as it says that it is ready.
#[tokio::test]
async fn and_what_is_asked_when_it_is_ready_is_answered() {
    let listener = "document.addEventListener('slidewright-ready', ({ target }) => {
        window.seen = target.snapshot?.state;
        target.submit({ prompt: 'Bees' });
    });";
    let sheet = Sheet::new(slidewright_e2e::widget(SCENARIO, "")).early(listener);
    let page = Page::reuse(sheet).await;
    page.wait_state("done").await;
    let seen = page.run("return window.seen", Value::Null).await;
    assert_eq!(seen, json!("drafting"));
    assert_eq!(page.log(SCENARIO).await.submits().len(), 1);
}
