//! `build`: from sources to `pkg/dist`, and what that weighs.
//!
//! Every stage leaves its result in `target/bundle` and is skipped while its
//! inputs are the same, so that `demo` and `test` start at once.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::Context;
use crate::process::Run;
use crate::project::{self, CRATE, Project};
use crate::sizes::{STABLE_BUDGET, Sizes};
use crate::stamp::Stamp;
use crate::wasm::{self, Kind};
use crate::{Failure, Outcome, likeness, lock, revival, short_names, tools};

/// The language level of the shipped JavaScript: what the oldest supported
/// engines (Chrome 111, Firefox 115, Safari 16.4) run as it is.
const LANGUAGE: &str = "--target=es2022";

/// What the shell calls of the glue (`pkg/src/slidewright-glue.d.ts`).
const GLUE_EXPORTS: &str = "default, onTrap, __wbg_reset_state, mount, configure, call, unmount";

/// What rustc takes for granted of a wasm engine. All supported engines have
/// it; anything beyond stays off, as wasm-opt would make use of it.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds the package in both kinds, prints both sizes, and ships one kind.
///
/// # Errors
///
/// A stage fails, or the result exceeds a budget of [`sizes`](crate::sizes).
pub fn build(project: &Project, stable: bool) -> Outcome {
    tools::wasm_target(project)?;
    let preferred = Kind::preferred(project)?;
    let shipped = if stable { Kind::Stable } else { preferred };
    let mut kinds = vec![Kind::Stable, preferred];
    kinds.dedup();
    kinds.sort_by_key(|kind| *kind == shipped);

    let mut sizes = None;
    // Told at the end, under the table that it is about.
    let mut verdict = Ok(());
    for kind in kinds {
        bundle(project, kind)?;
        let weighed = Sizes::measure(project, &project.path("pkg/dist"))?;
        println!(
            "The {} build: a page downloads {} bytes of brotli",
            kind.name(),
            weighed.total()
        );
        verdict = verdict.and(weighed.within_budget(kind));
        sizes = Some(weighed);
    }
    let Some(sizes) = sizes else {
        return Err(Failure::new("no kind of wasm can be built here"));
    };
    println!("\npkg/dist, the {} build:\n\n{sizes}", shipped.name());
    if shipped == Kind::Stable {
        println!("The stable build has a budget of its own: {STABLE_BUDGET}");
    }
    verdict
}

/// Makes `pkg/dist` of the smallest kind this machine can make, unless it is
/// there already.
///
/// # Errors
///
/// A stage fails. Budgets are not looked at: `build` does that.
pub fn ready(project: &Project) -> Outcome {
    tools::wasm_target(project)?;
    bundle(project, Kind::preferred(project)?)
}

/// Makes `pkg/dist` with one kind of wasm.
fn bundle(project: &Project, kind: Kind) -> Outcome {
    tools::npm_packages(project)?;
    let module = module(project, kind)?;
    let shell = shell(project)?;
    ship(project, &[module, shell])
}

/// Wasm and glue of one kind; returns the folder that holds just these.
fn module(project: &Project, kind: Kind) -> Outcome<PathBuf> {
    let folder = project.path(&format!("target/bundle/{}", kind.name()));
    let (wasm, glue) = (
        folder.join(format!("{CRATE}.wasm")),
        folder.join(format!("{CRATE}-glue.js")),
    );
    let mut inputs = project.files("src")?;
    inputs.extend(
        ["Cargo.toml", "Cargo.lock", "pkg/package-lock.json"].map(|path| project.path(path)),
    );
    inputs.extend(recipe(project));
    let stamp = Stamp::new(
        project.path(&format!("target/bundle/{}.stamp", kind.name())),
        &inputs,
        &[&tools::rustc_version(project)?],
    )?;
    if stamp.fits(&[&wasm, &glue]) {
        return Ok(folder);
    }

    lock::bindgen_versions_match(&project::read_text(&project.path("Cargo.lock"))?)?;
    println!("Building the wasm ({}) …", kind.name());
    let compiled = wasm::compile(project, kind)?;
    project::remove_folder(&folder)?;
    project::make_folder(&folder)?;
    let bound = project.path(&format!("target/bundle/{}-bound", kind.name()));
    bind(&compiled, &bound)?;
    let (bound_wasm, bound_glue) = (
        bound.join(format!("{CRATE}_bg.wasm")),
        bound.join(format!("{CRATE}.js")),
    );
    short_names::shorten(&bound_wasm, &bound_glue)?;
    revival::guard(&bound_glue)?;
    optimize(project, &bound_wasm, &wasm)?;
    keeps_paths_private(project, &wasm)?;
    // What nobody calls goes, as the glue's second way to start does.
    let entry = bound.join("entry.js");
    project::write(
        &entry,
        format!("export {{ {GLUE_EXPORTS} }} from './{CRATE}.js';\n"),
    )?;
    project
        .npm_program("esbuild")
        .arg(entry)
        .args(["--bundle", "--minify", "--format=esm", LANGUAGE])
        .arg("--log-level=warning")
        .arg(format!("--outfile={}", glue.display()))
        .run_quietly()?;
    stamp.set()?;
    Ok(folder)
}

/// The shell's JavaScript, source maps and typings; returns their folder.
fn shell(project: &Project) -> Outcome<PathBuf> {
    let folder = project.path("target/bundle/shell");
    let sources = project.files("pkg/src")?;
    let entry = project.path(&format!("pkg/src/{CRATE}.ts"));
    if !sources.contains(&entry) {
        return Err(Failure::new(format!(
            "{} is missing: it defines the element",
            project.relative(&entry)
        )));
    }
    let mut inputs = sources.clone();
    inputs.extend(
        [
            "pkg/package.json",
            "pkg/package-lock.json",
            "pkg/tsconfig.json",
        ]
        .map(|path| project.path(path)),
    );
    inputs.extend(recipe(project));
    let stamp = Stamp::new(project.path("target/bundle/shell.stamp"), &inputs, &[])?;
    let (made, typings) = (
        folder.join(format!("{CRATE}.js")),
        folder.join(format!("{CRATE}.d.ts")),
    );
    if stamp.fits(&[&made, &typings]) {
        return Ok(folder);
    }

    println!("Building the shell …");
    project::remove_folder(&folder)?;
    // One file, but for the glue: that import stays relative and literal, so
    // that the page or the host's own bundler resolves it.
    project
        .npm_program("esbuild")
        .arg(entry)
        .args(["--bundle", &format!("--external:./{CRATE}-glue.js")])
        .args(["--minify", "--format=esm", LANGUAGE, "--log-level=warning"])
        .args(["--sourcemap", "--sources-content=true"])
        .arg(format!("--outdir={}", folder.display()))
        .run_quietly()?;
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
        .arg(&folder)
        .run_quietly()?;
    stamp.set()?;
    Ok(folder)
}

/// Puts the files of `folders` into `pkg/dist`, and nothing else.
fn ship(project: &Project, folders: &[PathBuf]) -> Outcome {
    let dist = project.path("pkg/dist");
    project::remove_folder(&dist)?;
    for folder in folders {
        for file in project.files(&project.relative(folder))? {
            if let Ok(below) = file.strip_prefix(folder) {
                project::write(&dist.join(below), project::read(&file)?)?;
            }
        }
    }
    Ok(())
}

/// Makes the JavaScript that a page imports, and the wasm that goes with it.
fn bind(wasm: &Path, into: &Path) -> Outcome {
    project::remove_folder(into)?;
    let args = [
        "wasm-bindgen".as_ref(),
        wasm.as_os_str(),
        "--out-dir".as_ref(),
        into.as_os_str(),
        "--out-name".as_ref(),
        CRATE.as_ref(),
        "--target".as_ref(),
        "web".as_ref(),
        // The shell has typings of its own.
        "--no-typescript".as_ref(),
        // With a default path in the glue, bundlers emit a second copy of the
        // wasm; the shell passes the address.
        "--omit-default-module-path".as_ref(),
        // A trap leaves a dead instance behind; this is the way back from it.
        "--experimental-reset-state-function".as_ref(),
    ];
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(args)
        .or_cannot(format_args!("make the bindings of {}", wasm.display()))
}

fn optimize(project: &Project, from: &Path, to: &Path) -> Outcome {
    let text = to.with_extension("wat");
    project
        .npm_program("wasm-opt")
        .arg(from)
        // Nothing lies below the first kilobyte but the end of the stack, and
        // the memory is the module's own.
        .args(["--low-memory-unused", "--zero-filled-memory"])
        // Measured: one more round on flat code saves 1 KB of brotli.
        .args(["--flatten", "--rereloop", "-Oz", "-Oz", "--converge"])
        .args([
            "--strip-debug",
            "--strip-producers",
            "--strip-target-features",
        ])
        .args(WASM_FEATURES)
        .args(["--emit-text", "-o"])
        .arg(&text)
        .run_quietly()?;
    project::write(&text, likeness::sorted(&project::read_text(&text)?)?)?;
    project
        .npm_program("wasm-opt")
        .arg(&text)
        // The last touches come with writing, at these levels, after any pass.
        .args(["--optimize-level=2", "--shrink-level=2", "--vacuum"])
        .args(WASM_FEATURES)
        .arg("-o")
        .arg(to)
        .run_quietly()?;
    project::remove_file(&text)
}

/// A path of the machine that built it has no business in a public file.
fn keeps_paths_private(project: &Project, wasm: &Path) -> Outcome {
    let bytes = project::read(wasm)?;
    let home = env::home_dir().unwrap_or_default();
    for path in [project.root(), home.as_path()] {
        let needle = path.as_os_str().as_encoded_bytes();
        if needle.len() > 1 && bytes.windows(needle.len()).any(|window| window == needle) {
            return Err(Failure::new(format!(
                "{} contains the path {} of this machine: extend the remapping in xtask/src/wasm.rs",
                project.relative(wasm),
                path.display()
            )));
        }
    }
    Ok(())
}

/// What it is made of depends on these as much as on the sources.
fn recipe(project: &Project) -> [PathBuf; 5] {
    ["bundle", "likeness", "revival", "short_names", "wasm"]
        .map(|name| project.path(&format!("xtask/src/{name}.rs")))
}
