//! In a framework's own templates, a page sets the widget's attributes and
//! properties, functions included, changes them, hears its events, and is told by
//! the types what is wrong.

use serde_json::{Value, json};
use slidewright_e2e::project::{Project, StaticSite, copies};

use crate::table::{cell, full, works};
use crate::visit::Visit;

const TABLE: &str = "frameworks";
const TOGETHER: &str = "tests/matrix/frameworks";

/// What every page says to its widget.
const SETTING: Option<&str> = Some("tests/matrix/setting");

/// A folder with a page in a framework.
struct Framework {
    project: Project,
    folder: &'static str,
    row: String,
}

impl Framework {
    async fn open(folder: &'static str, title: &str, package: &str) -> Framework {
        let project = Project::open(TOGETHER, SETTING).await;
        let row = format!("{title} {}", project.version(package));
        Framework {
            project,
            folder,
            row,
        }
    }

    /// Builds the page, and tries all that it says to the widget and hears of it.
    async fn works(&self) {
        self.project.run(&["vite", "build", self.folder], &[]).await;
        let folder = self.project.path(self.folder).join("dist");
        let found = copies(&folder);
        let site = StaticSite::of("/", &folder).serve().await;
        let visit = Visit::files(&site, "/?endpoint={service}").await;
        says_and_hears(&visit).await;
        visit.downloads_as_built(found).await;
        note(&self.row);
    }

    /// Has its types checked, by this program in its folder.
    async fn is_typed(&self, words: &[&str]) {
        self.project.run(words, &[]).await;
        works(TABLE, &self.row, "typed");
    }

    async fn is_typed_by_tsc(&self) {
        self.is_typed(&["tsc", "--project", self.folder]).await;
    }
}

/// What every one of these pages has to show, as `tests/matrix/setting` says it.
pub async fn says_and_hears(visit: &Visit) {
    visit.ready().await;
    visit
        .wait("the attribute", "one('slide-count').value === '7'")
        .await;
    visit
        .wait("the property", "one('submit').textContent === 'Make it'")
        .await;
    visit
        .run("document.querySelector('#change').click()", Value::Null)
        .await;
    visit
        .wait("the attribute changed", "one('slide-count').value === '9'")
        .await;
    visit
        .wait(
            "the property changed",
            "one('submit').textContent === 'Make it now'",
        )
        .await;
    visit.makes_a_deck().await;
    let log = visit.received().await;
    assert!(!log.polls().is_empty(), "{log:?}");
    for request in log.submits().into_iter().chain(log.polls()) {
        assert_eq!(
            request["headers"]["x-host"],
            json!("a function of the page"),
            "{log:?}"
        );
    }
    visit
        .wait(
            "the last event",
            "document.querySelector('#heard').textContent.includes('done')",
        )
        .await;
    let heard = visit.run(
        "return document.querySelector('#heard').textContent.trim()",
        Value::Null,
    );
    assert_eq!(heard.await, json!("ready done"));
}

/// All of which held.
fn note(row: &str) {
    for column in ["attributes", "properties", "events"] {
        works(TABLE, row, column);
    }
}

#[tokio::test]
async fn react() {
    if !full("React 19, as an element") {
        return;
    }
    let react = Framework::open("react", "React", "react").await;
    react.works().await;
    react.is_typed_by_tsc().await;
}

#[tokio::test]
async fn react_by_its_component() {
    if !full("React 19, by `slidewright/react` in a plain page") {
        return;
    }
    let mut react = Framework::open("react-component", "React", "react").await;
    react.row.push_str(", `slidewright/react`");
    react.works().await;
    react.is_typed_by_tsc().await;
}

#[tokio::test]
async fn react_that_comes_late() {
    if !full("`slidewright/react` on a page that was ready before React was") {
        return;
    }
    let react = Framework::open("react-late", "React", "react").await;
    react
        .project
        .run(&["vite", "build", react.folder], &[])
        .await;
    let site = StaticSite::of("/", react.project.path("react-late/dist"))
        .serve()
        .await;
    let visit = Visit::files(&site, "/?endpoint={service}").await;
    visit.ready().await;
    visit
        .wait("the property", "one('submit').textContent === 'Make it'")
        .await;
    visit.makes_a_deck().await;
    let heard = "document.querySelector('#heard').textContent";
    visit
        .wait("the last event", &format!("{heard}.includes('done')"))
        .await;
    let heard = visit.run(&format!("return {heard}"), Value::Null).await;
    assert_eq!(heard, json!(" ready drafting done"));
    // What was not set at first, and is text later.
    let tone = visit.run("return el.tone", Value::Null).await;
    assert_eq!(tone, json!("casual"));
}

#[tokio::test]
async fn the_react_before() {
    if !full("React 18") {
        return;
    }
    let project = Project::open("tests/matrix/react18", SETTING).await;
    let row = format!("React {}, `slidewright/react`", project.version("react"));
    let react = Framework {
        project,
        folder: ".",
        row,
    };
    react.works().await;
    react.is_typed_by_tsc().await;
}

#[tokio::test]
async fn vue() {
    if !full("Vue, with each of its ways tried") {
        return;
    }
    let vue = Framework::open("vue", "Vue", "vue").await;
    vue.works().await;
    vue.is_typed(&["vue-tsc", "--project", "vue"]).await;
}

#[tokio::test]
async fn svelte() {
    if !full("Svelte, with each of its ways tried") {
        return;
    }
    let svelte = Framework::open("svelte", "Svelte", "svelte").await;
    svelte.works().await;
    let check = [
        "svelte-check",
        "--workspace",
        "svelte",
        "--output",
        "machine",
    ];
    svelte
        .is_typed(&[&check[..], &["--tsconfig", "tsconfig.json"]].concat())
        .await;
    // Its templates know no word for an error that is expected.
    let wrong = [&check[..], &["--tsconfig", "tsconfig.wrong.json"]].concat();
    let said = svelte.project.attempt(&wrong, &[]).await;
    let said = said.expect_err("what is wrong passes the check");
    for file in ["Value.svelte", "Property.svelte", "Listener.svelte"] {
        let found = |line: &str| line.contains(" ERROR ") && line.contains(file);
        assert!(said.lines().any(found), "{file} passes the check:\n{said}");
    }
}

#[tokio::test]
async fn solid() {
    if !full("Solid") {
        return;
    }
    let solid = Framework::open("solid", "Solid", "solid-js").await;
    solid.works().await;
    solid.is_typed_by_tsc().await;
}

#[tokio::test]
async fn preact() {
    if !full("Preact") {
        return;
    }
    let preact = Framework::open("preact", "Preact", "preact").await;
    preact.works().await;
    preact.is_typed_by_tsc().await;
}

#[tokio::test]
async fn lit() {
    if !full("Lit") {
        return;
    }
    let lit = Framework::open("lit", "Lit", "lit").await;
    lit.works().await;
    lit.is_typed_by_tsc().await;
    cell(TABLE, &lit.row, "typed", "works, outside of templates");
}

#[tokio::test]
async fn angular() {
    if !full("Angular") {
        return;
    }
    let project = Project::open("tests/matrix/angular", SETTING).await;
    let row = format!("Angular {}", project.version("@angular/core"));
    project.run(&["ng", "build"], &[]).await;
    let folder = project.path("dist/browser");
    let found = copies(&folder);
    let site = StaticSite::of("/", &folder).serve().await;
    let visit = Visit::files(&site, "/?endpoint={service}").await;
    says_and_hears(&visit).await;
    visit.downloads_as_built(found).await;
    note(&row);
    cell(TABLE, &row, "typed", "works, outside of templates");
}
