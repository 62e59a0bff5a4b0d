//! Importing the package where there is no page does nothing and breaks nothing;
//! what a server renders comes to life in the browser.

use serde_json::json;
use slidewright_e2e::project::{Process, Project, copies};

use crate::table::{cell, full, works};
use crate::visit::Visit;

const TABLE: &str = "servers";

/// Every entry that is a module.
const ENTRIES: [&str; 4] = [
    "slidewright",
    "slidewright/inline",
    "slidewright/headless",
    "slidewright/react",
];

/// Imports each entry, and says whether it exports anything.
fn importing() -> String {
    format!(
        "const names = [];
        for (const entry of {}) {{
          const module = await import(entry);
          names.push(Object.keys(module).length > 0);
        }}
        console.log(JSON.stringify(names));",
        json!(ENTRIES)
    )
}

#[tokio::test]
async fn node() {
    let project = Project::open("examples/react", None).await;
    let code = importing();
    let said = project
        .run(&["node", "--input-type=module", "-e", &code], &[])
        .await;
    assert_eq!(said.trim(), json!([true, true, true, true]).to_string());
    let node = project.run(&["node", "--version"], &[]).await;
    let row = format!("Node {}", node.trim().trim_start_matches('v'));
    works(TABLE, &row, "imports");
    // This Node requires modules as well, and must come to the same.
    let code = "console.log(Object.keys(require('slidewright')).includes('configure'))";
    let said = project.attempt(&["node", "-e", code], &[]).await;
    let said = said.unwrap_or_else(|said| said);
    if said.trim() == "true" {
        cell(TABLE, &row, "`require`", "works");
    } else {
        assert!(said.contains("ERR_REQUIRE_ESM"), "{said}");
        cell(TABLE, &row, "`require`", "refused by Node: it is a module");
    }
}

/// Each by its own name, so that a page has them before any script.
#[tokio::test]
async fn react_renders_every_attribute() {
    let project = Project::open("examples/react", None).await;
    let code = "import { createRequire } from 'node:module';
        import { createElement } from 'react';
        import { renderToStaticMarkup } from 'react-dom/server';
        import { SlideWright } from 'slidewright/react';
        const manifest = createRequire(import.meta.url)('slidewright/custom-elements.json');
        const names = manifest.modules[0].declarations[0].attributes.map(({ name }) => name);
        const camel = (name) => name.replace(/-./g, (dash) => dash[1].toUpperCase());
        const props = Object.fromEntries(names.map((name) => [camel(name), 'text']));
        const html = renderToStaticMarkup(createElement(SlideWright, props));
        const missing = names.filter((name) => !html.includes(` ${name}=\"text\"`));
        console.log(names.length > 40, missing.join());";
    let script = project.path("rendering.mjs");
    std::fs::write(&script, code).expect("a script");
    let script = script.to_str().expect("a path in Unicode");
    let said = project.run(&["node", script], &[]).await;
    assert_eq!(said.trim(), "true");
}

#[tokio::test]
async fn deno() {
    if !full("Deno") {
        return;
    }
    elsewhere(
        "Deno",
        "@deno/linux-x64-glibc/deno",
        &["run", "--no-lock", "--allow-all"],
    )
    .await;
}

#[tokio::test]
async fn bun() {
    if !full("Bun") {
        return;
    }
    elsewhere("Bun", "@oven/bun-linux-x64/bin/bun", &["run"]).await;
}

/// The same in another program, which comes as a package.
async fn elsewhere(title: &str, program: &str, words: &[&str]) {
    let runtimes = Project::open("tests/matrix/runtimes", None).await;
    let program = runtimes.path("node_modules").join(program);
    if !program.is_file() {
        cell(
            TABLE,
            title,
            "imports",
            "not tried: no build of it for this machine",
        );
        return;
    }
    let program = program.to_str().expect("a path in Unicode");
    let project = Project::open("examples/react", None).await;
    let script = project.path(&format!("importing-{title}.mjs"));
    std::fs::write(&script, importing()).expect("a script");
    let script = script.to_str().expect("a path in Unicode");
    let said = project
        .run(&[&[program], words, &[script]].concat(), &[])
        .await;
    assert_eq!(said.trim(), json!([true, true, true, true]).to_string());
    let version = project.run(&[program, "--version"], &[]).await;
    let version = version.trim_start_matches("deno ");
    let version = version.split_whitespace().next().expect("a version");
    works(TABLE, &format!("{title} {version}"), "imports");
}

#[tokio::test]
async fn nuxt() {
    if !full("Nuxt") {
        return;
    }
    let build: [&[&str]; 1] = [&["nuxt", "build"]];
    let start = ["node", ".output/server/index.mjs"];
    rendered("nuxt", "Nuxt", "nuxt", &build, &start, ".output/public").await;
}

#[tokio::test]
async fn sveltekit() {
    if !full("SvelteKit") {
        return;
    }
    let build: [&[&str]; 2] = [&["svelte-kit", "sync"], &["vite", "build"]];
    let (start, client) = (["node", "build/index.js"], "build/client");
    rendered(
        "sveltekit",
        "SvelteKit",
        "@sveltejs/kit",
        &build,
        &start,
        client,
    )
    .await;
}

#[tokio::test]
async fn astro() {
    if !full("Astro") {
        return;
    }
    let build: [&[&str]; 1] = [&["astro", "build"]];
    let (start, client) = (["node", "dist/server/entry.mjs"], "dist/client");
    rendered("astro", "Astro", "astro", &build, &start, client).await;
}

/// Built, started, rendered by the server, and brought to life in the browser.
async fn rendered(
    name: &str,
    title: &str,
    package: &str,
    build: &[&[&str]],
    start: &[&str],
    client: &str,
) {
    let project = Project::open(&format!("tests/matrix/{name}"), None).await;
    let row = format!("{title} {}", project.version(package));
    for words in build {
        project.run(words, &[]).await;
    }
    let found = copies(&project.path(client));
    let variables = [
        ("HOST", "127.0.0.1"),
        ("PORT", "PORT"),
        ("ORIGIN", "http://127.0.0.1:PORT"),
    ];
    let process = Process::start(&project, start, &variables, "/").await;
    let address = format!("{}/?endpoint=/nowhere", process.origin());
    let html = reqwest::get(address)
        .await
        .expect("a page")
        .text()
        .await
        .expect("HTML");
    assert!(
        html.contains("<slide-wright") && html.contains("endpoint=\"/nowhere\""),
        "not rendered on the server: {html}"
    );
    works(TABLE, &row, "imports");
    let visit = Visit::dynamic(&process, "/?endpoint={service}").await;
    visit.makes_a_deck().await;
    visit.downloads_as_built(found).await;
    let log = visit.received().await;
    for request in log.submits() {
        assert_eq!(
            request["headers"]["x-host"],
            json!("a function of the page"),
            "{log:?}"
        );
    }
    works(TABLE, &row, "page");
}
