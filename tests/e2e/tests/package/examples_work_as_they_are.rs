//! Each folder of `examples/` is built with the packed package as its README says,
//! and a visitor gets a deck from it.

use std::fs;

use serde_json::{Value, json};
use slidewright_e2e::Server;
use slidewright_e2e::project::{Process, Project, StaticSite, copies};

use crate::table::{cell, full, works};
use crate::visit::{SCENARIO, Visit};

const TABLE: &str = "examples";

#[tokio::test]
async fn html() {
    let project = Project::open("examples/html", None).await;
    let site = StaticSite::of("/", project.path("."))
        .folder(
            "/slidewright",
            project.path("node_modules/slidewright/dist"),
        )
        .relay(SCENARIO)
        .serve()
        .await;
    let visit = Visit::files(&site, "/index.html").await;
    visit.makes_a_deck().await;
    visit.downloads_it_once().await;
    says(&visit, "Good luck with your talk!").await;
    works(TABLE, "`html`", "works");
}

#[tokio::test]
async fn wordpress() {
    let project = Project::open("examples/wordpress", None).await;
    let read = |name: &str| fs::read_to_string(project.path(name)).expect("a page");
    let snippet = read("snippet.html");
    assert!(
        read("index.html").contains(snippet.trim()),
        "the page is without the snippet"
    );
    let dist = project.path("node_modules/slidewright/dist");
    let site = StaticSite::of("/", project.path("."))
        .folder("/wp-content/uploads/slidewright", dist)
        .relay(SCENARIO)
        .serve()
        .await;
    let visit = Visit::files(&site, "/index.html").await;
    visit.ready().await;
    keeps_its_looks(&visit).await;
    visit.makes_a_deck().await;
    keeps_its_looks(&visit).await;
    works(TABLE, "`wordpress`", "works");
}

/// The theme's rules stop at the widget: those for every element, for buttons, fields
/// and labels, and those that the widget would inherit.
async fn keeps_its_looks(visit: &Visit) {
    let nodes = "const nodes = [...el.shadowRoot.querySelectorAll('.frame *')].filter(seen); ";
    let text = "const texts = nodes.map((node) => getComputedStyle(node)).map((style) =>
            [style.letterSpacing, style.textIndent, style.textTransform, style.fontStyle].join());
        return [...new Set(texts)]";
    let text = visit.run(&[nodes, text].concat(), Value::Null).await;
    assert_eq!(text, json!(["normal,0px,none,normal"]));
    let fonts = "return [...new Set(nodes.map((node) => getComputedStyle(node).fontFamily))]";
    let fonts = visit.run(&[nodes, fonts].concat(), Value::Null).await;
    assert_eq!(fonts, json!(["system-ui, sans-serif"]));
    let outside = "const frame = el.shadowRoot.querySelector('.frame').getBoundingClientRect();
        return nodes.filter((node) => node.getBoundingClientRect().right > frame.right)
            .map((node) => node.getAttribute('part') ?? node.className)";
    let outside = visit.run(&[nodes, outside].concat(), Value::Null).await;
    assert_eq!(outside, json!([]), "sticks out of the widget");
    let height = "return Math.max(...all('button').filter(seen).map((it) => it.offsetHeight))";
    let height = visit.run(height, Value::Null).await;
    assert!(
        height.as_f64().is_some_and(|height| height < 60.0),
        "a button of {height} px"
    );
}

#[tokio::test]
async fn react() {
    built("react", "React", "react").await;
}

#[tokio::test]
async fn vue() {
    if !full("the examples for Vue and Svelte") {
        return;
    }
    built("vue", "Vue", "vue").await;
}

#[tokio::test]
async fn svelte() {
    if !full("the examples for Vue and Svelte") {
        return;
    }
    built("svelte", "Svelte", "svelte").await;
}

/// With its own commands, behind a relay of the host's.
async fn built(name: &str, title: &str, package: &str) {
    let project = Project::open(&format!("examples/{name}"), None).await;
    project.run(&["npm", "run", "build"], &[]).await;
    let folder = project.path("dist");
    let found = copies(&folder);
    let site = StaticSite::of("/", &folder).relay(SCENARIO).serve().await;
    let visit = Visit::files(&site, "/").await;
    visit
        .wait(
            "the host's own text",
            "one('submit')?.textContent === 'Make my slides'",
        )
        .await;
    assert_eq!(visit.value("slide-count").await, "8");
    visit.makes_a_deck().await;
    visit.downloads_as_built(found).await;
    says(&visit, "Made as pptx. Good luck!").await;
    let log = site.log(SCENARIO).await;
    for request in log.submits().into_iter().chain(log.polls()) {
        assert_eq!(
            request["headers"]["x-requested-by"],
            json!("the talks page"),
            "{log:?}"
        );
    }
    works(TABLE, &format!("`{name}`"), "works");
    let versions = format!(
        "{title} {}, Vite {}",
        project.version(package),
        project.version("vite")
    );
    cell(TABLE, &format!("`{name}`"), "with", &versions);
}

#[tokio::test]
async fn the_relays_for_development() {
    if !full("the examples' development servers") {
        return;
    }
    for name in ["react", "vue", "svelte"] {
        let project = Project::open(&format!("examples/{name}"), None).await;
        let service = Server::start().await;
        let address = format!("{}/sim/{SCENARIO}", service.origin());
        let variables = [
            ("PRESENTON_URL", address.as_str()),
            ("PRESENTON_KEY", "a key that no page knows"),
        ];
        let words = [
            "npm",
            "run",
            "dev",
            "--",
            "--host",
            "127.0.0.1",
            "--port",
            "PORT",
        ];
        let process = Process::start(&project, &words, &variables, "/").await;
        let visit = Visit::dynamic(&process, "/").await;
        visit.makes_a_deck().await;
        let log = service.log(SCENARIO).await;
        assert_eq!(log.submits().len(), 1, "{name}: {log:?}");
        for request in log.submits().into_iter().chain(log.polls()) {
            let key = &request["headers"]["authorization"];
            assert_eq!(
                key,
                &json!("Bearer a key that no page knows"),
                "{name}: {log:?}"
            );
        }
    }
}

#[tokio::test]
async fn next() {
    let service = Server::start().await;
    let address = format!("{}/sim/{SCENARIO}", service.origin());
    let project = Project::open("examples/next", None).await;
    project.run(&["npm", "run", "build"], &[]).await;
    let variables = [
        ("PRESENTON_URL", address.as_str()),
        ("PRESENTON_KEY", "a key that no page knows"),
        ("PASS_SECRET", "a secret of the tests"),
    ];
    let words = ["next", "start", "-H", "127.0.0.1", "-p", "PORT"];
    let process = Process::start(&project, &words, &variables, "/").await;
    let html = reqwest::get(process.origin())
        .await
        .expect("a page")
        .text()
        .await
        .expect("HTML");
    assert!(
        html.contains("<slide-wright"),
        "not rendered on the server: {html}"
    );
    let visit = Visit::dynamic(&process, "/").await;
    visit.makes_a_deck().await;
    visit.downloads_it_once().await;
    says(&visit, "Made as pptx. Good luck!").await;
    // The relay let it through, so the function for headers brought a pass.
    let log = service.log(SCENARIO).await;
    assert_eq!(log.submits().len(), 1, "{log:?}");
    let key = &log.submits()[0]["headers"]["authorization"];
    assert_eq!(key, &json!("Bearer a key that no page knows"), "{log:?}");
    let submit = "/relay/presenton/api/v1/ppt/presentation/generate/async";
    let without = reqwest::Client::new().post(format!("{}{submit}", process.origin()));
    let refused = without.send().await.expect("an answer").status();
    assert_eq!(
        refused.as_u16(),
        403,
        "a request without a pass is let through"
    );
    works(TABLE, "`next`", "works");
    let versions = format!(
        "Next {}, React {}",
        project.version("next"),
        project.version("react")
    );
    cell(TABLE, "`next`", "with", &versions);
}

/// The page's own words about its widget.
async fn says(visit: &Visit, words: &str) {
    let said = "document.querySelector('output').textContent === args";
    visit
        .wait_with("what the page says", said, json!(words))
        .await;
}
