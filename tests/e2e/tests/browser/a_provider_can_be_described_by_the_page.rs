//! `provider="custom"`: a service that we do not know, from its description.

use std::fs;

use serde_json::{Value, json};
use slidewright_e2e::server::repository;
use slidewright_e2e::{Deck, Page, Server, Sheet, Widget, described, log};

const BY_ATTRIBUTE: &str = "gamma,duration=300,run=attribute";
const BY_PROPERTY: &str = "gamma,duration=300,auth=right";
const BY_ADDRESS: &str = "gamma,duration=300,run=address";
const SLIDESPEAK: &str = "slidespeak,duration=300";

fn description(name: &str) -> String {
    let file = repository().join("pkg/descriptors").join(name);
    fs::read_to_string(file).expect("a description")
}

async fn assert_made(at: &Widget) {
    at.wait_state("done").await;
    let name = at.text("download").await;
    assert!(name.starts_with("Download PPTX"), "{name}");
}

#[tokio::test]
async fn in_an_attribute_in_a_property_and_in_a_file() {
    let gamma = description("gamma.json");
    let html = [
        described(BY_ATTRIBUTE, &format!("id=\"a\" descriptor='{gamma}'")),
        described(BY_PROPERTY, "id=\"b\""),
        described(
            BY_ADDRESS,
            "id=\"c\" descriptor=\"/descriptors/gamma.json\"",
        ),
        described(
            SLIDESPEAK,
            "id=\"d\" descriptor=\"../descriptors/slidespeak.json\"",
        ),
    ];
    let code = format!(
        "const b = document.querySelector('#b');
         b.descriptor = {gamma}; b.headers = {{ 'X-API-KEY': 'right' }}"
    );
    let page = Page::open(Sheet::new(html.concat()).script(&code)).await;
    let all = ["#a", "#b", "#c", "#d"].map(|id| page.widget(id));
    for at in &all {
        at.ready().await;
        at.generate("Bees").await;
    }
    for at in &all {
        assert_made(at).await;
    }
    for scenario in [BY_ATTRIBUTE, BY_PROPERTY, BY_ADDRESS] {
        let log = page.log(scenario).await;
        let submits = log.calls("POST", "/v1.0/generations");
        let sent = json!({
            "inputText": "Bees", "format": "presentation", "numCards": 8, "exportAs": "pptx",
        });
        assert_eq!(log::body(submits[0]), sent);
        assert_eq!((log.jobs(), submits.len()), (1, 1), "{log:?}");
    }
    let log = page.log(SLIDESPEAK).await;
    let sent = log::body(log.calls("POST", "/presentation/generate")[0]);
    let wanted = json!({"plain_text": "Bees", "length": 8, "response_format": "powerpoint"});
    assert_eq!(sent, wanted);

    all[2].click("download").await;
    let file = &page.browser.saved(1).await[0];
    assert_eq!(Deck::read(file).slides, 8);
    let link = all[2]
        .run("return one('link').innerText", Value::Null)
        .await;
    assert!(
        link.as_str()
            .is_some_and(|it| it.starts_with("Open in the editor"))
    );
    let provider = &page.events("accepted").await[0]["detail"]["provider"];
    assert!(["gamma", "slidespeak"].iter().any(|it| provider == it));
    assert_eq!(page.console("error").await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_wrong_with_it_is_named_for_the_pages_developer() {
    let cases = [
        (
            description("gamma.json").replace("\"integer\"", "\"number\""),
            "fields/slide-count/kind: must be text, integer",
        ),
        (
            description("gamma.json").replace("\"word\"", "\"words\""),
            "status/words: is not known here",
        ),
        ("{ no json }".into(), "it is no JSON"),
        ("/descriptors/nothing.json".into(), "answered 404"),
        ("/page/test".into(), "it is no JSON"),
    ];
    let html = cases
        .iter()
        .enumerate()
        .map(|(at, (json, _))| described("gamma", &format!("id=\"w{at}\" descriptor='{json}'")));
    let page = Page::open(Sheet::new(html.collect::<String>())).await;
    for (at, (_, wrong)) in cases.iter().enumerate() {
        let here = page.widget(&format!("#w{at}"));
        here.wait_text("This form isn't set up yet").await;
        here.wait_text(wrong).await;
    }
    let said = page.console("error").await;
    assert_eq!(said.len(), cases.len(), "{said:?}");
    for (_, wrong) in &cases {
        assert!(
            said.iter().any(|it| it.contains(wrong)),
            "{wrong}: {said:?}"
        );
    }
    let events = page.events("error").await;
    assert_eq!(events.len(), cases.len());
    assert!(
        events
            .iter()
            .all(|it| it["detail"]["code"] == "bad-descriptor")
    );
}

#[tokio::test]
async fn another_origin_does_not_say_where_words_go() {
    let other = Server::start().await;
    let address = format!("{}/descriptors/gamma.json", other.origin());
    let html = described("gamma", &format!("descriptor=\"{address}\""));
    let page = Page::open(Sheet::new(html)).await;
    page.wait_text("it must be on the page's own origin").await;
    let asked = "return performance.getEntriesByType('resource').map((it) => it.name)
        .filter((it) => !it.startsWith(location.origin))";
    assert_eq!(page.run(asked, Value::Null).await, json!([]));
    page.run("el.descriptor = '/descriptors/gamma.json'", Value::Null)
        .await;
    page.part("prompt").await;
}
