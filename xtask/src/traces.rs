//! No traces of one machine in tracked files: paths of its folders, and the
//! hosts its packages came from.

use std::env;

use crate::Outcome;
use crate::project::{self, Project};
use crate::source::Finding;

/// Hosts that serve packages. A lock file of this project names none either;
/// whoever builds it chooses where packages come from.
///
/// In two pieces, so that this file passes its own check.
const REGISTRIES: [(&str, &str); 7] = [
    ("registry.", "npmjs.org"),
    ("registry.", "yarnpkg.com"),
    ("index.", "crates.io"),
    ("static.", "crates.io"),
    ("files.", "pythonhosted.org"),
    ("pypi", ".org"),
    ("proxy.", "golang.org"),
];

/// Folders that only make sense on one machine, again in two pieces.
const FOLDERS: [(&str, &str); 5] = [
    ("/ro", "ot/"),
    ("/ho", "me/"),
    ("/Us", "ers/"),
    ("/t", "mp/"),
    ("C:\\", "Users\\"),
];

/// What to look for: the fixed lists and the paths of this machine.
pub struct Traces {
    registries: Vec<String>,
    folders: Vec<String>,
}

impl Traces {
    /// Traces of this machine, and of machines in general.
    pub fn of(project: &Project) -> Self {
        let joined = |(one, two): &(&str, &str)| format!("{one}{two}");
        let mut folders: Vec<_> = FOLDERS.iter().map(joined).collect();
        let own = [Some(project.root().to_owned()), env::home_dir()];
        folders.extend(
            own.into_iter()
                .flatten()
                // `/app` would be found in every URL of that name.
                .filter(|path| path.components().count() > 2)
                .map(|path| path.to_string_lossy().into_owned()),
        );
        Self {
            registries: REGISTRIES.iter().map(joined).collect(),
            folders,
        }
    }

    /// Every line of a file with a trace in it. Lock files may name the
    /// registry that their format asks for.
    pub fn find(&self, path: &str, text: &str) -> Vec<Finding> {
        let is_lock = path.ends_with("Cargo.lock") || path.ends_with("package-lock.json");
        let mut findings = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let mut report = |what: String| {
                findings.push(Finding {
                    path: path.to_owned(),
                    line: index + 1,
                    what,
                });
            };
            for host in self.registries.iter().filter(|_| !is_lock) {
                if line.contains(host.as_str()) {
                    report(format!("names the package host {host}"));
                }
            }
            // The last ones are the longest, and say most.
            let mut folders = self.folders.iter().rev();
            if let Some(folder) = folders.find(|folder| starts_a_path(line, folder)) {
                report(format!("names {folder}, a folder of one machine"));
            }
        }
        findings
    }
}

/// The traces in all files that are tracked or about to be.
///
/// # Errors
///
/// No git, or a file that cannot be read.
pub fn all(project: &Project) -> Outcome<Vec<Finding>> {
    let traces = Traces::of(project);
    let mut findings = Vec::new();
    for path in project.tracked()? {
        if let Ok(text) = String::from_utf8(project::read(&project.path(&path))?) {
            findings.extend(traces.find(&path, &text));
        }
    }
    Ok(findings)
}

/// Whether `folder` occurs as the start of a path, and not within one: a URL
/// may have a segment of the same name.
fn starts_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        line[..at]
            .chars()
            .next_back()
            .is_none_or(|before| !before.is_alphanumeric() && !"._-~/)}>".contains(before))
    })
}
