//! Where things are in the working copy, and reading and writing them with
//! the path in every complaint.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Context;
use crate::process::Run;
use crate::{Failure, Outcome};

/// The crate whose wasm is shipped.
pub const CRATE: &str = "slidewright";

/// The wasm target everything is compiled for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// A working copy of this repository.
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// The working copy that the command was started in.
    ///
    /// # Errors
    ///
    /// No `xtask` package at or above the current folder.
    pub fn find() -> Outcome<Self> {
        // Cargo sets the variable for `cargo xtask`; a binary started by hand
        // has only its current folder to go by.
        let start = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => env::current_dir().or_cannot("find the current folder")?,
        };
        start
            .ancestors()
            .find(|folder| folder.join("xtask/Cargo.toml").is_file())
            .map(|root| Self {
                root: root.to_owned(),
            })
            .ok_or_else(|| Failure::new("start `cargo xtask` inside the project's folder"))
    }

    /// `path`, written with `/`, below the root.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The folder with the workspace manifest.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path as people write it: from the root, with `/`.
    pub fn relative(&self, path: &Path) -> String {
        path.strip_prefix(&self.root)
            .unwrap_or(path)
            .to_string_lossy()
            .replace('\\', "/")
    }

    /// A command that starts in the root folder.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// The cargo that runs this tool, started in the root folder.
    pub fn cargo(&self) -> Command {
        self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// A program of an npm package, from `pkg/node_modules`.
    pub fn npm_program(&self, name: &str) -> Command {
        let suffix = if cfg!(windows) { ".cmd" } else { "" };
        self.command(self.path(&format!("pkg/node_modules/.bin/{name}{suffix}")))
    }

    /// Every file that is tracked or about to be, from the root, with `/`.
    ///
    /// # Errors
    ///
    /// No git.
    pub fn tracked(&self) -> Outcome<Vec<String>> {
        let listing = self
            .command("git")
            .args([
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ])
            .text()?;
        let paths = listing.split('\0').filter(|path| !path.is_empty());
        // Deleted but still in the index, or a link to elsewhere.
        Ok(paths
            .filter(|path| self.path(path).is_file())
            .map(str::to_owned)
            .collect())
    }

    /// Every file below `folder`, in a fixed order; none if there is no such
    /// folder.
    ///
    /// # Errors
    ///
    /// A folder that cannot be listed.
    pub fn files(&self, folder: &str) -> Outcome<Vec<PathBuf>> {
        files_below(&self.path(folder))
    }
}

/// Every file below `folder`, in a fixed order; none if there is no such folder.
///
/// # Errors
///
/// A folder that cannot be listed.
pub fn files_below(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> Outcome {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).or_cannot(format_args!("list {}", folder.display())),
    };
    for entry in listing {
        let path = entry
            .or_cannot(format_args!("list {}", folder.display()))?
            .path();
        if path.is_dir() {
            collect(&path, into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}

/// The bytes of a file.
///
/// # Errors
///
/// A file that cannot be read.
pub fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).or_cannot(format_args!("read {}", path.display()))
}

/// The text of a file.
///
/// # Errors
///
/// A file that cannot be read or is not UTF-8.
pub fn read_text(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).or_cannot(format_args!("read {}", path.display()))
}

/// Writes a file, with the folders it needs.
///
/// # Errors
///
/// A folder or file that cannot be written.
pub fn write(path: &Path, contents: impl AsRef<[u8]>) -> Outcome {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, contents).or_cannot(format_args!("write {}", path.display()))
}

/// Makes a folder and those above it, unless they are there.
///
/// # Errors
///
/// A folder that cannot be made.
pub fn make_folder(path: &Path) -> Outcome {
    fs::create_dir_all(path).or_cannot(format_args!("make the folder {}", path.display()))
}

/// Removes a folder with all it holds, if it is there.
///
/// # Errors
///
/// A folder that cannot be removed.
pub fn remove_folder(path: &Path) -> Outcome {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).or_cannot(format_args!("remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Removes a file.
///
/// # Errors
///
/// A file that cannot be removed.
pub fn remove_file(path: &Path) -> Outcome {
    fs::remove_file(path).or_cannot(format_args!("remove {}", path.display()))
}
