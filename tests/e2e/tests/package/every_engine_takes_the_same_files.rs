//! The same files do in every engine what they do in one: as they are, built, from
//! another origin, and under a strict policy with Trusted Types.

use slidewright_e2e::Engine;
use slidewright_e2e::project::{Project, StaticSite};

use crate::table::works;
use crate::visit::{SCENARIO, Visit};

const TABLE: &str = "engines";

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; \
    trusted-types 'none'";

/// The row of the engine that this run drives, with its version.
fn row(visit: &Visit) -> String {
    let name = match Engine::current() {
        Engine::Chromium => "Chromium",
        Engine::Firefox => "Firefox",
        Engine::WebKit => "WebKitGTK",
    };
    let said = visit.browser.driver.capabilities().get("browserVersion");
    let version = said
        .and_then(|it| it.as_str())
        .expect("its driver tells a version");
    format!("{name} {version}")
}

#[tokio::test]
async fn as_they_are() {
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
    works(TABLE, &row(&visit), "files");
}

#[tokio::test]
async fn built_by_vite() {
    let project = Project::open("tests/matrix/vite", Some("tests/matrix/page")).await;
    project
        .run(&["vite", "build", "--outDir", "dist-engines"], &[])
        .await;
    let site = StaticSite::of("/", project.path("dist-engines"))
        .serve()
        .await;
    let visit = Visit::files(&site, "/?endpoint={service}").await;
    visit.makes_a_deck().await;
    works(TABLE, &row(&visit), "built");
}

#[tokio::test]
async fn built_by_esbuild_with_the_wasm_inside() {
    let project = Project::open("tests/matrix/esbuild", Some("tests/matrix/page")).await;
    let build = [
        "esbuild",
        "main.js",
        "--bundle",
        "--format=esm",
        "--outdir=dist-engines",
    ];
    project.run(&build, &[]).await;
    let folder = project.path("dist-engines");
    std::fs::copy(project.path("index.html"), folder.join("index.html")).expect("the page");
    let site = StaticSite::of("/", &folder).serve().await;
    let visit = Visit::files(&site, "/?endpoint={service}").await;
    visit.makes_a_deck().await;
    visit.downloads_it_inlined().await;
    works(TABLE, &row(&visit), "inlined");
}

#[tokio::test]
async fn from_another_origin() {
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
    works(TABLE, &row(&visit), "another origin");
}

#[tokio::test]
async fn under_a_strict_policy_with_trusted_types() {
    let project = Project::open("tests/matrix/plain", None).await;
    let site = StaticSite::of("/", project.path("."))
        .folder(
            "/slidewright",
            project.path("node_modules/slidewright/dist"),
        )
        .header("content-security-policy", POLICY)
        .serve()
        .await;
    // The policy lets nothing else be asked than the page's own server.
    let path = format!("/index.html?endpoint=/sim/{SCENARIO}");
    let visit = Visit::files(&site, &path).await;
    visit.makes_a_deck().await;
    works(TABLE, &row(&visit), "strict policy");
}
