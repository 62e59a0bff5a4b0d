//! `generate`: what comes of `pkg/element.toml`, the one definition of what a host
//! page can say to the element, call, hear and style.
//!
//! * [`definition`] reads it.
//! * [`typescript`] writes the shell's lists and the typings for scripts,
//!   [`frameworks`] those for JSX and templates, [`manifest`] and [`html_data`] what
//!   editors and other tools read, [`readme`] the tables for people.
//! * [`truth`] compares it with what the [`sources`] say.

pub mod definition;
pub mod frameworks;
pub mod html_data;
pub mod manifest;
pub mod readme;
pub mod sources;
pub mod truth;
pub mod typescript;

use definition::Definition;

use crate::project::{self, Project};
use crate::{Failure, Outcome};

/// Where the definition stands.
pub const DEFINITION: &str = "pkg/element.toml";

/// The first line of a generated file, after its mark for comments.
pub const NOTE: &str = "Generated from pkg/element.toml by `cargo xtask generate`.";

/// A file as the definition has it.
#[derive(Debug, PartialEq, Eq)]
pub struct Generated {
    /// From the root of the project, with `/`.
    pub path: &'static str,
    /// All of it.
    pub text: String,
}

/// Writes every file that comes of the definition, and says which changed.
///
/// # Errors
///
/// The definition cannot be read or contradicts itself, a marker of the README is
/// missing, or a file cannot be written.
pub fn generate(project: &Project) -> Outcome {
    let stale = stale(project, files(project)?);
    for file in &stale {
        project::write(&project.path(file.path), &file.text)?;
        println!("Written: {}", file.path);
    }
    if stale.is_empty() {
        println!("Nothing to write: all is as {DEFINITION} has it");
    }
    Ok(())
}

/// Compares the generated files with the working copy.
///
/// # Errors
///
/// As for [`generate`], or a file is not as it would write it.
pub fn check(project: &Project) -> Outcome {
    let stale = stale(project, files(project)?);
    if !stale.is_empty() {
        let paths: Vec<_> = stale.iter().map(|file| file.path).collect();
        return Err(Failure::new(format!(
            "run `cargo xtask generate`: not as {DEFINITION} has it: {}",
            paths.join(", ")
        )));
    }
    Ok(())
}

/// Every file that comes of the definition.
///
/// # Errors
///
/// As for [`generate`].
pub fn files(project: &Project) -> Outcome<Vec<Generated>> {
    let definition = Definition::read(project)?;
    let mut files = vec![
        typescript::names(&definition),
        typescript::embed_names(&definition),
        typescript::element(&definition),
        manifest::file(&definition)?,
        html_data::file(&definition)?,
    ];
    for path in readme::PATHS {
        let page = project::read_text(&project.path(path))?;
        files.push(readme::file(&definition, path, &page)?);
    }
    files.extend(frameworks::files(&definition));
    Ok(files)
}

/// Those that are not there as they should be.
pub fn stale(project: &Project, files: Vec<Generated>) -> Vec<Generated> {
    files
        .into_iter()
        .filter(|file| {
            project::read_text(&project.path(file.path)).ok().as_ref() != Some(&file.text)
        })
        .collect()
}
