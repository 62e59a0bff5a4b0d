//! A visitor gets a deck through each recipe, and the key stays behind it.

use serde_json::{Value, json};
use slidewright_e2e::project::record;
use slidewright_e2e::{Deck, Log, Page, Sheet};

use crate::recipe::{Caddy, KEY, Nginx, Node, Recipe, Relay, Setting, there};

/// A page of the relay's own site with a widget that is ready.
async fn visit(recipe: Recipe, scenario: &str, attributes: &str) -> (Page, Relay) {
    let page = Page::open(Sheet::without_package("")).await;
    record(&page).await;
    let relay = Relay::set_up(recipe, &page.server, &[scenario], Setting::default()).await;
    let provider = scenario.split(',').next().unwrap_or_default();
    page.go_to(&relay.publish(provider, attributes)).await;
    page.ready().await;
    (page, relay)
}

/// The service heard the key with every call, and nothing of the page's own; the page
/// heard nothing of the key, nor of where the service is.
async fn assert_kept_apart(page: &Page, scenario: &str) -> Log {
    let log = page.log(scenario).await;
    assert_eq!(log.jobs(), 1, "{log:?}");
    for request in log.requests() {
        let headers = request["headers"].as_object().expect("headers");
        let has_key = |it: &Value| it.as_str().is_some_and(|it| it.ends_with(KEY));
        assert!(headers.values().any(has_key), "{request}");
        for name in [
            "cookie",
            "origin",
            "referer",
            "x-slidewright",
            "x-forwarded-for",
            "forwarded",
        ] {
            assert!(!headers.contains_key(name), "{name}: {request}");
        }
    }
    let known = "return JSON.stringify([el.snapshot, record, document.cookie,
        document.documentElement.outerHTML, el.shadowRoot.innerHTML, { ...localStorage }])";
    let known = page.run(known, Value::Null).await;
    // The service's own links have the scenario in them, and so the key.
    let known = known.as_str().expect("a text").replace(scenario, "");
    assert!(!known.contains(KEY), "{known}");
    log
}

async fn makes_a_deck(recipe: Recipe, scenario: &str, attributes: &str) -> (Page, Relay) {
    let (page, relay) = visit(recipe, scenario, attributes).await;
    page.generate("Bees in the city").await;
    page.wait_state("done").await;
    assert_kept_apart(&page, scenario).await;
    (page, relay)
}

/// The Cloud's files have signed addresses of their own, which pass untouched.
async fn the_cloud(recipe: Recipe) {
    if there([recipe]).is_empty() {
        return;
    }
    let scenario = recipe.locked("presenton,contract=cloud,duration=300");
    let (page, _relay) = makes_a_deck(recipe, &scenario, "").await;
    let href = page.run("return one('download').href", Value::Null).await;
    let href = href.as_str().expect("an address");
    let direct = format!("{}/sim/{scenario}/static/", page.server.origin());
    assert!(href.starts_with(&direct), "{href}");
}

#[tokio::test]
async fn nginx() {
    the_cloud(Nginx).await;
}

#[tokio::test]
async fn caddy() {
    the_cloud(Caddy).await;
}

#[tokio::test]
async fn node() {
    the_cloud(Node).await;
}

/// A file that only the key opens comes through the relay, whole.
#[tokio::test]
async fn node_with_a_server_of_ones_own() {
    let scenario = Node.locked("presenton,contract=a,duration=300");
    let (page, relay) = makes_a_deck(Node, &scenario, "slide-count=\"4\"").await;
    let href = page.run("return one('download').href", Value::Null).await;
    assert!(
        href.as_str()
            .is_some_and(|it| it.starts_with(relay.origin())),
        "{href}"
    );
    page.click("download").await;
    let file = &page.browser.saved(1).await[0];
    assert_eq!(Deck::read(file).slides, 4);
    let editor = page
        .run("return all('link').filter(seen).length", Value::Null)
        .await;
    assert_eq!(
        editor,
        json!(0),
        "a link to a page that is not behind the relay"
    );
}

/// A finished deck in another format, which is asked for by the deck's own id.
#[tokio::test]
async fn node_makes_it_in_another_format() {
    let scenario = Node.locked("presenton,contract=c,duration=300");
    let (page, _relay) = makes_a_deck(Node, &scenario, "").await;
    page.click("export").await;
    page.wait("two files", "all('download').filter(seen).length === 2")
        .await;
    let log = page.log(&scenario).await;
    let export = log.calls("POST", "/export");
    let sent = slidewright_e2e::log::body(export[0]);
    let id = sent["id"].as_str().expect("a deck");
    assert!(!id.contains('.'), "the mark went on to the service: {id}");
}

#[tokio::test]
async fn node_with_the_current_cloud() {
    let scenario = Node.locked("presenton-v3,duration=300");
    makes_a_deck(Node, &scenario, "").await;
}

#[tokio::test]
async fn node_with_perceptis() {
    let scenario = Node.locked("perceptis,duration=300");
    let (page, _relay) = makes_a_deck(Node, &scenario, "").await;
    page.click("download").await;
    Deck::read(&page.browser.saved(1).await[0]);
    // The service promises to honour it.
    assert_eq!(page.log(&scenario).await.keys().len(), 1);
}

/// A question is answered through it, too.
#[tokio::test]
async fn node_with_chronicle() {
    let scenario = Node.locked("chronicle,duration=300,questions=1");
    let (page, _relay) = visit(Node, &scenario, "").await;
    page.generate("Bees in the city").await;
    page.wait_state("asking").await;
    page.fill("answer", "We keep bees").await;
    page.click("send").await;
    page.wait_state("done").await;
    let log = assert_kept_apart(&page, &scenario).await;
    assert_eq!(log.calls("POST", "/message").len(), 1, "{log:?}");
}

#[tokio::test]
async fn node_with_duomi() {
    let scenario = Node.locked("duomi,duration=300");
    let slides = "template-slides=\"title=slide_a text=slide_b table=slide_c\"";
    let (page, _relay) = visit(Node, &scenario, slides).await;
    page.fill(
        "outline",
        "# Bees in cities\n\n# Why cities\n- They are warm",
    )
    .await;
    page.click("submit").await;
    page.wait_state("done").await;
    assert_kept_apart(&page, &scenario).await;
    page.click("download").await;
    assert_eq!(Deck::read(&page.browser.saved(1).await[0]).slides, 2);
}

/// Services that the page describes, by the descriptions of the package.
#[tokio::test]
async fn node_with_described_services() {
    for provider in ["gamma", "slidespeak"] {
        let scenario = Node.locked(&format!("{provider},duration=300"));
        let (page, _relay) = makes_a_deck(Node, &scenario, "").await;
        page.click("download").await;
        Deck::read(&page.browser.saved(1).await[0]);
    }
}
