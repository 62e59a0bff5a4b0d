//! The wasm modules and their glue, as a page downloads them.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::bundle::LANGUAGE;
use crate::failure::Context;
use crate::process::Run;
use crate::project::{self, CRATE, Project};
use crate::stamp::Stamp;
use crate::wasm::{self, Kind};
use crate::{Failure, Outcome, likeness, lock, revival, short_names, tools};

/// One of the package's modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Module {
    /// The name of its files.
    pub name: &'static str,
    /// The crate's feature that makes it.
    pub feature: &'static str,
    /// What its scripts call of the glue (`pkg/src/NAME-glue.d.ts`).
    exports: &'static str,
}

impl Module {
    /// What `<slide-wright>` runs on.
    pub const ELEMENT: Module = Module {
        name: CRATE,
        feature: "element",
        exports: "default, onTrap, __wbg_reset_state, mount, configure, call, unmount",
    };

    /// The engine without a view.
    pub const HEADLESS: Module = Module {
        name: "headless",
        feature: "headless",
        exports: "default, onTrap, __wbg_reset_state, open, set, ask, close",
    };

    /// All that the package has.
    pub const ALL: [Module; 2] = [Module::ELEMENT, Module::HEADLESS];

    fn folder(self, kind: Kind) -> String {
        format!("target/bundle/{}/{}", kind.name(), self.name)
    }

    /// Where its wasm is, once it is [`made`].
    pub fn wasm(self, project: &Project, kind: Kind) -> PathBuf {
        project.path(&format!("{}/{}.wasm", self.folder(kind), self.name))
    }

    /// Where its glue is, once it is [`made`].
    pub fn glue(self, project: &Project, kind: Kind) -> PathBuf {
        project.path(&format!("{}/{}-glue.js", self.folder(kind), self.name))
    }
}

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

/// Makes a module of one kind, unless it is there; returns the folder that holds
/// its wasm and its glue, and nothing else.
///
/// # Errors
///
/// A stage fails.
pub fn made(project: &Project, kind: Kind, module: Module) -> Outcome<PathBuf> {
    let folder = project.path(&module.folder(kind));
    let (wasm, glue) = (module.wasm(project, kind), module.glue(project, kind));
    let mut inputs = project.files("src")?;
    inputs.extend(
        ["Cargo.toml", "Cargo.lock", "pkg/package-lock.json"].map(|path| project.path(path)),
    );
    inputs.extend(recipe(project));
    let stamp = Stamp::new(
        project.path(&format!("{}.stamp", module.folder(kind))),
        &inputs,
        &[&tools::rustc_version(project)?],
    )?;
    if stamp.fits(&[&wasm, &glue]) {
        return Ok(folder);
    }

    lock::bindgen_versions_match(&project::read_text(&project.path("Cargo.lock"))?)?;
    println!("Building {}.wasm ({}) …", module.name, kind.name());
    let compiled = wasm::compile(project, kind, CRATE, module.feature)?;
    project::remove_folder(&folder)?;
    project::make_folder(&folder)?;
    let bound = project.path(&format!("{}-bound", module.folder(kind)));
    // With a default path in the glue, bundlers emit a second copy of the wasm; the
    // shell passes the address. A trap leaves a dead instance behind, and a function
    // of the glue is the way back from it.
    let ours = [
        "--omit-default-module-path",
        "--experimental-reset-state-function",
    ];
    bind(&compiled, &bound, CRATE, &ours)?;
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
        format!("export {{ {} }} from './{CRATE}.js';\n", module.exports),
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

/// Makes the JavaScript that a page imports, and the wasm that goes with it: files
/// named after `name` in a folder that holds nothing else.
///
/// # Errors
///
/// The generator refuses the wasm, or the folder cannot be written.
pub fn bind(wasm: &Path, into: &Path, name: &str, more: &[&str]) -> Outcome {
    project::remove_folder(into)?;
    let mut args: Vec<&OsStr> = vec![
        "wasm-bindgen".as_ref(),
        wasm.as_os_str(),
        "--out-dir".as_ref(),
        into.as_os_str(),
    ];
    let rest = ["--out-name", name, "--target", "web", "--no-typescript"];
    args.extend(rest.iter().chain(more).map(OsStr::new));
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(args)
        .or_cannot(format_args!("make the bindings of {}", wasm.display()))
}

/// Makes a wasm with bindings as small as can be, for `to`.
///
/// # Errors
///
/// The optimizer fails.
pub fn optimize(project: &Project, from: &Path, to: &Path) -> Outcome {
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
///
/// # Errors
///
/// It holds one.
pub fn keeps_paths_private(project: &Project, wasm: &Path) -> Outcome {
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
fn recipe(project: &Project) -> [PathBuf; 6] {
    [
        "bundle",
        "likeness",
        "module",
        "revival",
        "short_names",
        "wasm",
    ]
    .map(|name| project.path(&format!("xtask/src/{name}.rs")))
}
