//! How often the wasm is in what a build made.

use std::fs;
use std::path::Path;

/// Smaller ones are other people's.
const SMALLEST: usize = 100_000;

/// Copies of the widget's wasm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    /// As files of their own.
    pub files: usize,
    /// Within scripts.
    pub inlined: usize,
}

/// Counts them in a folder and those below it. Source maps hold what no page runs.
///
/// # Panics
///
/// Where a file cannot be read.
pub fn copies(folder: &Path) -> Copies {
    let mut found = Copies::default();
    count(folder, &mut found);
    found
}

fn count(folder: &Path, found: &mut Copies) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    for entry in entries {
        let path = entry.expect("an entry of the folder").path();
        if path.is_dir() {
            count(&path, found);
        } else if path.extension().is_none_or(|ending| ending != "map") {
            let bytes = fs::read(&path).expect("a file of the build");
            if bytes.starts_with(b"\0asm") && bytes.len() >= SMALLEST {
                found.files += 1;
            } else {
                found.inlined += runs(&bytes);
            }
        }
    }
}

/// Runs of base64 long enough to be the wasm.
fn runs(bytes: &[u8]) -> usize {
    let base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=_-".contains(byte);
    bytes
        .split(|byte| !base64(byte))
        .filter(|run| run.len() >= SMALLEST)
        .count()
}
