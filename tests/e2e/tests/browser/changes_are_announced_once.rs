//! What those hear who listen to the page: each change once, be it announced or
//! read out because the focus moves to it, and no figures.

use serde_json::{Value, json};
use slidewright_e2e::Page;

const VOICE: &str = "root.querySelector('.voice[role=status]')?.textContent";

/// The focus stays on the page, so nothing is read out because of it.
async fn submit_from_outside(page: &Page) {
    page.run("el.submit({ prompt: 'Bees' })", Value::Null).await;
}

#[tokio::test]
async fn done_is_said_once_and_no_percentage_on_the_way() {
    let page = Page::with_widget("presenton,duration=5000", "").await;
    // Every change counts, also one from a text to the same: it is heard twice.
    let listen = "window.said = [];
        const voice = el.shadowRoot.querySelector('.voice[role=status]');
        const hear = (changes) => changes.forEach((it) => said.push(it.target.textContent));
        new MutationObserver(hear).observe(voice, { childList: true, subtree: true, characterData: true })";
    page.run(listen, Value::Null).await;
    submit_from_outside(&page).await;
    page.wait_state("done").await;
    page.wait("the end announced", "said.at(-1) === 'Your deck is ready'")
        .await;
    let said = page.run("return said", Value::Null).await;
    let said = said.as_array().expect("a list");
    let done = said.iter().filter(|it| **it == json!("Your deck is ready"));
    assert_eq!(done.count(), 1, "{said:?}");
    let figures = said.iter().filter_map(Value::as_str);
    let figures = figures.filter(|it| it.contains(|letter: char| letter.is_ascii_digit()));
    assert_eq!(figures.collect::<Vec<_>>(), Vec::<&str>::new());
}

#[tokio::test]
async fn what_the_focus_moves_to_is_not_said_as_well() {
    let page = Page::with_widget("presenton,duration=900", "").await;
    page.trace("voice", VOICE).await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    page.wait(
        "the focus at the heading",
        "el.shadowRoot.activeElement?.textContent === 'Your deck is ready'",
    )
    .await;
    let said = page.traced("voice").await;
    assert!(!said.contains(&json!("Your deck is ready")), "{said:?}");
}

#[tokio::test]
async fn nothing_else_that_moves_is_a_live_region() {
    let page = Page::with_widget("presenton,duration=60000", "").await;
    page.generate("Bees").await;
    page.wait("a progress", "el.snapshot.slidesTotal").await;
    let live = "return ['progress', 'step', 'slides', 'elapsed'].filter((part) => {
        const region = one(part).closest('[role=status], [role=alert], [role=log], [role=timer], [aria-live]');
        return region && region.getAttribute('aria-live') !== 'off';
    })";
    assert_eq!(page.run(live, Value::Null).await, json!([]));
}

#[tokio::test]
async fn a_failure_is_said() {
    let page = Page::with_widget("presenton,duration=1500,fail=outline", "").await;
    page.trace("voice", VOICE).await;
    submit_from_outside(&page).await;
    page.wait_state("failed").await;
    page.wait(
        "it announced",
        "record.traces.voice.at(-1) === 'Your deck could not be made'",
    )
    .await;
}
