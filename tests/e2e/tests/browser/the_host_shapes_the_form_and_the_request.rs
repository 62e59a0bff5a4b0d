//! What the page's attributes and properties make of the form and of the wire.

use serde_json::{Value, json};
use slidewright_e2e::Page;

const SCENARIO: &str = "presenton,duration=900";

async fn sent(page: &Page) -> Value {
    page.generate("Bees").await;
    page.wait_state("done").await;
    page.log(SCENARIO).await.last_body()
}

#[tokio::test]
async fn body_is_laid_over_the_request() {
    let page = Page::with_widget(SCENARIO, "").await;
    let body = "el.body = { theme: 'mint-blue', list: [1, { a: true }], export_as: null }";
    page.run(body, Value::Null).await;
    let body = sent(&page).await;
    assert_eq!(body["theme"], json!("mint-blue"));
    assert_eq!(body["list"], json!([1, {"a": true}]));
    assert_eq!(body.get("export_as"), None);
    assert_eq!(body["content"], json!("Bees"));
}

#[tokio::test]
async fn body_as_a_function_has_the_last_word() {
    let page = Page::with_widget(SCENARIO, "").await;
    let body = "el.body = async (body) => ({ ...body, content: body.content + '!', extra: 1 })";
    page.run(body, Value::Null).await;
    let body = sent(&page).await;
    assert_eq!(body["content"], json!("Bees!"));
    assert_eq!(body["extra"], json!(1));
}

#[tokio::test]
async fn body_as_a_function_may_change_what_it_got() {
    let page = Page::with_widget(SCENARIO, "").await;
    page.run("el.body = (body) => { body.extra = 'yes' }", Value::Null)
        .await;
    assert_eq!(sent(&page).await["extra"], json!("yes"));
}

#[tokio::test]
async fn choices_are_offered_and_sent() {
    let page = Page::with_widget(SCENARIO, "fields=\"prompt template\"").await;
    let choices = "el.choices = { template: [
        { value: 'swift', label: 'Our house style' }, 'general',
    ] }";
    page.run(choices, Value::Null).await;
    let labels = "[...one('template').options].map((it) => it.label).join() === args";
    page.wait_with(
        "the choices",
        labels,
        json!("Automatic,Our house style,General"),
    )
    .await;
    page.choose("template", "swift").await;
    assert_eq!(sent(&page).await["template"], json!("swift"));
}

#[tokio::test]
async fn fields_are_shown_in_the_order_given() {
    let page = Page::with_widget(SCENARIO, "fields=\"tone, prompt, slide-count\"").await;
    let shown = "return all('input').filter(seen).map((it) => it.name)";
    let shown = page.run(shown, Value::Null).await;
    assert_eq!(shown, json!(["tone", "prompt", "slide-count"]));
    assert!(!page.sees("more").await);
}

#[tokio::test]
async fn a_hidden_fields_preset_is_sent() {
    let attributes = "fields=\"prompt\" slide-count=\"12\" tone=\"casual\" format=\"pdf\" \
                      language=\"de\" web-search=\"true\"";
    let page = Page::with_widget(SCENARIO, attributes).await;
    let body = sent(&page).await;
    assert_eq!(body["n_slides"], json!(12));
    assert_eq!(body["tone"], json!("casual"));
    assert_eq!(body["export_as"], json!("pdf"));
    assert_eq!(body["language"], json!("German"));
    assert_eq!(body["web_search"], json!(true));
}

#[tokio::test]
async fn a_locked_field_is_shown_and_keeps_its_value() {
    let attributes = "locked=\"slide-count format\" slide-count=\"6\"";
    let page = Page::with_widget(SCENARIO, attributes).await;
    page.part("slide-count").await;
    let code = "return [one('slide-count').readOnly, one('format').disabled]";
    assert_eq!(page.run(code, Value::Null).await, json!([true, true]));
    // Whatever a visitor makes of the page in the browser's own tools.
    let force = "one('slide-count').readOnly = false; one('slide-count').value = '40';
        one('slide-count').dispatchEvent(new InputEvent('input', { bubbles: true }))";
    page.run(force, Value::Null).await;
    assert_eq!(sent(&page).await["n_slides"], json!(6));
}

#[tokio::test]
async fn the_host_narrows_the_number_of_slides() {
    let page = Page::with_widget(SCENARIO, "min-slide-count=\"3\" max-slide-count=\"6\"").await;
    page.fill("slide-count", "7").await;
    page.generate("Bees").await;
    page.wait_text("from 3 to 6").await;
    page.fill("slide-count", "6").await;
    assert_eq!(sent(&page).await["n_slides"], json!(6));
}

#[tokio::test]
async fn submit_may_bring_its_own_request() {
    let page = Page::with_widget(SCENARIO, "").await;
    let request = "el.submit({ prompt: 'Wasps', slideCount: 4, body: { extra: [1] } })";
    page.run(request, Value::Null).await;
    page.wait_state("done").await;
    let body = page.log(SCENARIO).await.last_body();
    assert_eq!(body["content"], json!("Wasps"));
    assert_eq!(body["n_slides"], json!(4));
    assert_eq!(body["extra"], json!([1]));
}

#[tokio::test]
async fn a_disabled_widget_sends_nothing() {
    let page = Page::with_widget(SCENARIO, "disabled").await;
    page.fill("prompt", "Bees").await;
    let disabled = page.run("return one('submit').disabled", Value::Null).await;
    assert_eq!(disabled, json!(true));
    page.run("el.submit()", Value::Null).await;
    assert_eq!(page.state().await, "drafting");
    page.run("el.removeAttribute('disabled')", Value::Null)
        .await;
    page.wait("a button that works", "!one('submit').disabled")
        .await;
    sent(&page).await;
    assert_eq!(page.log(SCENARIO).await.submits().len(), 1);
}

#[tokio::test]
async fn the_rarer_options_reach_the_wire() {
    let page = Page::with_widget(SCENARIO, "").await;
    page.click("more-summary").await;
    page.choose("tone", "educational").await;
    page.choose("verbosity", "concise").await;
    page.choose("template", "modern").await;
    page.fill("instructions", "No animals").await;
    page.click("table-of-contents").await;
    page.click("title-slide").await;
    let body = sent(&page).await;
    let wanted = json!({
        "tone": "educational", "verbosity": "concise", "template": "modern",
        "instructions": "No animals", "include_table_of_contents": true,
        "include_title_slide": false,
    });
    for (member, value) in wanted.as_object().expect("an object") {
        assert_eq!(&body[member], value, "{member} of {body}");
    }
}
