//! Storage that is full or not allowed, or that the page does not want used: a
//! deck is made all the same, and who has to keep the page open is told.

use serde_json::{Value, json};
use slidewright_e2e::{Engine, Page, Sheet, only, widget};

use crate::kept;
use crate::row::Row;

const LONG: &str = "presenton,duration=600000";

const UNSAVED: &str = "Please keep this page open: this browser doesn't let us remember your deck.";

/// Up to the last character.
const FULL: &str = "<script>
    for (const storage of [localStorage, sessionStorage]) {
        let text = 'x'.repeat(1 << 20);
        for (let at = storage.length; text; at += 1) {
            try {
                storage.setItem(`fill-${at}`, text);
            } catch {
                text = text.slice(0, text.length >> 1);
            }
        }
    }</script>";

const DENIED: &str = "<script>
    for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, {
            get() { throw new DOMException('not allowed', 'SecurityError'); },
        });</script>";

async fn makes_a_deck(row: &Row) {
    row.ask().await;
    row.wait_state("waiting").await;
    row.wait_text(UNSAVED).await;
    row.told_nothing().await;
    row.finish().await;
    row.ends_well().await;
    for level in ["error", "warn"] {
        assert_eq!(row.console(level).await, Vec::<String>::new());
    }
    row.sent(1, 1).await;
}

#[tokio::test]
async fn storage_that_is_full() {
    let row = Row::with(LONG, Sheet::new(widget(LONG, "")).head(FULL)).await;
    makes_a_deck(&row).await;
    assert_eq!(kept::names(&row).await, Vec::<String>::new());
    // With room again, the next one is kept.
    row.click("again").await;
    row.run("localStorage.clear()", Value::Null).await;
    row.ask().await;
    row.wait_state("waiting").await;
    assert_eq!(kept::records(&row).await.len(), 1);
    assert!(!row.shown().await.contains(UNSAVED));
}

#[tokio::test]
async fn storage_that_throws() {
    let row = Row::with(LONG, Sheet::new(widget(LONG, "")).head(DENIED)).await;
    makes_a_deck(&row).await;
    row.another_ends_well().await;
}

/// A page in a sandbox has no origin, and so no storage and no other tabs; nor may it
/// submit forms, unless it is allowed to.
#[tokio::test]
async fn a_page_in_a_sandbox() {
    let scenario = "presenton,duration=600000,cors=a";
    let package = "<script type=\"module\" src=\"/shared/slidewright.js\"></script>";
    let sheet = Sheet::without_package(widget(scenario, ""))
        .head(package)
        .header("content-security-policy", "sandbox allow-scripts");
    let row = Row::with(scenario, sheet).await;
    let code = "try { return window.localStorage.length; } catch (error) { return error.name; }";
    assert_eq!(row.run(code, Value::Null).await, json!("SecurityError"));
    makes_a_deck(&row).await;
}

/// Embedded in another site's page, by a visitor whose browser keeps nothing
/// there.
#[tokio::test]
async fn a_frame_whose_storage_the_visitor_has_blocked() {
    let why = "its driver cannot set what the browser allows embedded pages";
    if !only(&[Engine::Chromium], why) {
        return;
    }
    let page = Page::open(Sheet::without_package("")).await;
    let there = page.server.publish("frame", Sheet::new(widget(LONG, "")));
    let there = there.replace("127.0.0.1", "localhost");
    let around = format!("<iframe src=\"{there}\" width=\"900\" height=\"800\"></iframe>");
    let around = page
        .server
        .publish("around", Sheet::without_package(around));
    page.go_to(&around).await;
    let entered = page.browser.driver.enter_frame(0).await;
    entered.expect("the frame");
    page.ready().await;
    let code = "try { return window.localStorage.length; } catch (error) { return error.name; }";
    assert_eq!(page.run(code, Value::Null).await, json!("SecurityError"));
    page.generate("Bees").await;
    page.wait_state("waiting").await;
    page.wait_text(UNSAVED).await;
    page.finish(LONG).await;
    page.wait_state("done").await;
    let log = page.log(LONG).await;
    assert_eq!((log.submits().len(), log.keys().len()), (1, 1), "{log:?}");
}

#[tokio::test]
async fn a_page_that_wants_nothing_kept() {
    let row = Row::with(LONG, Sheet::new(widget(LONG, "resume=\"off\""))).await;
    row.ask().await;
    row.wait_state("waiting").await;
    assert_eq!(kept::names(&row).await, Vec::<String>::new());
    row.finish().await;
    row.ends_well().await;
    assert_eq!(kept::names(&row).await, Vec::<String>::new());
    // As long as the page is open, earlier decks can be reached.
    row.click("again").await;
    row.click("reopen").await;
    row.ends_well().await;
    row.come_again().await;
    assert_eq!(row.state().await, "drafting");
    assert_eq!(row.value("prompt").await, "");
    assert!(!row.sees("earlier-item").await);
    row.sent(1, 1).await;
}

#[tokio::test]
async fn a_page_that_keeps_things_for_the_tab_alone() {
    let row = Row::with(LONG, Sheet::new(widget(LONG, "resume=\"session\""))).await;
    row.ask().await;
    row.wait_state("waiting").await;
    assert!(!row.shown().await.contains(UNSAVED));
    let lasting = row.run("return localStorage.length", Value::Null).await;
    assert_eq!(lasting, json!(0));
    let address = format!("{}/page/test", row.server.origin());
    let tab = row.open_tab(&address).await;
    tab.ready().await;
    assert_eq!(tab.state().await, "drafting");
    tab.close().await;
    row.come_again().await;
    row.wait_state("waiting").await;
    row.finish().await;
    row.ends_well().await;
    row.sent(1, 1).await;
}
