//! Dialogs, popovers, accordions and tabs: what is hidden at first is whole when it is
//! shown, and what is closed and opened again is as it was.

use serde_json::{Value, json};
use slidewright_e2e::{Engine, Page, Sheet, Widget, only, widget};
use thirtyfour::{By, Key};

/// A job that goes on until the test ends it.
const SCENARIO: &str = "presenton,duration=600000";

/// A page with the widget in something, a button to open it, and room to click at.
async fn open(around: &str) -> Page {
    let inside = around.replace("WIDGET", &widget(SCENARIO, ""));
    let body = format!("<button id=\"opener\">Open</button>{inside}");
    let page = Page::reuse(Sheet::new(body).early(HOST)).await;
    page.ready().await;
    page
}

/// The host's own scripts.
const HOST: &str = "
    const find = (selector) => document.querySelector(selector);
    window.opens = () => {
        find('#opener').onclick = () => find('dialog').showModal();
    };
    // The trap of a library, which knows nothing of shadow trees.
    window.traps = () => {
        const [dialog, first, last] = ['#dialog', '#first', '#last'].map(find);
        window.passed = [];
        dialog.addEventListener('keydown', (event) => {
            if (event.key === 'Escape') dialog.hidden = true;
            if (event.key !== 'Tab') return;
            passed.push(event.shiftKey);
            const edge = event.shiftKey ? first : last;
            if (document.activeElement !== edge) return;
            event.preventDefault();
            (edge === last ? first : last).focus();
        });
        document.addEventListener('focusin', (event) => {
            if (!dialog.contains(event.target)) first.focus();
        });
        first.focus();
    };";

async fn click(page: &Page, selector: &str) {
    let at = &page.browser.driver;
    let found = at.find(By::Css(selector)).await.expect(selector);
    found.click().await.expect("a click");
}

/// A deck is made, from the press of the button on.
async fn is_made(page: &Page) {
    page.wait_state("waiting").await;
    page.finish(SCENARIO).await;
    page.wait_state("done").await;
}

async fn focused(page: &Page) -> String {
    let code = "const at = document.activeElement;
        return at === el ? el.shadowRoot.activeElement?.getAttribute('part') ?? '' : at.id || at.localName";
    let focused = page.run(code, Value::Null).await;
    focused.as_str().unwrap_or_default().to_owned()
}

async fn sent_once(page: &Page) {
    let log = page.log(SCENARIO).await;
    assert_eq!((log.submits().len(), log.jobs()), (1, 1), "{log:?}");
    let mut ready = page.events("ready").await;
    ready.retain(|it| it["id"] == json!(""));
    assert_eq!(ready.len(), 1, "it began anew");
    for level in ["error", "uncaught", "unhandled"] {
        assert_eq!(page.console(level).await, Vec::<String>::new(), "{level}");
    }
}

/// The form has room, and is as wide and high as one that was never hidden.
async fn assert_whole(page: &Page) {
    let width = "return one('prompt').getBoundingClientRect().width";
    let width = page.run(width, Value::Null).await;
    assert!(width.as_f64().is_some_and(|it| it >= 240.0), "{width}");
    let sizes = "
        const other = document.createElement('slide-wright');
        Object.assign(other, { id: 'other', provider: 'presenton', endpoint: '/sim/presenton,run=other' });
        el.after(other)";
    page.run(sizes, Value::Null).await;
    page.widget("#other").ready().await;
    let same = "['prompt', 'slide-count', 'submit'].every((part) => {
        const size = (at) => {
            const { width, height } = at.shadowRoot.querySelector(`[part~=${part}]`).getBoundingClientRect();
            return [width, height].map(Math.round);
        };
        const [own, other] = [el, document.querySelector('#other')].map(size);
        return own.join() === other.join() && own.every((it) => it > 0);
    })";
    page.wait("the same sizes", same).await;
    page.run("document.querySelector('#other').remove()", Value::Null)
        .await;
}

#[tokio::test]
async fn in_a_modal_dialog() {
    let page = open(
        "<dialog><button id=\"first\">First</button>WIDGET<button id=\"last\">Last</button></dialog>
        <input id=\"outside\">",
    )
    .await;
    page.run("window.opens()", Value::Null).await;
    click(&page, "#opener").await;
    page.part("prompt").await;
    assert_whole(&page).await;
    let mut met = Vec::new();
    for _ in 0..14 {
        page.press(Key::Tab).await;
        met.push(focused(&page).await);
    }
    assert!(!met.contains(&"outside".into()), "{met:?}");
    for wanted in ["first", "last"] {
        assert!(met.contains(&wanted.into()), "{met:?}");
    }
    assert!(met.iter().any(|it| it.contains("prompt")), "{met:?}");
    page.generate("Bees").await;
    is_made(&page).await;
    page.part("download").await;
    let inside = "el.shadowRoot.activeElement === one('heading')";
    page.wait("the focus at the heading", inside).await;
    page.press(Key::Escape).await;
    page.wait(
        "a dialog that is closed",
        "!document.querySelector('dialog').open",
    )
    .await;
    page.wait(
        "the focus where it was",
        "document.activeElement.id === 'opener'",
    )
    .await;
    click(&page, "#opener").await;
    page.part("download").await;
    sent_once(&page).await;
}

const TRAPPED: &str = "<div id=\"dialog\" role=\"dialog\"><button id=\"first\">First</button>WIDGET\
    <button id=\"last\">Last</button></div><input id=\"outside\">";

#[tokio::test]
async fn in_a_dialog_that_traps_the_focus() {
    let page = open(TRAPPED).await;
    page.run("window.traps()", Value::Null).await;
    let mut met = Vec::new();
    while met.len() < 20 && met.last().map(String::as_str) != Some("first") {
        page.press(Key::Tab).await;
        met.push(focused(&page).await);
    }
    assert_eq!(met.last().map(String::as_str), Some("first"), "{met:?}");
    assert!(met.iter().any(|it| it.contains("submit")), "{met:?}");
    let passed = page.run("return passed.length", Value::Null).await;
    assert_eq!(passed, json!(met.len()), "each Tab is heard: {met:?}");
    page.generate("Bees").await;
    is_made(&page).await;
    page.press(Key::Escape).await;
    page.wait(
        "a dialog that is closed",
        "document.querySelector('#dialog').hidden",
    )
    .await;
    sent_once(&page).await;
}

#[tokio::test]
async fn and_traps_it_backwards() {
    let why = "its driver tells of no Tab while Shift is held";
    if !only(&[Engine::Chromium, Engine::Firefox], why) {
        return;
    }
    let page = open(TRAPPED).await;
    page.run("window.traps()", Value::Null).await;
    page.press_with(Key::Shift, Key::Tab).await;
    assert_eq!(focused(&page).await, "last");
    page.press_with(Key::Shift, Key::Tab).await;
    assert!(focused(&page).await.contains("submit"));
    let passed = page.run("return passed", Value::Null).await;
    assert_eq!(passed, json!([true, true]));
    page.press_with(Key::Shift, Key::Tab).await;
    let passed = page.run("return passed.length", Value::Null).await;
    assert_eq!(passed, json!(3), "from within, too");
}

#[tokio::test]
async fn in_a_popover() {
    let page = open(
        "<div popover id=\"pop\" style=\"width: 700px; inset: 60px auto auto 0; margin: 0\">WIDGET</div>",
    )
    .await;
    page.run(
        "document.querySelector('#opener').popoverTargetElement = document.querySelector('#pop')",
        Value::Null,
    )
    .await;
    let is_open = "document.querySelector('#pop').matches(':popover-open')";
    click(&page, "#opener").await;
    page.wait("an open popover", is_open).await;
    page.fill("prompt", "Bees").await;
    // A click elsewhere closes it, and the draft stays.
    click(&page, "#opener").await;
    page.wait("a closed popover", &format!("!{is_open}")).await;
    click(&page, "#opener").await;
    assert_eq!(page.value("prompt").await, "Bees");
    page.click("submit").await;
    page.wait_state("waiting").await;
    page.press(Key::Escape).await;
    page.wait("a closed popover", &format!("!{is_open}")).await;
    page.finish(SCENARIO).await;
    page.wait_state("done").await;
    let outside = "document.activeElement !== el";
    page.wait("the focus left to the page", outside).await;
    click(&page, "#opener").await;
    page.part("download").await;
    sent_once(&page).await;
}

/// What it may be in, that is closed, and how that is opened and closed again.
const CLOSED: [(&str, &str, &str); 3] = [
    (
        "<details><summary>Decks</summary>WIDGET</details>",
        "document.querySelector('details').open = true",
        "document.querySelector('details').open = false",
    ),
    (
        "<div id=\"tab\" style=\"display: none\">WIDGET</div>",
        "document.querySelector('#tab').style.display = ''",
        "document.querySelector('#tab').style.display = 'none'",
    ),
    (
        "<div id=\"tab\" hidden=\"until-found\">WIDGET</div>",
        "document.querySelector('#tab').hidden = false",
        "document.querySelector('#tab').hidden = 'until-found'",
    ),
];

#[tokio::test]
async fn in_what_is_closed_at_first() {
    for (around, show, hide) in CLOSED {
        let page = open(around).await;
        page.run(show, Value::Null).await;
        page.part("prompt").await;
        assert_whole(&page).await;
        page.generate("Bees").await;
        page.wait_state("waiting").await;
        page.run(hide, Value::Null).await;
        page.finish(SCENARIO).await;
        page.wait_state("done").await;
        page.run(show, Value::Null).await;
        page.part("download").await;
        let log = page.log(SCENARIO).await;
        assert_eq!(log.jobs(), 1);
        is_usable(&page).await;
    }
}

async fn is_usable(at: &Widget) {
    at.click("again").await;
    at.fill("prompt", "Wasps").await;
    assert_eq!(at.value("prompt").await, "Wasps");
}
