//! A first visit from any host of files, and a second one without it.

use slidewright_e2e::{Deck, Engine, deck, only};

use super::demo::Demo;

/// A deck of a service that gives a file, at the first visit and at one without a host.
async fn makes_a_deck(service: &str) {
    let demo = Demo::open().await;
    let first = made(&demo, service).await;
    // What was not needed so far is kept while nobody waits for it.
    kept(&demo).await;

    demo.host.stop().await;
    demo.visit_again().await;
    demo.is("ready").await;
    let second = made(&demo, service).await;
    assert_eq!(first, second);
}

async fn made(demo: &Demo, service: &str) -> (u64, String) {
    demo.choose_behind(service, "normal").await;
    demo.ask(service).await;
    demo.hurry().await;
    demo.wait_state("done").await;
    demo.click("download").await;
    let file = &demo.browser.saved(1).await[0];
    let deck = Deck::read(file);
    if let Some(pages) = deck::pages(file) {
        assert_eq!(pages as u64, deck.slides, "LibreOffice sees other slides");
    }
    assert!(deck.slides >= 3, "{deck:?}");
    assert!(deck.title.contains("Bees in the city"), "{deck:?}");
    // One engine writes the next over it, which may have the same name.
    std::fs::remove_file(file).expect("the file is ours");
    demo.click("again").await;
    demo.wait_state("drafting").await;
    (deck.slides, deck.title)
}

async fn kept(demo: &Demo) {
    let code = "const keys = await Promise.all((await caches.keys()).map(
            async (name) => (await (await caches.open(name)).keys()).map((key) => key.url)));
        return keys.flat().some((url) => url.endsWith('slidespeak.json'))";
    let code = format!("(async () => {{ {code} }})()");
    demo.wait("the whole site at hand", &code).await;
}

#[tokio::test]
async fn presenton_does() {
    makes_a_deck("presenton").await;
}

#[tokio::test]
async fn presentons_cloud_does() {
    makes_a_deck("presenton-v3").await;
}

#[tokio::test]
async fn duomi_does() {
    makes_a_deck("duomi").await;
}

#[tokio::test]
async fn perceptis_does() {
    makes_a_deck("perceptis").await;
}

#[tokio::test]
async fn gamma_does_by_its_descriptor() {
    makes_a_deck("gamma").await;
}

#[tokio::test]
async fn slidespeak_does_by_its_descriptor() {
    makes_a_deck("slidespeak").await;
}

#[tokio::test]
async fn chronicle_gives_a_page_in_the_place_of_a_file() {
    if !only(
        &[Engine::Chromium],
        "a second window is what another test is about",
    ) {
        return;
    }
    let demo = Demo::open().await;
    demo.choose_behind("chronicle", "normal").await;
    demo.ask("chronicle").await;
    demo.hurry().await;
    demo.wait_state("done").await;
    demo.click("again").await;
    demo.host.stop().await;
    demo.visit_again().await;
    demo.is("ready").await;
    demo.choose_behind("chronicle", "normal").await;
    demo.ask("chronicle").await;
    demo.hurry().await;
    demo.wait_state("done").await;
    let href = demo.run("return one('link').href", serde_json::Value::Null);
    let href = href.await;
    demo.go_to(href.as_str().expect("an address")).await;
    demo.wait(
        "the page of the deck",
        "document.body.innerText.includes('Bees')",
    )
    .await;
}
