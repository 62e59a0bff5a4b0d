//! Without a bundler the package's folder is served as it is, from the page's own
//! server or from another one.

use slidewright_e2e::project::{Project, StaticSite};

use crate::table::works;
use crate::visit::Visit;

const TABLE: &str = "bundlers";

#[tokio::test]
async fn by_the_pages_own_server() {
    let project = Project::open("tests/matrix/plain", None).await;
    let site = StaticSite::of("/", project.path("."))
        .folder(
            "/slidewright",
            project.path("node_modules/slidewright/dist"),
        )
        .serve()
        .await;
    let visit = Visit::files(&site, "/index.html?endpoint={service}").await;
    visit.makes_a_deck().await;
    visit.downloads_it_once().await;
    works(TABLE, "no bundler", "build");
}

#[tokio::test]
async fn by_a_server_elsewhere() {
    let project = Project::open("tests/matrix/plain", None).await;
    let site = StaticSite::of("/", project.path(".")).serve().await;
    let elsewhere = StaticSite::of("/cdn", project.path("node_modules/slidewright/dist"))
        .open()
        .serve()
        .await;
    let script = format!("{}/cdn/slidewright.js", elsewhere.origin());
    let path = format!("/elsewhere.html?endpoint={{service}}&script={script}");
    let visit = Visit::files(&site, &path).await;
    visit.makes_a_deck().await;
    visit.downloads_it_once().await;
    works(TABLE, "no bundler, from another origin", "build");
}
