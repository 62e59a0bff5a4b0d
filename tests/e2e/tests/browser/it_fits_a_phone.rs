//! 320 CSS pixels wide: nothing to scroll sideways, and fields that a phone
//! does not zoom into.

use serde_json::{Value, json};
use slidewright_e2e::Page;

async fn phone(scenario: &str) -> Page {
    phone_with(scenario, "").await
}

async fn phone_with(scenario: &str, attributes: &str) -> Page {
    let page = Page::with_widget(scenario, attributes).await;
    let metrics = json!({"width": 320, "height": 640, "deviceScaleFactor": 2, "mobile": true});
    page.browser
        .cdp("Emulation.setDeviceMetricsOverride", metrics)
        .await;
    page.wait("a narrow page", "innerWidth === 320").await;
    page
}

async fn assert_fits(page: &Page, state: &str) {
    let wider = "const page = document.scrollingElement;
        const frame = el.getBoundingClientRect();
        const nodes = [...el.shadowRoot.querySelectorAll('*')].filter(seen)
            .filter((it) => !it.closest('.voice') && !it.closest('[part~=progress]'));
        const out = nodes.filter((it) => {
            const box = it.getBoundingClientRect();
            return box.left < frame.left - 0.5 || box.right > frame.right + 0.5;
        });
        return { scrolls: page.scrollWidth > page.clientWidth, out: out.map((it) => it.outerHTML) }";
    let found = page.run(wider, Value::Null).await;
    assert_eq!(found, json!({"scrolls": false, "out": []}), "{state}");
}

#[tokio::test]
async fn the_form_and_a_finished_deck() {
    let page = phone("presenton,duration=3000").await;
    page.click("more-summary").await;
    page.part("instructions").await;
    assert_fits(&page, "form").await;
    let small = "return all('input').filter((it) => it.type !== 'checkbox')
        .filter((it) => parseFloat(getComputedStyle(it).fontSize) < 16).map((it) => it.name)";
    assert_eq!(page.run(small, Value::Null).await, json!([]));
    page.click("submit").await;
    page.part("field-error").await;
    assert_fits(&page, "a complaint").await;
    page.generate("Bees").await;
    page.wait("a progress", "el.snapshot.slidesTotal").await;
    assert_fits(&page, "waiting").await;
    page.wait_state("done").await;
    page.part("download").await;
    assert_fits(&page, "done").await;
}

#[tokio::test]
async fn a_failure_with_its_details() {
    let page = phone("presenton,duration=900,fail=renderer").await;
    page.generate("Bees").await;
    page.wait_state("failed").await;
    page.click("details-summary").await;
    page.part("provider-text").await;
    assert_fits(&page, "failed").await;
}

#[tokio::test]
async fn a_keyboard_that_suits_the_field() {
    let page = phone("presenton,duration=900").await;
    let hints = "return [one('prompt').enterKeyHint, one('slide-count').inputMode,
        one('slide-count').enterKeyHint].map(Boolean)";
    let hints = page.run(hints, Value::Null).await;
    assert_eq!(hints, json!([true, true, true]));
}

#[tokio::test]
async fn the_prompt_grows_with_its_text() {
    let page = phone("presenton,duration=900").await;
    let height = "return one('prompt').offsetHeight";
    let before = page.run(height, Value::Null).await.as_u64();
    page.fill("prompt", &"a line\n".repeat(9)).await;
    let after = page.run(height, Value::Null).await.as_u64();
    assert!(after > before, "{before:?} {after:?}");
}

#[tokio::test]
async fn a_question_with_a_round_behind_it() {
    let page = phone("chronicle,duration=300,questions=2").await;
    page.fill("prompt", "Bees").await;
    page.part("template").await;
    page.click_on("input[name=template][value=tpl_pitch]").await;
    page.part("sections").await;
    assert_fits(&page, "templates and sections").await;
    page.click("submit").await;
    page.part("answer").await;
    assert_fits(&page, "a question").await;
    let answer = "return [parseFloat(getComputedStyle(one('answer')).fontSize) >= 16,
        Boolean(one('answer').enterKeyHint)]";
    assert_eq!(page.run(answer, Value::Null).await, json!([true, true]));
    page.fill("answer", &"https://example.org/".repeat(8)).await;
    page.click("send").await;
    page.wait(
        "the next question",
        "seen(one('answer')) && seen(one('round'))",
    )
    .await;
    assert_fits(&page, "a question with a round behind it").await;
}

#[tokio::test]
async fn a_deck_with_slides_missing() {
    let outline = (1..=30).map(|it| format!("# {it}\n")).collect::<String>();
    let attributes = format!("template-slides=\"title=slide_a\" outline=\"{outline}\"");
    let page = phone_with("duomi,duration=300,bad-slides=1.3.29", &attributes).await;
    page.part("outline").await;
    assert_fits(&page, "outline").await;
    page.click("submit").await;
    page.wait_state("done").await;
    page.part("slide-errors").await;
    assert_fits(&page, "partial").await;
}

#[tokio::test]
async fn files_with_long_names() {
    let page = phone_with("perceptis", "output-type=\"single_slide\"").await;
    page.part("file-input").await;
    assert_fits(&page, "no file yet").await;
    for (name, ending) in [("picture_of_a_hive_", "png"), ("program", "exe")] {
        let name = format!("{}.{ending}", name.repeat(9));
        assert!(page.bring_file("drop", "file", &name).await);
    }
    page.part("field-error").await;
    assert_fits(&page, "a file, and one that is not taken").await;
}
