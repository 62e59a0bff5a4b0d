//! Whether something made earlier still fits what it was made from.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::project;

/// A digest of inputs, kept in a file beside what was made from them.
///
/// By content and not by time: a checkout or a copy touches every file and
/// changes none.
pub struct Stamp {
    file: PathBuf,
    digest: String,
}

impl Stamp {
    /// The stamp in `file` for these input files and words (versions, flags).
    ///
    /// # Errors
    ///
    /// An input that cannot be read.
    pub fn new(file: PathBuf, inputs: &[PathBuf], words: &[&str]) -> Outcome<Self> {
        let mut hasher = DefaultHasher::new();
        for path in inputs {
            path.hash(&mut hasher);
            project::read(path)?.hash(&mut hasher);
        }
        words.hash(&mut hasher);
        Ok(Self {
            file,
            digest: format!("{:016x}", hasher.finish()),
        })
    }

    /// Whether all of `made` exist and the inputs are still those of the last
    /// [`set`](Self::set).
    pub fn fits(&self, made: &[&Path]) -> bool {
        made.iter().all(|path| path.is_file())
            && fs::read_to_string(&self.file).is_ok_and(|kept| kept == self.digest)
    }

    /// Notes that everything was made from the present inputs.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn set(&self) -> Outcome {
        project::write(&self.file, &self.digest)
    }
}
