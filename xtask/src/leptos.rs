//! `examples/leptos`, built as Trunk would build it, for the tests to open.

use std::env;
use std::path::PathBuf;

use crate::module::bind;
use crate::process::Run;
use crate::project::{self, Project, WASM_TARGET};
use crate::{Failure, Outcome, lock, tools};

/// The example, its folder and its package.
const FOLDER: &str = "examples/leptos";
const PACKAGE: &str = "slidewright-example-leptos";

/// What the tests have in the place of a relay: a job of a second.
const ENDPOINT: &str = "/sim/presenton,duration=900";

/// What Trunk would put into the page for its own tags, and for each, the tag.
const TAGS: [(&str, &str); 2] = [
    (
        "<link data-trunk rel=\"css\" href=\"style.css\">",
        "<link rel=\"stylesheet\" href=\"style.css\">",
    ),
    (
        "<link data-trunk rel=\"rust\">",
        "<script type=\"module\" src=\"start.js\"></script>",
    ),
];

/// What starts the app. In a file of its own: strict policies let it in.
const START: &str =
    "import init from './app.js';\nawait init({ module_or_path: 'app_bg.wasm' });\n";

/// Builds the example into `target/leptos`, and returns that folder.
///
/// With the profile, the target and the folder of [`wasm_tests`](crate::wasm_tests),
/// so that most of what those have compiled is used again.
///
/// # Errors
///
/// The example does not compile, or its page is not what Trunk would read.
pub fn build(project: &Project) -> Outcome<PathBuf> {
    lock::bindgen_versions_match(&project::read_text(&project.path("Cargo.lock"))?)?;
    tools::wasm_target(project)?;
    let folder = project.path("target/leptos");
    bind(&compile(project)?, &folder, "app", &[])?;
    project::write(&folder.join("start.js"), START)?;
    let source = project.path(FOLDER);
    let page = page(&project::read_text(&source.join("index.html"))?)?;
    project::write(&folder.join("index.html"), page)?;
    let style = project::read(&source.join("style.css"))?;
    project::write(&folder.join("style.css"), style)?;
    Ok(folder)
}

/// The page as Trunk would write it.
fn page(source: &str) -> Outcome<String> {
    let mut page = source.to_owned();
    for (tag, instead) in TAGS {
        if !page.contains(tag) {
            return Err(Failure::new(format!(
                "{FOLDER}/index.html has no {tag}: mend it, or TAGS in xtask/src/leptos.rs"
            )));
        }
        page = page.replace(tag, instead);
    }
    Ok(page)
}

fn compile(project: &Project) -> Outcome<PathBuf> {
    let target = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    let target = project.root().join(target);
    project
        .cargo()
        .args(["build", "--quiet", "--package", PACKAGE])
        .args(["--target", WASM_TARGET])
        // Named, so that it is known where the result lies.
        .arg("--target-dir")
        .arg(&target)
        .env("SLIDEWRIGHT_ENDPOINT", ENDPOINT)
        .run()?;
    let wasm = target
        .join(WASM_TARGET)
        .join("debug")
        .join(format!("{PACKAGE}.wasm"));
    if wasm.is_file() {
        return Ok(wasm);
    }
    Err(Failure::new(format!(
        "cargo made no {}",
        project.relative(&wasm)
    )))
}
