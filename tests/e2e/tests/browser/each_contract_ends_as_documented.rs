//! Whose replies end in which links: contract B gives none at all.

use serde_json::json;
use slidewright_e2e::Page;

/// Runs a job to its end; what is offered then: downloads, and links.
async fn offered(scenario: &str) -> (Page, u64, u64) {
    let page = Page::with_widget(scenario, "").await;
    page.generate("Bees in the city").await;
    page.wait_state("done").await;
    page.part("again").await;
    let count = |part: &'static str| page.run("return all(args).filter(seen).length", json!(part));
    let downloads = count("download").await.as_u64().expect("a number");
    let links = count("link").await.as_u64().expect("a number");
    (page, downloads, links)
}

#[tokio::test]
async fn contract_a_gives_a_file_and_an_editor() {
    let (page, downloads, links) = offered("presenton,contract=a,duration=900").await;
    assert_eq!((downloads, links), (1, 1));
    let href = page.run("return one('download').href", json!(null)).await;
    let href = href.as_str().expect("an address");
    assert!(
        href.contains("/app_data/exports/") && !href.contains(' '),
        "{href}"
    );
}

#[tokio::test]
async fn contract_b_says_that_there_is_no_link() {
    let (page, downloads, links) = offered("presenton,contract=b,duration=900").await;
    assert_eq!((downloads, links), (0, 0));
    page.wait_text("gave no link to it").await;
}

#[tokio::test]
async fn contract_c_gives_a_file_and_an_editor() {
    let (_, downloads, links) = offered("presenton,contract=c,duration=900").await;
    assert_eq!((downloads, links), (1, 1));
}

#[tokio::test]
async fn the_cloud_gives_a_file_and_an_editor() {
    let (_, downloads, links) = offered("presenton,contract=cloud,duration=900").await;
    assert_eq!((downloads, links), (1, 1));
}

#[tokio::test]
async fn the_current_cloud_gives_a_file_and_an_editor() {
    let (_, downloads, links) = offered("presenton-v3,duration=900").await;
    assert_eq!((downloads, links), (1, 1));
}
