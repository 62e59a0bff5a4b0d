//! Frameworks own the element's attributes; the state shows in `:state()`.

use serde_json::{Value, json};
use slidewright_e2e::Page;

#[tokio::test]
async fn no_attribute_changes_during_a_job() {
    let page = Page::with_widget("presenton,duration=900", "class=\"mine\"").await;
    let attributes = "return [...el.attributes].map((it) => `${it.name}=${it.value}`)";
    let before = page.run(attributes, Value::Null).await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    assert_eq!(page.run(attributes, Value::Null).await, before);
    assert_eq!(
        page.run("return el.childNodes.length", Value::Null).await,
        json!(0)
    );
}

#[tokio::test]
async fn the_state_can_be_styled() {
    let page = Page::with_widget("presenton,duration=3000", "").await;
    let is = |state: &str| format!("el.matches(':state({state})')");
    page.wait("the state drafting", &is("drafting")).await;
    page.generate("Bees").await;
    page.wait("the state waiting", &is("waiting")).await;
    assert_eq!(
        page.run(&format!("return {}", is("drafting")), Value::Null)
            .await,
        json!(false)
    );
    page.wait("the state done", &is("done")).await;
}
