//! The package's scripts, their typings and source maps.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::bundle::LANGUAGE;
use crate::module::Module;
use crate::process::Run;
use crate::project::{self, Project};
use crate::stamp::Stamp;
use crate::wasm::Kind;
use crate::{Failure, Outcome};

/// The scripts whose modules lie beside them, and what they leave to the page: the
/// glue's import stays relative and literal, so that the page or the host's own
/// bundler resolves it; so do those of other packages.
const ENTRIES: [(&str, &str); 4] = [
    ("slidewright", "./slidewright-glue.js"),
    ("headless", "./headless-glue.js"),
    ("react", "slidewright"),
    ("embed", "./slidewright.js"),
];

/// The page that other sites show in a frame; the script `embed` is its own.
const PAGE: &str = "pkg/embed.html";

/// The scripts that hold their module themselves.
const SELF_CONTAINED: [&str; 2] = ["inline", "headless-inline"];

/// The typings that the others name; what else is declared is nobody's business.
const TYPINGS: [&str; 10] = [
    "slidewright",
    "inline",
    "widget",
    "headless",
    "headless-inline",
    "job",
    "react",
    "types",
    "names",
    "element",
];

/// Makes the scripts for modules of a kind, unless they are there; returns the
/// folder that holds them and nothing else.
///
/// # Errors
///
/// A stage fails.
pub fn made(project: &Project, kind: Kind) -> Outcome<PathBuf> {
    let folder = project.path(&format!("target/bundle/{}/scripts", kind.name()));
    let sources = project.files("pkg/src")?;
    let mut inputs = sources.clone();
    inputs.extend(
        [
            PAGE,
            "pkg/package.json",
            "pkg/package-lock.json",
            "pkg/tsconfig.json",
            "xtask/src/bundle.rs",
            "xtask/src/script.rs",
        ]
        .map(|path| project.path(path)),
    );
    for module in Module::ALL {
        inputs.extend([module.wasm(project, kind), module.glue(project, kind)]);
    }
    let stamp = Stamp::new(
        project.path(&format!("target/bundle/{}/scripts.stamp", kind.name())),
        &inputs,
        &[],
    )?;
    if stamp.fits(&[
        &folder.join("slidewright.js"),
        &folder.join("slidewright.d.ts"),
    ]) {
        return Ok(folder);
    }

    println!("Building the scripts …");
    project::remove_folder(&folder)?;
    for (name, left) in ENTRIES {
        let entry = project.path(&format!("pkg/src/{name}.ts"));
        bundled(project, &entry, &folder, &["react", left])?;
    }
    let stage = project.path("target/bundle/self-contained/src");
    project::remove_folder(&stage)?;
    for source in &sources {
        // Of what is made here, only the declaration is among the sources.
        if let Some(name) = source.file_name().filter(|_| !declares(source)) {
            project::write(&stage.join(name), project::read(source)?)?;
        }
    }
    for module in Module::ALL {
        let glue = module.glue(project, kind);
        project::write(
            &stage.join(format!("{}-glue.js", module.name)),
            project::read(&glue)?,
        )?;
        project::write(
            &stage.join(format!("{}.packed.js", module.name)),
            packed(project, &module.wasm(project, kind))?,
        )?;
    }
    for name in SELF_CONTAINED {
        bundled(project, &stage.join(format!("{name}.ts")), &folder, &[])?;
    }
    project::write(
        &folder.join("embed.html"),
        project::read(&project.path(PAGE))?,
    )?;
    typings(project, &folder)?;
    stamp.set()?;
    Ok(folder)
}

fn declares(source: &Path) -> bool {
    source.to_string_lossy().ends_with(".d.ts")
}

/// One script of an entry and all that it imports, but for what is `left` to the
/// page.
fn bundled(project: &Project, entry: &Path, folder: &Path, left: &[&str]) -> Outcome {
    project
        .npm_program("esbuild")
        .arg(entry)
        .arg("--bundle")
        .args(left.iter().map(|name| format!("--external:{name}")))
        .args(["--minify", "--format=esm", LANGUAGE, "--log-level=warning"])
        .args(["--sourcemap", "--sources-content=true"])
        .arg(format!("--outdir={}", folder.display()))
        .run_quietly()?;
    let Some(name) = entry.file_stem() else {
        return Ok(());
    };
    let map = folder.join(name).with_extension("js.map");
    let tidied = tidied(&project::read_text(&map)?)?;
    project::write(&map, tidied)
}

/// A source map that names files as the package's reader knows them, and does not
/// hold a module once more.
///
/// # Errors
///
/// It is no source map.
pub fn tidied(map: &str) -> Outcome<String> {
    let none = || Failure::new("esbuild wrote a source map that is none");
    let mut map: Value = serde_json::from_str(map).map_err(|_| none())?;
    let sources = map.get("sources").and_then(Value::as_array);
    let names: Vec<String> = sources
        .ok_or_else(none)?
        .iter()
        .filter_map(|source| source.as_str()?.rsplit('/').next())
        .map(|name| format!("slidewright/src/{name}"))
        .collect();
    for (at, name) in names.iter().enumerate() {
        if name.ends_with(".packed.js")
            && let Some(content) = map.pointer_mut(&format!("/sourcesContent/{at}"))
        {
            *content = Value::Null;
        }
    }
    map["sources"] = names.into();
    Ok(map.to_string())
}

/// A module as a script: deflated, which every supported engine unpacks, and in
/// base64, which no editor, server or bundler can spoil.
fn packed(project: &Project, wasm: &Path) -> Outcome<String> {
    const PACK: &str = "\
const { readFileSync } = require('node:fs');
const { deflateRawSync } = require('node:zlib');
const packed = deflateRawSync(readFileSync(process.argv[1]), { level: 9, memLevel: 9 });
process.stdout.write(packed.toString('base64'));";
    let text = project
        .command("node")
        .args(["-e", PACK])
        .arg(wasm)
        .text()?;
    Ok(format!("export default '{}';\n", text.trim()))
}

/// The declarations, without what only our own scripts use.
fn typings(project: &Project, folder: &Path) -> Outcome {
    let all = project.path("target/bundle/typings");
    project::remove_folder(&all)?;
    project
        .npm_program("tsc")
        .args(["--project", "pkg", "--noEmit", "false"])
        .args([
            "--declaration",
            "--emitDeclarationOnly",
            "--rootDir",
            "pkg/src",
        ])
        .arg("--outDir")
        .arg(&all)
        .run_quietly()?;
    for name in TYPINGS {
        let from = all.join(format!("{name}.d.ts"));
        if from.is_file() {
            project::write(&folder.join(format!("{name}.d.ts")), project::read(&from)?)?;
        }
    }
    Ok(())
}
