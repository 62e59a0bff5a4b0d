//! `pack`: the npm package, in `target/pack`, checked as npm's users' tools see it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::process::Run;
use crate::project::{self, CRATE, Project};
use crate::sizes::Sizes;
use crate::stamp::Stamp;
use crate::traces::Traces;
use crate::{Failure, Outcome, bundle, generate, tools};

/// What of `pkg/package.json` is for this repository alone.
const OURS: [&str; 2] = ["devDependencies", "scripts"];

/// What the package holds beside `dist`: from where, to where.
pub(crate) const BESIDE: [(&str, &str); 9] = [
    ("pkg/README.md", "README.md"),
    ("CHANGELOG.md", "CHANGELOG.md"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("pkg/custom-elements.json", "custom-elements.json"),
    ("pkg/html-data.json", "html-data.json"),
    ("docs/csp.md", "docs/csp.md"),
    ("docs/embed.md", "docs/embed.md"),
    ("docs/providers/custom.md", "docs/providers/custom.md"),
];

/// Entries that resolvers without `exports` (Parcel as it comes, older TypeScript)
/// find as folders: a manifest in each leads to the file.
const FOLDERS: [&str; 3] = ["headless", "inline", "react"];

/// Makes the tarball, checks it, prints what is in it, and returns its path.
///
/// # Errors
///
/// The build fails, versions differ, or a check of the package finds something.
pub fn pack(project: &Project) -> Outcome<PathBuf> {
    let tarball = ready(project)?;
    let dist = project.path("target/pack/package/dist");
    println!("\n{}", Sizes::measure(project, &dist)?);
    println!("Subresource integrity, also in dist/integrity.json:\n");
    let digests = project::read_text(&dist.join("integrity.json"))?;
    for line in digests.lines().filter(|line| line.contains(':')) {
        println!("{line}");
    }
    println!("\n{}", project.relative(&tarball));
    Ok(tarball)
}

/// The tarball's path; it is made and checked, unless it is there already.
///
/// # Errors
///
/// As for [`pack`].
pub fn ready(project: &Project) -> Outcome<PathBuf> {
    bundle::ready(project)?;
    let folder = project.path("target/pack");
    let package = folder.join("package");
    let (text, manifest) = manifest(project)?;
    let tarball = folder.join(format!("{CRATE}-{}.tgz", env!("CARGO_PKG_VERSION")));
    let mut inputs = vec![project.path("xtask/src/pack.rs")];
    inputs.extend(BESIDE.map(|(from, _)| project.path(from)));
    for below in ["pkg/dist", "pkg/descriptors"] {
        inputs.extend(project.files(below)?);
    }
    let stamp = Stamp::new(project.path("target/pack/stamp"), &inputs, &[&text])?;
    if stamp.fits(&[&tarball, &package.join("dist/integrity.json")]) {
        return Ok(tarball);
    }

    println!("Packing …");
    generate::check(project)?;
    project::remove_folder(&folder)?;
    lay_out(project, &package, &text)?;
    let missing = missing(&manifest, &package);
    if !missing.is_empty() {
        return Err(Failure::new(format!(
            "pkg/package.json exports what is not there: {}",
            missing.join(", ")
        )));
    }
    digest(project, &package)?;
    tells_nothing(project, &package)?;
    project
        .command(tools::NPM)
        .current_dir(&package)
        .args(["pack", "--silent", "--ignore-scripts", "--pack-destination"])
        .arg(&folder)
        .run_quietly()?;
    checked(project, &tarball)?;
    stamp.set()?;
    Ok(tarball)
}

/// The manifest as it is published, as text and as what it says. The order of its
/// members has a meaning.
fn manifest(project: &Project) -> Outcome<(String, Value)> {
    const STRIP: &str = "\
const manifest = JSON.parse(require('node:fs').readFileSync(process.argv[1]));
for (const name of process.argv.slice(2)) delete manifest[name];
console.log(JSON.stringify(manifest, null, 2));";
    let text = project
        .command("node")
        .args(["-e", STRIP, "pkg/package.json"])
        .args(OURS)
        .text()?;
    let manifest: Value = serde_json::from_str(&text)
        .map_err(|error| Failure::new(format!("pkg/package.json: {error}")))?;
    let here = env!("CARGO_PKG_VERSION");
    if manifest["version"] != here {
        return Err(Failure::new(format!(
            "pkg/package.json has the version {}, Cargo.toml {here}: they go together",
            manifest["version"]
        )));
    }
    Ok((text, manifest))
}

fn lay_out(project: &Project, package: &Path, manifest: &str) -> Outcome {
    project::write(&package.join("package.json"), format!("{manifest}\n"))?;
    for (from, to) in BESIDE {
        project::write(&package.join(to), project::read(&project.path(from))?)?;
    }
    for name in FOLDERS {
        let lead = serde_json::json!({
            "type": "module",
            "main": format!("../dist/{name}.js"),
            "types": format!("../dist/{name}.d.ts"),
            "sideEffects": name != "headless",
        });
        project::write(
            &package.join(name).join("package.json"),
            format!("{lead:#}\n"),
        )?;
    }
    for folder in ["dist", "descriptors"] {
        let from = project.path("pkg").join(folder);
        for file in project.files(&format!("pkg/{folder}"))? {
            if let Ok(below) = file.strip_prefix(&from) {
                project::write(&package.join(folder).join(below), project::read(&file)?)?;
            }
        }
    }
    Ok(())
}

/// The files that the manifest names and the package lacks. `dist/integrity.json`
/// is made of the others.
pub fn missing(manifest: &Value, package: &Path) -> Vec<String> {
    let mut named = Vec::new();
    for member in ["types", "customElements", "exports", "sideEffects"] {
        collect(&manifest[member], &mut named);
    }
    named.sort();
    named.dedup();
    named
        .into_iter()
        .filter(|path| !path.contains('*') && *path != "./dist/integrity.json")
        .filter(|path| !package.join(path).is_file())
        .collect()
}

fn collect(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(path) => into.push(path.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
        Value::Object(members) => members.values().for_each(|item| collect(item, into)),
        _ => {}
    }
}

/// A digest of each file that a page runs, for `integrity` attributes, import maps
/// and whoever wants to know whether a file is ours. Written into the package.
fn digest(project: &Project, package: &Path) -> Outcome {
    const DIGEST: &str = "\
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { createHash } = require('node:crypto');
const folder = process.argv[1];
const digests = {};
for (const name of readdirSync(folder).sort()) {
  if (!/\\.(js|wasm)$/.test(name)) continue;
  const digest = createHash('sha384').update(readFileSync(folder + '/' + name)).digest('base64');
  digests[name] = 'sha384-' + digest;
}
writeFileSync(folder + '/integrity.json', JSON.stringify(digests, null, 2) + '\\n');";
    project
        .command("node")
        .args(["-e", DIGEST])
        .arg(package.join("dist"))
        .run_quietly()
}

/// A path of the machine that built it has no business in a public file.
fn tells_nothing(project: &Project, package: &Path) -> Outcome {
    let traces = Traces::of(project);
    for file in project.files(&project.relative(package))? {
        let text = String::from_utf8_lossy(&project::read(&file)?).into_owned();
        if let Some(finding) = traces.find(&project.relative(&file), &text).first() {
            return Err(Failure::new(finding.to_string()));
        }
    }
    Ok(())
}

/// By the tools that judge packages: publint (does it resolve everywhere) and
/// "are the types wrong" (do its typings, wherever TypeScript looks for them).
fn checked(project: &Project, tarball: &Path) -> Outcome {
    project
        .npm_program("publint")
        .args(["run", "--strict"])
        .arg(tarball)
        .run_quietly()?;
    project
        .npm_program("attw")
        .arg(tarball)
        // It is ESM alone, as everything that runs it is.
        .args(["--profile", "esm-only", "--no-color", "--no-emoji"])
        .run_quietly()?;
    println!("checked {CRATE} with publint and are-the-types-wrong");
    Ok(())
}
