//! The property `headers`: tokens of the host's own, fresh for each call.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Server, Sheet, widget};

#[tokio::test]
async fn a_function_is_told_the_purpose_and_the_job() {
    let scenario = "presenton,duration=900,auth=right";
    let page = Page::with_widget(scenario, "").await;
    let host = "window.asked = [];
        el.headers = async (context) => {
            asked.push({ ...context, signal: context.signal instanceof AbortSignal });
            await new Promise((go) => setTimeout(go));
            return { Authorization: 'Bearer right' };
        }";
    page.run(host, Value::Null).await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    let asked = page.run("return asked", Value::Null).await;
    let submit = json!({"purpose": "submit", "jobId": null, "signal": true});
    assert_eq!(asked[0], submit);
    let job = page.run("return el.snapshot.jobId", Value::Null).await;
    let status = json!({"purpose": "status", "jobId": job, "signal": true});
    let asked = asked.as_array().expect("a list");
    assert!(asked.len() > 1);
    assert!(asked[1..].iter().all(|it| *it == status), "{asked:?}");
}

#[tokio::test]
async fn it_is_asked_once_more_after_a_401() {
    let scenario = "presenton,duration=900,auth=right";
    let page = Page::with_widget(scenario, "").await;
    let host = "window.asked = [];
        el.headers = ({ purpose }) => {
            asked.push(purpose);
            return { Authorization: asked.length < 2 ? 'Bearer old' : 'Bearer right' };
        }";
    page.run(host, Value::Null).await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    let asked = page.run("return asked.slice(0, 3)", Value::Null).await;
    assert_eq!(asked, json!(["submit", "submit", "status"]));
    let log = page.log(scenario).await;
    assert_eq!((log.keys().len(), log.jobs()), (1, 1), "{log:?}");
}

#[tokio::test]
async fn and_no_third_time() {
    let scenario = "presenton,auth=right";
    let page = Page::with_widget(scenario, "").await;
    let host = "window.asked = 0;
        el.headers = () => { asked += 1; return { Authorization: 'Bearer wrong' }; }";
    page.run(host, Value::Null).await;
    page.generate("Bees").await;
    page.wait_text("sign in again").await;
    assert_eq!(page.run("return asked", Value::Null).await, json!(2));
    assert_eq!(page.value("prompt").await, "Bees");
}

#[tokio::test]
async fn a_function_that_throws_sends_nothing() {
    let scenario = "presenton,duration=900";
    let page = Page::with_widget(scenario, "").await;
    page.run(
        "el.headers = () => { throw new Error('no token') }",
        Value::Null,
    )
    .await;
    page.generate("Bees").await;
    page.wait_text("Nothing was sent").await;
    assert_eq!(page.log(scenario).await.requests(), &[] as &[Value]);
    let said = page.console("error").await;
    assert!(said.iter().any(|it| it.contains("no token")), "{said:?}");
}

#[tokio::test]
async fn new_headers_bring_a_signed_out_job_back() {
    let scenario = "presenton,duration=600000,auth=right";
    let page = Page::with_widget(scenario, "").await;
    page.run(
        "el.headers = { Authorization: 'Bearer right' }",
        Value::Null,
    )
    .await;
    page.fill("prompt", "Bees").await;
    page.click("submit").await;
    page.wait_state("waiting").await;
    page.run("el.headers = { Authorization: 'Bearer old' }", Value::Null)
        .await;
    page.wait_text("doesn't recognise this page's sign-in")
        .await;
    page.finish(scenario).await;
    page.run(
        "el.headers = { Authorization: 'Bearer right' }",
        Value::Null,
    )
    .await;
    page.wait_state("done").await;
}

#[tokio::test]
async fn calls_to_the_pages_own_origin_are_marked() {
    let scenario = "presenton,duration=900";
    let page = Page::with_widget(scenario, "").await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    let log = page.log(scenario).await;
    assert!(log.requests().len() > 1);
    for request in log.requests() {
        assert_eq!(request["headers"]["x-slidewright"], json!("1"), "{request}");
    }
    let key = log.submits()[0]["headers"]["idempotency-key"].clone();
    assert!(key.as_str().is_some_and(|key| key.len() >= 32), "{key}");
}

#[tokio::test]
async fn calls_to_another_origin_need_no_leave() {
    let other = Server::start().await;
    let scenario = "presenton,duration=900,contract=a";
    let html = widget(scenario, "").replace("\"/sim", &format!("\"{}/sim", other.origin()));
    let page = Page::open(Sheet::new(html)).await;
    page.ready().await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    let log = other.log(scenario).await;
    for request in log.requests() {
        let headers = &request["headers"];
        assert_eq!(headers["x-slidewright"], Value::Null, "{request}");
        assert_eq!(headers["idempotency-key"], Value::Null, "{request}");
    }
}

#[tokio::test]
async fn cookies_travel_as_the_page_says() {
    let scenario = "presenton,duration=900,contract=b";
    let cookie = |credentials: &'static str| async move {
        let page = Page::with_widget(scenario, credentials).await;
        page.run("document.cookie = 'who=me; path=/'", Value::Null)
            .await;
        page.generate("Bees").await;
        page.wait_state("done").await;
        page.log(scenario).await.submits()[0]["headers"]["cookie"].clone()
    };
    assert_eq!(cookie("").await, json!("who=me"));
    assert_eq!(cookie("credentials=\"omit\"").await, Value::Null);
}
