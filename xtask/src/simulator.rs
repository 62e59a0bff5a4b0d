//! The simulator as wasm, with the script that calls it, for the site's service worker.

use std::path::PathBuf;

use crate::module;
use crate::process::Run;
use crate::project::{self, Project};
use crate::stamp::Stamp;
use crate::wasm::{self, Kind};
use crate::{Outcome, lock, short_names, tools};

/// Its package.
const PACKAGE: &str = "slidewright-simulator";

/// The worker's own source, beside which the glue is put.
const WORKER: &str = "simulator/worker/worker.js";

/// The language level of the worker: a classic script of what every browser with
/// service workers and WebAssembly runs.
const LANGUAGE: &str = "--target=es2020";

/// The simulator for a worker.
pub struct Simulator {
    folder: PathBuf,
}

impl Simulator {
    /// Makes it, unless it is there.
    ///
    /// # Errors
    ///
    /// A stage fails.
    pub fn made(project: &Project, kind: Kind) -> Outcome<Self> {
        let name = format!("target/simulator/{}", kind.name());
        let made = Self {
            folder: project.path(&name),
        };
        let mut inputs = project.files("simulator/src")?;
        inputs.extend(
            [
                "Cargo.lock",
                "Cargo.toml",
                "pkg/package-lock.json",
                "simulator/Cargo.toml",
                "xtask/src/module.rs",
                "xtask/src/short_names.rs",
                "xtask/src/simulator.rs",
                "xtask/src/wasm.rs",
            ]
            .map(|path| project.path(path)),
        );
        let stamp = Stamp::new(
            project.path(&format!("{name}.stamp")),
            &inputs,
            &[&tools::rustc_version(project)?],
        )?;
        if stamp.fits(&[&made.wasm(), &made.glue()]) {
            return Ok(made);
        }

        lock::bindgen_versions_match(&project::read_text(&project.path("Cargo.lock"))?)?;
        println!("Building simulator.wasm ({}) …", kind.name());
        let compiled = wasm::compile(project, kind, PACKAGE, "worker")?;
        let ours = [
            "--omit-default-module-path",
            // After a trap, a dead instance is left behind.
            "--experimental-reset-state-function",
        ];
        module::bind(&compiled, &made.folder, "simulator", &ours)?;
        let bound = made.folder.join("simulator_bg.wasm");
        short_names::shorten(&bound, &made.glue())?;
        module::optimize(project, &bound, &made.wasm())?;
        module::keeps_paths_private(project, &made.wasm())?;
        project::remove_file(&bound)?;
        stamp.set()?;
        Ok(made)
    }

    /// The module, to be served with the worker.
    pub fn wasm(&self) -> PathBuf {
        self.folder.join("simulator.wasm")
    }

    fn glue(&self) -> PathBuf {
        self.folder.join("simulator.js")
    }

    /// The worker's script as one classic script, with the constants that its source
    /// leaves to the build: name and value, in JavaScript.
    ///
    /// # Errors
    ///
    /// esbuild refuses it.
    pub fn script(&self, project: &Project, constants: &[(&str, String)]) -> Outcome<String> {
        let source = self.folder.join("worker.js");
        project::write(&source, project::read(&project.path(WORKER))?)?;
        project
            .npm_program("esbuild")
            .arg(&source)
            .args(["--bundle", "--minify", "--format=iife", LANGUAGE])
            .arg("--log-level=warning")
            .args(
                constants
                    .iter()
                    .map(|(name, value)| format!("--define:{name}={value}")),
            )
            .text()
    }
}
