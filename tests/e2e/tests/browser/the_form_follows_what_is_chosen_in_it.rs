//! Fields that mean something only beside others come and go with them, and the
//! service's own lists come once somebody turns to the form.

use serde_json::{Value, json};
use slidewright_e2e::{Page, log};
use thirtyfour::Key;

/// The fields that can be seen, of those that depend on others.
async fn dependent(page: &Page) -> Value {
    let fields = "return ['sections', 'slide-count', 'language', 'narrative-type', 'rewrite-style']
        .filter((it) => all(it).some(seen))";
    page.run(fields, Value::Null).await
}

async fn assert_shows(page: &Page, fields: Value) {
    let shown =
        "JSON.stringify(['sections', 'slide-count', 'language', 'narrative-type', 'rewrite-style']
        .filter((it) => all(it).some(seen))) === JSON.stringify(args)";
    page.wait_with(&fields, shown, fields.clone()).await;
}

/// The sections that can be chosen.
async fn sections(page: &Page) -> Value {
    let offered = "return [...one('sections').querySelectorAll('label')].filter(seen)
        .map((it) => it.innerText)";
    page.run(offered, Value::Null).await
}

fn template(id: &str) -> String {
    format!("input[name=template][value=\"{id}\"]")
}

#[tokio::test]
async fn fields_that_mean_nothing_are_not_shown_and_not_sent() {
    let scenario = "chronicle,duration=600000";
    let page = Page::with_widget(scenario, "").await;
    assert_eq!(page.log(scenario).await.requests(), &[] as &[Value]);
    assert!(!page.sees("template").await, "nothing could be chosen yet");
    page.fill("prompt", "Bees").await;
    page.part("template").await;
    page.click("more-summary").await;
    page.part("non-interactive").await;
    assert_eq!(dependent(&page).await, json!([]));

    page.click("non-interactive").await;
    let free = json!(["slide-count", "language", "narrative-type", "rewrite-style"]);
    assert_shows(&page, free.clone()).await;
    page.fill("slide-count", "4").await;
    page.choose("narrative-type", "Guide").await;

    // A template has its own number of slides, and its own sections.
    page.click_on(&template("tpl_pitch")).await;
    assert_shows(&page, json!(["sections"])).await;
    let pitch = json!(["Cover", "Problem", "Solution", "Team", "Ask"]);
    assert_eq!(sections(&page).await, pitch);
    page.click_on("[part~=sections] label:nth-of-type(2)").await;
    page.click_on(&template("tpl_report")).await;
    let report = json!(["Cover", "Numbers", "Outlook"]);
    page.wait(
        "other sections",
        "[...one('sections').querySelectorAll('label')].filter(seen).length === 3",
    )
    .await;
    assert_eq!(sections(&page).await, report);
    page.click_on(&template("")).await;
    assert_shows(&page, free).await;
    assert_eq!(
        page.value("slide-count").await,
        "4",
        "it was only put aside"
    );

    page.click_on(&template("tpl_pitch")).await;
    assert_shows(&page, json!(["sections"])).await;
    page.click("submit").await;
    page.wait_state("waiting").await;
    let log = page.log(scenario).await;
    let lists = log.calls("GET", "/api/v1/templates");
    assert_eq!(lists.len(), 1, "one list for both fields: {log:?}");
    let body = log::body(log.calls("POST", "/generate")[0]);
    let sent = json!({
        "prompt": "Bees",
        "template_id": "tpl_pitch",
        "selected_section_ids": ["sec_pitch_problem"],
        "non_interactive": true,
    });
    assert_eq!(body, sent);
    page.finish(scenario).await;
    page.wait_state("done").await;
}

#[tokio::test]
async fn sections_of_another_template_are_not_sent() {
    let scenario = "chronicle,duration=600000";
    let page = Page::with_widget(scenario, "").await;
    page.fill("prompt", "Bees").await;
    page.click_on(&template("tpl_pitch")).await;
    page.click_on("[part~=sections] label:nth-of-type(2)").await;
    page.click_on(&template("tpl_report")).await;
    page.click("submit").await;
    page.wait("that it is taken", "el.snapshot.state === 'waiting'")
        .await;
    let log = page.log(scenario).await;
    let sent = log::body(log.calls("POST", "/generate")[0]);
    assert_eq!(sent["template_id"], json!("tpl_report"));
    let sections = sent["selected_section_ids"].as_array();
    assert!(sections.is_none_or(Vec::is_empty), "{sent}");
}

#[tokio::test]
async fn whoever_types_is_not_disturbed_by_a_list_that_comes() {
    let scenario = "chronicle,latency=15000";
    let page = Page::with_widget(scenario, "").await;
    page.click("prompt").await;
    page.run("one('prompt').before = true", Value::Null).await;
    page.press("Bees").await;
    assert!(!page.sees("template").await, "the list is on its way");
    page.press(Key::Left + Key::Left).await;
    page.part("template").await;
    page.press("-").await;
    let same = "return [el.shadowRoot.activeElement === one('prompt'), one('prompt').before,
        one('prompt').value]";
    let same = page.run(same, Value::Null).await;
    assert_eq!(same, json!([true, true, "Be-es"]));
}

#[tokio::test]
async fn a_list_that_cannot_be_had_is_done_without() {
    let scenario = "chronicle,duration=600000,auth=right";
    let page = Page::with_widget(scenario, "").await;
    let host = "el.headers = ({ purpose }) =>
        (purpose === 'list' ? {} : { Authorization: 'Bearer right' })";
    page.run(host, Value::Null).await;
    page.generate("Bees").await;
    page.wait_state("waiting").await;
    let log = page.log(scenario).await;
    let lists = log.calls("GET", "/api/v1/templates");
    assert_eq!(lists.len(), 1, "{log:?}");
    assert_eq!(lists[0]["status"], json!(401));
    assert_eq!(page.console("error").await, Vec::<String>::new());
    page.run("el.reset()", Value::Null).await;
    page.part("prompt").await;
    assert!(!page.sees("template").await, "there is nothing to choose");
}
