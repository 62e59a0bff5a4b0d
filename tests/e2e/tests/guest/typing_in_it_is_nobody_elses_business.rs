//! Pages have hotkeys of single letters; what a visitor types into the widget is none of
//! them. What is meant for the page goes through.

use serde_json::{Value, json};
use slidewright_e2e::{Engine, Page, Sheet, Widget, only, widget};
use thirtyfour::Key;

/// A page that does something at each key.
const HOTKEYS: &str = "
    const keys = window.keys = [];
    for (const place of [document, window]) {
        for (const type of ['keydown', 'keypress', 'keyup']) {
            place.addEventListener(type, (event) => {
                keys.push(event.key);
                // Or it would be the browser's.
                if (event.ctrlKey || event.metaKey) event.preventDefault();
            });
        }
    }";

async fn open(attributes: &str, inner: &str) -> Page {
    let html = widget("presenton,duration=300", attributes);
    let html = html.replace("</slide-wright>", &format!("{inner}</slide-wright>"));
    let page = Page::reuse(Sheet::new(html).early(HOTKEYS)).await;
    page.ready().await;
    page
}

async fn heard(page: &Page) -> Vec<String> {
    let keys = page.run("return [...new Set(keys)]", Value::Null).await;
    let keys = keys.as_array().cloned().unwrap_or_default();
    keys.iter()
        .map(|it| it.as_str().unwrap_or_default().to_owned())
        .collect()
}

async fn focus(at: &Widget, part: &str) {
    at.part(part).await;
    at.run("one(args).focus()", json!(part)).await;
}

#[tokio::test]
async fn not_what_is_typed_into_a_field() {
    let page = open("", "").await;
    page.click("more-summary").await;
    for part in ["prompt", "slide-count", "tone"] {
        focus(&page, part).await;
        for key in ["j", "/", "?", " ", "1"] {
            page.press(key).await;
        }
        for key in [
            Key::Backspace,
            Key::Left,
            Key::Down,
            Key::Up,
            Key::Home,
            Key::Delete,
        ] {
            page.press(key).await;
        }
    }
    focus(&page, "prompt").await;
    page.press(Key::Enter).await;
    page.press("J").await;
    assert_eq!(heard(&page).await, Vec::<String>::new());
    let typed = page.value("prompt").await;
    assert!(typed.contains('\n') && typed.contains("/?"), "{typed:?}");
}

/// A page that scrolls by the space bar, or submits by Enter.
#[tokio::test]
async fn nor_what_presses_a_control() {
    let page = open("", "").await;
    focus(&page, "more-summary").await;
    page.press(Key::Enter).await;
    page.part("tone").await;
    focus(&page, "web-search").await;
    let ticked = "(one('web-search').querySelector?.('input') ?? one('web-search')).checked";
    page.run(
        "(one('web-search').querySelector?.('input') ?? one('web-search')).focus()",
        Value::Null,
    )
    .await;
    page.press(" ").await;
    page.wait("a tick", ticked).await;
    assert_eq!(heard(&page).await, Vec::<String>::new());
    page.fill("prompt", "Bees").await;
    focus(&page, "submit").await;
    page.press(Key::Enter).await;
    page.wait_state("done").await;
    assert_eq!(heard(&page).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_meant_for_the_page_goes_through() {
    let page = open("", "").await;
    focus(&page, "prompt").await;
    for (held, key) in [(Key::Control, "k"), (Key::Meta, "k"), (Key::Alt, "x")] {
        page.run("keys.length = 0", Value::Null).await;
        let at = page.browser.driver.action_chain();
        let chain = at
            .key_down(held.value())
            .send_keys(key)
            .key_up(held.value());
        chain.perform().await.expect("a keyboard");
        let heard = heard(&page).await;
        assert!(heard.contains(&key.to_owned()), "{heard:?}");
    }
    for (key, name) in [(Key::Escape, "Escape"), (Key::Tab, "Tab"), (Key::F2, "F2")] {
        focus(&page, "prompt").await;
        page.run("keys.length = 0", Value::Null).await;
        page.press(key).await;
        assert_eq!(heard(&page).await, [name]);
    }
}

/// What stands in a slot is the page's.
#[tokio::test]
async fn and_the_pages_own_fields_are_its_own() {
    let page = open("", "<input slot=\"before-submit\" id=\"own\">").await;
    page.run("document.querySelector('#own').focus()", Value::Null)
        .await;
    page.press("j").await;
    page.press(" ").await;
    assert_eq!(heard(&page).await, ["j", " "]);
}

/// Where the keyboard's AltGr types a letter, engines report Control and Alt.
#[tokio::test]
async fn nor_what_is_typed_by_altgr() {
    let why = "its constructed events know of no AltGr";
    if !only(&[Engine::Chromium, Engine::Firefox], why) {
        return;
    }
    let page = open("", "").await;
    let type_it = "one('prompt').dispatchEvent(new KeyboardEvent('keydown', {
        key: '@', ctrlKey: true, altKey: true, modifierAltGraph: true,
        bubbles: true, composed: true }))";
    page.run(type_it, Value::Null).await;
    assert_eq!(heard(&page).await, Vec::<String>::new());
}

#[tokio::test]
async fn control_and_enter_send_from_the_topic() {
    let page = open("", "").await;
    focus(&page, "prompt").await;
    page.press("Bees").await;
    page.press(Key::Enter).await;
    page.press("and wasps").await;
    page.press_with(Key::Control, Key::Enter).await;
    page.wait_state("done").await;
    let log = page.log("presenton,duration=300").await;
    assert_eq!(log.last_body()["content"], json!("Bees\nand wasps"));
}
