//! The other tests here rest on these: each thing that they do to a page's world
//! is noticed by the page.

use std::time::Duration;

use serde_json::{Value, json};
use slidewright_e2e::{Engine, Page, Sheet, only};
use tokio::time::sleep;

/// Any page, in a browser of its own.
async fn page() -> Page {
    Page::open(Sheet::without_package("<p>A page</p>")).await
}

/// What a request for the page itself comes to: its status, or that it failed.
async fn fetched(page: &Page) -> Value {
    let ask = "window.fetched = null;
        fetch('/page/test', { cache: 'no-store' })
            .then((it) => { window.fetched = it.status; }, () => { window.fetched = 'failed'; })";
    page.run(ask, Value::Null).await;
    page.wait("an end of the request", "window.fetched").await
}

#[tokio::test]
async fn a_hidden_page_knows_it_and_is_shown_again() {
    let page = page().await;
    page.run(
        "window.seen = []; document.addEventListener('visibilitychange',
            () => { window.seen.push(document.visibilityState); })",
        Value::Null,
    )
    .await;
    page.hide().await;
    page.show().await;
    let seen = page.run("return window.seen", Value::Null).await;
    assert_eq!(seen, json!(["hidden", "visible"]));
}

#[tokio::test]
async fn offline_fails_requests_and_is_told() {
    let page = page().await;
    let listen = "window.told = [];
        for (const name of ['offline', 'online'])
            window.addEventListener(name, () => { window.told.push([name, navigator.onLine]); })";
    page.run(listen, Value::Null).await;
    assert_eq!(fetched(&page).await, json!(200));
    page.offline(true).await;
    assert_eq!(fetched(&page).await, json!("failed"));
    page.offline(false).await;
    page.wait("both events", "window.told.length === 2").await;
    assert_eq!(fetched(&page).await, json!(200));
    let told = page.run("return window.told", Value::Null).await;
    assert_eq!(told, json!([["offline", false], ["online", true]]));
}

#[tokio::test]
async fn a_server_cut_off_refuses_and_comes_back_where_it_was() {
    let page = page().await;
    page.server.cut_off().await;
    assert_eq!(fetched(&page).await, json!("failed"));
    page.server.restore();
    assert_eq!(fetched(&page).await, json!(200));
}

#[tokio::test]
async fn frozen_processes_leave_a_gap_in_the_timers() {
    let page = page().await;
    let tick = "window.gap = 0; let last = performance.now();
        setInterval(() => {
            const now = performance.now();
            window.gap = Math.max(window.gap, now - last);
            last = now;
        }, 20)";
    page.run(tick, Value::Null).await;
    let frozen = page.browser.freeze();
    // The one thing that is waited for is time itself.
    sleep(Duration::from_millis(1500)).await;
    drop(frozen);
    page.wait("a gap as long as the sleep", "window.gap > 1400")
        .await;
}

#[tokio::test]
async fn the_clock_is_wrong_now_and_after_the_next_load() {
    let page = page().await;
    let off = "return Math.round((window.Date.now() - new window.Date().getTime()) / 1000)";
    page.set_clock(7_200_000).await;
    assert_eq!(page.run(off, Value::Null).await, json!(7200));
    page.reload().await;
    assert_eq!(page.run(off, Value::Null).await, json!(7200));
    page.set_clock(-60_000).await;
    assert_eq!(page.run(off, Value::Null).await, json!(-60));
    page.set_clock(0).await;
    assert_eq!(page.run(off, Value::Null).await, json!(0));
}

#[tokio::test]
async fn a_second_tab_shares_storage_and_hides_by_itself() {
    let page = page().await;
    page.run("localStorage.setItem('from', 'first')", Value::Null)
        .await;
    let address = page.server.publish("second", Sheet::without_package(""));
    let tab = page.open_tab(&address).await;
    let from = "return localStorage.getItem('from')";
    assert_eq!(tab.run(from, Value::Null).await, json!("first"));
    let is_second = "return location.pathname === '/page/second'";
    assert_eq!(tab.run(is_second, Value::Null).await, json!(true));
    assert_eq!(page.run(is_second, Value::Null).await, json!(false));

    let visible = "return document.visibilityState === 'visible'";
    page.hide().await;
    assert_eq!(tab.run(visible, Value::Null).await, json!(true));
    tab.hide().await;
    page.show().await;
    assert_eq!(tab.run(visible, Value::Null).await, json!(false));
    tab.close().await;
    assert_eq!(page.run(visible, Value::Null).await, json!(true));
}

#[tokio::test]
async fn a_tab_that_crashes_leaves_the_other_alive() {
    let why = "its driver ends the session when a page crashes";
    if !only(&[Engine::Chromium, Engine::Firefox], why) {
        return;
    }
    let page = page().await;
    // A lock is held as long as its page lives: the surest sign of an end.
    let hold = "navigator.locks.request('life', () => {
            window.held = true;
            return new Promise(() => {});
        })";
    let address = page.server.publish("second", Sheet::without_package(""));
    let tab = page.open_tab(&address).await;
    tab.run(hold, Value::Null).await;
    tab.wait("the lock", "window.held").await;
    page.run(hold, Value::Null).await;
    page.crash_tab(tab).await;
    page.wait("the lock of the tab that crashed", "window.held")
        .await;
    assert_eq!(fetched(&page).await, json!(200));
}

#[tokio::test]
async fn back_and_forward_lead_to_the_pages_before() {
    let page = page().await;
    let other = page.server.publish("other", Sheet::without_package(""));
    page.go_to(&other).await;
    page.back().await;
    page.wait("the page before", "location.pathname === '/page/test'")
        .await;
    page.forward().await;
    page.wait("the page after", "location.pathname === '/page/other'")
        .await;
}

#[tokio::test]
async fn a_page_in_a_hurry_shortens_its_long_timers_alone() {
    let page = Page::open(Sheet::without_package("").hurried()).await;
    let set = "window.ended = [];
        const begun = performance.now();
        for (const [delay, word] of [[20_000, 'long'], [6_000, 'short']])
            setTimeout((it) => { window.ended.push([it, performance.now() - begun]); }, delay, word)";
    page.run(set, Value::Null).await;
    let ended = page
        .wait("both timers", "window.ended.length === 2 && window.ended")
        .await;
    assert_eq!(ended[0][0], json!("long"), "{ended}");
    assert!(ended[0][1].as_f64() >= Some(3_990.0), "{ended}");
    assert!(ended[1][1].as_f64() >= Some(5_990.0), "{ended}");
}
