//! `site`: the static demo, a folder for any static host and any sub-path.
//!
//! What a service would answer comes out of a service worker, in which the simulator
//! runs. The worker keeps every file of the site, so it has to know them all: its
//! script is written last.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::book;
use crate::bundle::{self, LANGUAGE};
use crate::process::Run;
use crate::project::{self, Project};
use crate::simulator::Simulator;
use crate::sizes::{Sizes, Weight};
use crate::wasm::Kind;
use crate::{Failure, Outcome};

/// The most that a first visit may download before a deck can be asked for, in bytes of
/// brotli at its best: 200 KB, of 1000 bytes.
pub const FIRST_LOAD_BUDGET: u64 = 200_000;

/// Where the pages of the site are.
const PAGES: &str = "site";

/// Of the package, by where it lies in the site: what the page runs, and its frame.
const PACKAGE: [(&str, &str); 7] = [
    ("pkg/dist/slidewright.js", "slidewright/slidewright.js"),
    (
        "pkg/dist/slidewright-glue.js",
        "slidewright/slidewright-glue.js",
    ),
    ("pkg/dist/slidewright.wasm", "slidewright/slidewright.wasm"),
    ("pkg/dist/embed.js", "slidewright/embed.js"),
    ("pkg/dist/embed.html", "slidewright/embed.html"),
    (
        "pkg/descriptors/gamma.json",
        "slidewright/descriptors/gamma.json",
    ),
    (
        "pkg/descriptors/slidespeak.json",
        "slidewright/descriptors/slidespeak.json",
    ),
];

/// The worker, at the root of what it answers for.
const WORKER: &str = "worker.js";
const SIMULATOR: &str = "simulator.wasm";

/// The list of the files that a first visit does not need.
const LATER: &str = "later.json";

/// What a page and its worker need before a deck can be asked for. The rest is kept for
/// offline use once there is nothing else to do.
const FIRST: [&str; 8] = [
    "index.html",
    "site.css",
    "site.js",
    "icon.svg",
    "slidewright/slidewright.js",
    "slidewright/slidewright-glue.js",
    "slidewright/slidewright.wasm",
    SIMULATOR,
];

/// Where the package's frame may send requests, and where the site's simulator is.
const RELAYS: (&str, &str) = ("content=\"/relay/\"", "content=\"../sim/\"");

/// Makes `target/site`, and prints what a first visit downloads.
///
/// # Errors
///
/// A stage fails, or the budget is exceeded.
pub fn site(project: &Project) -> Outcome {
    let folder = ready(project)?;
    let weights = first_load(project, &folder)?;
    println!(
        "\n{}, on a first visit:\n\n{}\n",
        project.relative(&folder),
        Sizes::table(&weights)
    );
    let brotli: u64 = weights.iter().map(|weight| weight.brotli).sum();
    println!("{brotli} bytes of brotli, of {FIRST_LOAD_BUDGET}");
    if brotli > FIRST_LOAD_BUDGET {
        return Err(Failure::new(format!(
            "a first visit downloads {} bytes of brotli too many; make it smaller, or argue for another budget in xtask/src/site.rs",
            brotli - FIRST_LOAD_BUDGET
        )));
    }
    Ok(())
}

/// Makes the site, and returns its folder. The budget is not looked at.
///
/// # Errors
///
/// A stage fails.
pub fn ready(project: &Project) -> Outcome<PathBuf> {
    bundle::ready(project)?;
    let simulator = Simulator::made(project, Kind::preferred(project)?)?;
    let site = project.path("target/site");
    project::remove_folder(&site)?;
    pages(project, &site)?;
    for (from, to) in PACKAGE {
        project::write(&site.join(to), project::read(&project.path(from))?)?;
    }
    frame(&site.join("slidewright/embed.html"))?;
    project::write(&site.join(SIMULATOR), project::read(&simulator.wasm())?)?;
    book::build(project, &site.join("docs"))?;
    project::write(&site.join(WORKER), worker(project, &site, &simulator)?)?;
    Ok(site)
}

/// The site's own pages, their scripts and styles without what only readers need.
fn pages(project: &Project, site: &Path) -> Outcome {
    let folder = project.path(PAGES);
    for file in project.files(PAGES)? {
        let Ok(below) = file.strip_prefix(&folder) else {
            continue;
        };
        let to = site.join(below);
        match file.extension().and_then(|it| it.to_str()) {
            Some("js" | "css") => {
                project
                    .npm_program("esbuild")
                    .arg(&file)
                    .args(["--minify", "--log-level=warning"])
                    .arg(if below.extension().is_some_and(|it| it == "js") {
                        LANGUAGE
                    } else {
                        "--target=chrome111,firefox115,safari16.4"
                    })
                    .arg(format!("--outfile={}", to.display()))
                    .run_quietly()?;
            }
            Some("html") => project::write(&to, unindented(&project::read_text(&file)?))?,
            _ => project::write(&to, project::read(&file)?)?,
        }
    }
    Ok(())
}

/// Line breaks stay, since words may stand on both sides of them.
fn unindented(page: &str) -> String {
    let lines: Vec<_> = page.lines().map(str::trim).collect();
    lines.join("\n")
}

/// The package's frame, with the simulator in the place of relays.
fn frame(page: &Path) -> Outcome {
    let text = project::read_text(page)?;
    let (from, to) = RELAYS;
    if !text.contains(from) {
        return Err(Failure::new(format!(
            "pkg/embed.html has no {from}: mend it, or RELAYS in xtask/src/site.rs"
        )));
    }
    project::write(page, text.replace(from, to))
}

/// The worker's script, which names every file of the site.
fn worker(project: &Project, site: &Path, simulator: &Simulator) -> Outcome<String> {
    let files = project.files(&project.relative(site))?;
    let names: Vec<_> = files
        .iter()
        .filter_map(|file| file.strip_prefix(site).ok())
        .map(|below| below.to_string_lossy().replace('\\', "/"))
        .collect();
    let missing: Vec<_> = FIRST
        .into_iter()
        .filter(|name| !names.iter().any(|it| it == name))
        .collect();
    if !missing.is_empty() {
        return Err(Failure::new(format!(
            "the site lacks {}: see FIRST in xtask/src/site.rs",
            missing.join(", ")
        )));
    }
    let digests = digests_of(project, site, &names)?;
    let (first, later): (Vec<_>, Vec<_>) = names
        .iter()
        .zip(&digests)
        .partition(|(name, _)| FIRST.contains(&name.as_str()));
    let list = |files: &[(&String, &String)]| {
        let files = files.iter().map(|(name, digest)| {
            // A page is kept as the folder that it stands for, and without its digest:
            // some hosts write something of their own into pages.
            match name.strip_suffix("index.html") {
                Some(folder) => Value::from(vec![folder, ""]),
                None if name.ends_with(".html") => Value::from(vec![name.as_str(), ""]),
                None => Value::from(vec![name.as_str(), digest]),
            }
        });
        Value::from_iter(files).to_string()
    };
    project::write(&site.join(LATER), list(&later))?;
    let of_later = digests_of(project, site, &[LATER.to_owned()])?.concat();
    // Changes with any of the files; with its own text, a browser sees to the worker.
    let version = short(&digests);
    simulator.script(
        project,
        &[
            ("VERSION", Value::from(version).to_string()),
            ("FIRST", list(&first)),
            ("LATER", Value::from(LATER).to_string()),
            ("LATER_DIGEST", Value::from(of_later).to_string()),
            ("WASM", Value::from(SIMULATOR).to_string()),
        ],
    )
}

/// The SHA-256 of each file, as `integrity` has it.
fn digests_of(project: &Project, folder: &Path, names: &[String]) -> Outcome<Vec<String>> {
    const DIGEST: &str = "\
const { readFileSync } = require('node:fs');
const { createHash } = require('node:crypto');
const [folder, ...names] = process.argv.slice(1);
for (const name of names) {
  const bytes = readFileSync(folder + '/' + name);
  console.log('sha256-' + createHash('sha256').update(bytes).digest('base64'));
}";
    let lines = project
        .command("node")
        .args(["-e", DIGEST])
        .arg(folder)
        .args(names)
        .text()?;
    Ok(lines.lines().map(str::to_owned).collect())
}

/// A few letters that depend on all digests.
fn short(digests: &[String]) -> String {
    // FNV-1a: the same on every machine and with every compiler.
    let bytes = digests.iter().flat_map(|digest| digest.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn first_load(project: &Project, site: &Path) -> Outcome<Vec<Weight>> {
    let names: Vec<_> = FIRST.into_iter().chain([WORKER]).collect();
    Sizes::weigh(project, site, &names)
}
