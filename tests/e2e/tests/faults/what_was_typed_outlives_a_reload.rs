//! What a visitor has typed and chosen is there again after a reload, as long as
//! the tab lives; and gone once it has served.

use serde_json::{Value, json};
use slidewright_e2e::{Sheet, widget};

use crate::kept;
use crate::row::{Row, TOPIC};

const SCENARIO: &str = "presenton,duration=300";

#[tokio::test]
async fn texts_and_choices() {
    let row = Row::open(SCENARIO).await;
    row.fill(
        "prompt",
        "Bees\nand \"wasps\" <b> \u{1f41d}\u{fe0f} in Zürich",
    )
    .await;
    row.fill("slide-count", "7").await;
    row.click("more-summary").await;
    row.choose("tone", "casual").await;
    row.click("web-search").await;
    let typed = "return ['prompt', 'slide-count', 'tone', 'web-search'].map((it) => {
        const field = one(it);
        const input = field.matches('input, select, textarea') ? field : field.querySelector('input');
        return input.type === 'checkbox' ? input.checked : input.value;
    })";
    let before = row.run(typed, Value::Null).await;
    row.come_again().await;
    assert_eq!(row.run(typed, Value::Null).await, before);
    assert_eq!((&before[2], &before[3]), (&json!("casual"), &json!(true)));
    row.told_nothing().await;
    // It is sent as it stands there.
    row.click("submit").await;
    row.ends_well().await;
    let body = row.log(SCENARIO).await.last_body();
    assert_eq!(body["content"], before[0]);
    assert_eq!(body["n_slides"], json!(7));
    assert_eq!(body["tone"], json!("casual"));
    assert_eq!(body["web_search"], json!(true));
}

#[tokio::test]
async fn an_outline() {
    let sheet = Sheet::new(widget(SCENARIO, "fields=\"outline\""));
    let row = Row::with(SCENARIO, sheet).await;
    let outline = "# Bees\n- They are warm\n\n# Hives\n| a | b |";
    // Not every driver types the ends of lines.
    let write = "one('outline').value = args;
        one('outline').dispatchEvent(new InputEvent('input', { bubbles: true }))";
    row.part("outline").await;
    row.run(write, json!(outline)).await;
    row.come_again().await;
    assert_eq!(row.value("outline").await, outline);
    row.wait_text("Slides in the outline: 2").await;
}

/// Browsers let no page choose a file, so they are named.
#[tokio::test]
async fn the_names_of_files() {
    let row = Row::open(SCENARIO).await;
    row.click("more-summary").await;
    let files = ["notes on bees.txt", "hives.csv"].map(|name| row.browser.file(name, "Bees"));
    row.choose_files(&files).await;
    row.wait_text("hives.csv").await;
    row.fill("prompt", TOPIC).await;
    row.come_again().await;
    assert_eq!(row.value("prompt").await, TOPIC);
    let lost = "Please choose again: notes on bees.txt, hives.csv";
    row.wait_text(lost).await;
    // Nor does a second one, with what was typed since.
    row.fill("prompt", "Wasps").await;
    row.come_again().await;
    assert_eq!(row.value("prompt").await, "Wasps");
    row.wait_text(lost).await;
    assert!(
        !kept::dump(&row)
            .await
            .contains(files[0].to_str().expect("a path"))
    );
    row.sent(0, 0).await;
}

/// Nothing of the request is left once the deck is there.
#[tokio::test]
async fn it_goes_when_the_deck_is_made() {
    let row = Row::open("presenton,duration=600000").await;
    row.ask().await;
    row.wait_state("waiting").await;
    assert!(kept::dump(&row).await.contains(TOPIC));
    row.finish().await;
    row.ends_well().await;
    let kept = kept::dump(&row).await;
    assert!(!kept.contains(TOPIC), "{kept}");
    row.come_again().await;
    row.ends_well().await;
    row.click("again").await;
    assert_eq!(row.value("prompt").await, "");
}

/// Another tab begins with an empty form.
#[tokio::test]
async fn it_stays_in_its_tab() {
    let row = Row::open(SCENARIO).await;
    row.fill("prompt", TOPIC).await;
    let tab = row
        .open_tab(&format!("{}/page/test", row.server.origin()))
        .await;
    tab.ready().await;
    assert_eq!(tab.value("prompt").await, "");
    tab.fill("prompt", "Wasps").await;
    row.come_again().await;
    assert_eq!(row.value("prompt").await, TOPIC);
}
