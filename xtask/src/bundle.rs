//! `build`: from sources to `pkg/dist`, and what that weighs.
//!
//! Every stage leaves its result in `target/bundle` and is skipped while its
//! inputs are the same, so that `demo` and `test` start at once.

use std::path::PathBuf;

use crate::module::{self, Module};
use crate::project::{self, Project};
use crate::sizes::{STABLE_BUDGET, Sizes};
use crate::wasm::Kind;
use crate::{Failure, Outcome, script, tools};

/// The language level of the shipped JavaScript: what the oldest supported
/// engines (Chrome 111, Firefox 115, Safari 16.4) run as it is.
pub const LANGUAGE: &str = "--target=es2022";

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
    tools::npm_packages(project, "pkg")?;
    let mut folders = Vec::new();
    for module in Module::ALL {
        folders.push(module::made(project, kind, module)?);
    }
    folders.push(script::made(project, kind)?);
    folders.push(project.path("pkg/typings"));
    ship(project, &folders)
}

/// Puts the files of `folders` into `pkg/dist`, and nothing else. What is there
/// already is left alone: somebody may be reading it.
fn ship(project: &Project, folders: &[PathBuf]) -> Outcome {
    let dist = project.path("pkg/dist");
    let mut wanted = Vec::new();
    for folder in folders {
        let inside = if folder.ends_with("typings") {
            "typings"
        } else {
            ""
        };
        for file in project.files(&project.relative(folder))? {
            if let Ok(below) = file.strip_prefix(folder) {
                wanted.push((dist.join(inside).join(below), project::read(&file)?));
            }
        }
    }
    for old in project.files("pkg/dist")? {
        if !wanted.iter().any(|(path, _)| *path == old) {
            project::remove_file(&old)?;
        }
    }
    for (path, contents) in wanted {
        if !path.is_file() || project::read(&path)? != contents {
            project::write(&path, contents)?;
        }
    }
    Ok(())
}
