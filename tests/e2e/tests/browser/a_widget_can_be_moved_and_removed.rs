//! Pages are rebuilt under widgets by frameworks, at any time.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

const SCENARIO: &str = "presenton,duration=4000";

/// A job that goes on until the test ends it.
const LONG: &str = "presenton,duration=600000";

async fn page(scenario: &str) -> Page {
    let body = [
        widget(scenario, "id=\"first\""),
        widget("presenton,duration=900", "id=\"other\""),
        "<div id=\"place\"></div>".into(),
    ];
    let page = Page::open(Sheet::new(body.concat())).await;
    page.ready().await;
    page.widget("#other").ready().await;
    page
}

async fn assert_the_other_works(page: &Page) {
    let other = page.widget("#other");
    other.generate("Wasps").await;
    other.wait_state("done").await;
    assert_eq!(page.console("uncaught").await, Vec::<String>::new());
    assert_eq!(page.console("unhandled").await, Vec::<String>::new());
}

#[tokio::test]
async fn moving_keeps_the_job() {
    let page = page(LONG).await;
    page.generate("Bees").await;
    page.wait_state("waiting").await;
    page.run("document.querySelector('#place').append(el)", Value::Null)
        .await;
    page.finish(LONG).await;
    page.widget("#place slide-wright").wait_state("done").await;
    assert_eq!(page.log(LONG).await.submits().len(), 1);
    assert_eq!(page.events("ready").await.len(), 2, "it began anew");
}

#[tokio::test]
async fn removing_ends_the_questions() {
    let page = page(LONG).await;
    page.generate("Bees").await;
    page.wait_state("waiting").await;
    page.run("window.gone = el; el.remove()", Value::Null).await;
    let asked = page.log(LONG).await.polls().len();
    assert_the_other_works(&page).await;
    let now = page.log(LONG).await.polls().len();
    // One may have been on its way.
    assert!(now <= asked + 1, "{asked} questions, then {now}");
}

#[tokio::test]
async fn a_widget_put_back_can_be_used() {
    let page = page(SCENARIO).await;
    page.run("window.gone = el; el.remove()", Value::Null).await;
    page.wait("it is gone", "!document.querySelector('#first')")
        .await;
    page.run("document.body.prepend(window.gone)", Value::Null)
        .await;
    page.ready().await;
    page.generate("Bees").await;
    page.wait_state("done").await;
}

#[tokio::test]
async fn a_host_may_remove_it_in_any_event() {
    for name in [
        "ready", "change", "submit", "accepted", "status", "complete",
    ] {
        let body = [
            "<div id=\"place\"></div>".into(),
            widget("presenton,duration=900", "id=\"other\""),
        ];
        let code = format!(
            "addEventListener('slidewright-{name}', (event) => {{
                if (event.target.id === 'first') {{ event.target.remove(); window.removed = true; }}
            }});
            const first = document.createElement('slide-wright');
            Object.assign(first, {{ id: 'first', provider: 'presenton', endpoint: '/sim/{SCENARIO}' }});
            document.querySelector('#place').append(first);"
        );
        let page = Page::open(Sheet::new(body.concat()).script(&code)).await;
        let first = page.widget("#first");
        if name != "ready" {
            first.ready().await;
            // Typing tells the change; a call tells the rest.
            let act = match name {
                "change" => {
                    "one('prompt').dispatchEvent(new InputEvent('input', { bubbles: true }))"
                }
                _ => "el.submit({ prompt: 'Bees' })",
            };
            first.run(act, Value::Null).await;
        }
        page.wait(format!("removal in {name}"), "window.removed")
            .await;
        assert_the_other_works(&page).await;
    }
}

#[tokio::test]
async fn a_host_may_remove_it_in_the_event_of_an_error_or_a_stop() {
    for (name, act) in [
        ("error", "el.submit({ prompt: '' })"),
        ("stop", "el.watch('task-1'); el.stopWatching()"),
    ] {
        let page = page(SCENARIO).await;
        let code = format!(
            "el.addEventListener('slidewright-{name}', () => {{ el.remove(); window.removed = true; }}); {act}"
        );
        page.run(&code, Value::Null).await;
        page.wait(format!("removal in {name}"), "window.removed")
            .await;
        assert_the_other_works(&page).await;
    }
}

#[tokio::test]
async fn a_host_may_call_methods_in_any_event() {
    let page = page(SCENARIO).await;
    let code = "const called = window.called = [];
        const on = (name, act) => el.addEventListener(`slidewright-${name}`, () => {
            called.push(name);
            act();
        });
        on('submit', () => el.submit({ prompt: 'Wasps' }));
        on('accepted', () => { el.tone = 'casual'; el.submit(); });
        on('status', () => { el.snapshot; el.refreshLinks(); el.retry(); });
        on('complete', () => el.reset());
        el.submit({ prompt: 'Bees' });";
    page.run(code, Value::Null).await;
    page.wait("the end", "called.includes('complete')").await;
    page.wait_state("drafting").await;
    let log = page.log(SCENARIO).await;
    assert_eq!(log.submits().len(), 1, "{log:?}");
    assert_eq!(log.last_body()["content"], json!("Bees"));
    assert_the_other_works(&page).await;
}

#[tokio::test]
async fn a_host_may_submit_in_ready() {
    let code =
        "addEventListener('slidewright-ready', (event) => event.target.submit({ prompt: 'Bees' }))";
    let widget = widget("presenton,duration=900", "");
    let sheet = Sheet::new(widget).script(code);
    let page = Page::open(sheet).await;
    page.ready().await;
    page.wait_state("done").await;
}
