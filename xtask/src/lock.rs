//! The bindings generator and the crate it serves must be of one version.

use crate::{Failure, Outcome};

/// The version of a package in the text of a `Cargo.lock`; the first, if it
/// is there in several.
pub fn version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

/// Fails unless `wasm-bindgen` and `wasm-bindgen-cli` are locked to the same
/// version: the two share a format that changes without notice, and a
/// mismatch shows as an obscure parse error much later.
///
/// # Errors
///
/// The versions differ, or the lock file lacks one of them.
pub fn bindgen_versions_match(lock: &str) -> Outcome {
    let locked = |package| {
        version(lock, package).ok_or_else(|| {
            Failure::new(format!(
                "Cargo.lock has no {package}: run `cargo metadata` to complete it"
            ))
        })
    };
    let (library, generator) = (locked("wasm-bindgen")?, locked("wasm-bindgen-cli")?);
    if library == generator {
        return Ok(());
    }
    Err(Failure::new(format!(
        "Cargo.lock has wasm-bindgen {library} but wasm-bindgen-cli {generator}: set `wasm-bindgen-cli = \"={library}\"` in xtask/Cargo.toml"
    )))
}
