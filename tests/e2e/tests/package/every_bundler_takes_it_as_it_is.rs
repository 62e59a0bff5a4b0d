//! A bundler needs no plugin and no setting for the package, and its page has the
//! wasm once.

use std::fs;

use serde_json::{Value, json};
use slidewright_e2e::project::{Process, Project, StaticSite, copies};

use crate::table::{cell, full, works};
use crate::visit::Visit;

/// What each of them builds.
const PAGE: &str = "tests/matrix/page";
const TABLE: &str = "bundlers";

/// A bundler at work on that page.
struct Bundler {
    project: Project,
    row: String,
}

impl Bundler {
    async fn open(name: &str, title: &str, package: &str) -> Bundler {
        let project = Project::open(&format!("tests/matrix/{name}"), Some(PAGE)).await;
        let row = format!("{title} {}", project.version(package));
        Bundler { project, row }
    }

    /// Builds with these words into `dist`, and visits what comes of it.
    async fn build(&self, words: &[&str], dist: &str) {
        self.project.run(words, &[]).await;
        let found = copies(&self.project.path(dist));
        let (_site, visit) = self.visit(dist).await;
        visit.makes_a_deck().await;
        visit.downloads_as_built(found).await;
        works(TABLE, &self.row, "build");
        let wasm = if found.files == 1 {
            "a file"
        } else {
            "in the script"
        };
        cell(TABLE, &self.row, "wasm", wasm);
    }

    async fn visit(&self, dist: &str) -> (StaticSite, Visit) {
        let folder = self.project.path(dist);
        if !folder.join("index.html").is_file() {
            // Not every bundler cares for pages.
            let page = self.project.path("index.html");
            fs::copy(page, folder.join("index.html")).expect("the page beside its script");
        }
        let site = StaticSite::of("/", &folder).serve().await;
        let visit = Visit::files(&site, "/?endpoint={service}").await;
        (site, visit)
    }

    /// Starts its development server with these words, and visits that.
    async fn serve(&self, words: &[&str]) {
        let process = Process::start(&self.project, words, &[], "/").await;
        let visit = Visit::dynamic(&process, "/?endpoint={service}").await;
        visit.makes_a_deck().await;
        visit.downloads_it_once_at_most().await;
        works(TABLE, &self.row, "dev");
    }

    fn serves_nothing(&self) {
        cell(TABLE, &self.row, "dev", "has none");
    }
}

#[tokio::test]
async fn vite() {
    let bundler = Bundler::open("vite", "Vite", "vite").await;
    bundler.build(&["vite", "build"], "dist").await;
    bundler
        .serve(&[
            "vite",
            "--host",
            "127.0.0.1",
            "--port",
            "PORT",
            "--strictPort",
        ])
        .await;
}

#[tokio::test]
async fn vite_with_the_engine_alone() {
    if !full("`slidewright/headless` in a build") {
        return;
    }
    let mut vite = Bundler::open("vite", "Vite", "vite").await;
    vite.row.push_str(", `slidewright/headless`");
    vite.project.run(&["vite", "build", "headless"], &[]).await;
    let found = copies(&vite.project.path("headless/dist"));
    let (_site, visit) = vite.visit("headless/dist").await;
    let says = "document.querySelector('p').textContent === args";
    visit.wait_with("a job", says, json!("drafting")).await;
    visit
        .run("document.querySelector('button').click()", Value::Null)
        .await;
    visit.wait_with("a deck", says, json!("done")).await;
    visit.is_quiet().await;
    visit.downloads_as_built(found).await;
    works(TABLE, &vite.row, "build");
    cell(TABLE, &vite.row, "wasm", "a file");
}

#[tokio::test]
async fn the_vite_before() {
    if !full("Vite 7") {
        return;
    }
    let bundler = Bundler::open("vite", "Vite", "vite7").await;
    let vite = "node_modules/vite7/bin/vite.js";
    let build = ["node", vite, "build", "--outDir", "dist7"];
    bundler.build(&build, "dist7").await;
    let serve = [
        "node",
        vite,
        "--host",
        "127.0.0.1",
        "--port",
        "PORT",
        "--strictPort",
    ];
    bundler.serve(&serve).await;
}

#[tokio::test]
async fn webpack() {
    if !full("webpack") {
        return;
    }
    let bundler = Bundler::open("webpack", "webpack", "webpack").await;
    bundler
        .build(&["webpack", "--mode", "production"], "dist")
        .await;
    bundler
        .serve(&[
            "webpack",
            "serve",
            "--mode",
            "development",
            "--port",
            "PORT",
        ])
        .await;
}

#[tokio::test]
async fn rollup() {
    if !full("Rollup") {
        return;
    }
    let mut rollup = Bundler::open("rollup", "Rollup", "rollup").await;
    rollup.build(&["rollup", "--config"], "dist").await;
    rollup.serves_nothing();
    rollup.row.push_str(" with `browser: true`");
    // It says of itself what bundlers say that bring the wasm along, and does not.
    let (_site, visit) = rollup.visit("dist-left").await;
    let said = "record.console.some(({ text }) => text.includes(\"import 'slidewright/inline'\"))";
    visit.wait("what to do, in the console", said).await;
    let folder = rollup.project.path("dist-inline");
    fs::rename(folder.join("inline.js"), folder.join("main.js")).expect("a script");
    let (_site, visit) = rollup.visit("dist-inline").await;
    visit.makes_a_deck().await;
    visit.downloads_as_built(copies(&folder)).await;
    cell(
        TABLE,
        &rollup.row,
        "build",
        "with `slidewright/inline`, as the console says",
    );
    cell(TABLE, &rollup.row, "wasm", "in the script");
    rollup.serves_nothing();
}

#[tokio::test]
async fn esbuild() {
    let bundler = Bundler::open("esbuild", "esbuild", "esbuild").await;
    let bundle = ["esbuild", "main.js", "--bundle", "--format=esm"];
    bundler
        .build(
            &[&bundle[..], &["--minify", "--outdir=dist"]].concat(),
            "dist",
        )
        .await;
    let served = [
        "--outdir=served",
        "--servedir=served",
        "--serve=127.0.0.1:PORT",
    ];
    let page = bundler.project.path("index.html");
    let folder = bundler.project.path("served");
    fs::create_dir_all(&folder).expect("a folder to serve");
    fs::copy(page, folder.join("index.html")).expect("the page to serve");
    bundler.serve(&[&bundle[..], &served].concat()).await;
}

#[tokio::test]
async fn parcel() {
    if !full("Parcel") {
        return;
    }
    let bundler = Bundler::open("parcel", "Parcel", "parcel").await;
    bundler
        .build(
            &["parcel", "build", "index.html", "--no-source-maps"],
            "dist",
        )
        .await;
    let serve = [
        "parcel",
        "serve",
        "index.html",
        "--host",
        "127.0.0.1",
        "--port",
        "PORT",
    ];
    let apart = ["--dist-dir", "served", "--no-autoinstall"];
    bundler.serve(&[&serve[..], &apart].concat()).await;
}
