//! One slide in several versions: each is its own file, and its name says which.

use serde_json::{Value, json};
use slidewright_e2e::{Page, log};

#[tokio::test]
async fn versions_of_a_slide_are_told_apart() {
    let scenario = "perceptis,duration=600000";
    let page = Page::with_widget(scenario, "").await;
    page.part("output-type").await;
    assert!(!page.sees("variant-count").await, "a deck has no versions");
    assert!(!page.sees("file-input").await);
    page.choose("output-type", "single_slide").await;
    page.fill("variant-count", "2").await;
    page.part("file-input").await;
    page.generate("Bees").await;

    // This service counts nothing, so nothing is counted.
    page.wait_state("waiting").await;
    page.wait(
        "a clock",
        "/^[0-9]+:(?!00)[0-9]{2}$/.test(one('elapsed').innerText)",
    )
    .await;
    let bar = "const bar = one('progress');
        return [bar.getAttribute('aria-valuenow'), bar.hasAttribute('data-busy'),
            one('slides').innerText, one('slide-strip').innerText, /\\d ?%/.test(el.shadowRoot.querySelector('.screen').innerText)]";
    let bar = page.run(bar, Value::Null).await;
    assert_eq!(bar, json!([null, true, "", "", false]));

    page.finish(scenario).await;
    page.wait_state("done").await;
    page.part("download").await;
    let names = page.run(
        "return all('download').map((it) => it.innerText)",
        Value::Null,
    );
    let wanted = json!(["Version 1: download PPTX", "Version 2: download PPTX"]);
    assert_eq!(names.await, wanted);
    for version in 0..2 {
        page.click_on(&format!(
            "div.row:nth-of-type({}) [part~=download]",
            version + 1
        ))
        .await;
        page.browser.saved(version + 1).await;
    }
    let log = page.log(scenario).await;
    let sent = log::body(log.calls("POST", "/generate")[0]);
    let wanted = json!({"prompt": "Bees", "output_type": "single_slide", "variant_count": 2});
    assert_eq!(sent, wanted);
}
