//! A project's folder: copied, its dependencies installed, its commands run.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::process::Command;
use tokio::sync::OnceCell;
use tokio::time::timeout;

use crate::server::repository;

/// How long one command may take: an installation, a build.
const LIMIT: Duration = Duration::from_secs(600);

/// What tools keep of earlier builds, and would take for this one.
const CACHES: [&str; 3] = [".vite", ".cache", ".vite-temp"];

/// Each is made once a run, however many tests need it.
static PROJECTS: LazyLock<Mutex<HashMap<String, Arc<OnceCell<Project>>>>> =
    LazyLock::new(Mutex::default);

/// A project with its dependencies and the package from the tarball.
#[derive(Clone, Debug)]
pub struct Project {
    folder: PathBuf,
}

impl Project {
    /// A folder of the repository, as a project of its own; what is in `common`
    /// is laid over it.
    ///
    /// # Panics
    ///
    /// Where it cannot be copied or installed, with what npm said.
    pub async fn open(source: &str, common: Option<&str>) -> Project {
        let cell = {
            let mut projects = PROJECTS.lock().unwrap_or_else(PoisonError::into_inner);
            projects.entry(source.to_owned()).or_default().clone()
        };
        let made = cell.get_or_init(|| make(source, common)).await;
        made.clone()
    }

    /// Where something of it is.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// The version of a package that is installed in it.
    ///
    /// # Panics
    ///
    /// Where it is not.
    pub fn version(&self, package: &str) -> String {
        let manifest = self.path("node_modules").join(package).join("package.json");
        let manifest = read_json(&manifest);
        manifest["version"].as_str().expect("a version").to_owned()
    }

    /// Runs a program of its packages, or `node`, and gives what it wrote.
    ///
    /// # Panics
    ///
    /// Where it fails, with what it wrote.
    pub async fn run(&self, words: &[&str], variables: &[(&str, &str)]) -> String {
        match self.attempt(words, variables).await {
            Ok(said) => said,
            Err(said) => panic!("{words:?} in {:?} failed:\n{said}", self.folder),
        }
    }

    /// [`run`](Project::run), for what may fail: what it wrote, either way.
    ///
    /// # Errors
    ///
    /// The program fails, or takes too long.
    ///
    /// # Panics
    ///
    /// Where it cannot be started.
    pub async fn attempt(
        &self,
        words: &[&str],
        variables: &[(&str, &str)],
    ) -> Result<String, String> {
        let mut command = self.command(words, variables);
        // One that is given up shall not go on beside the next.
        command.kill_on_drop(true).stdin(Stdio::null());
        let Ok(output) = timeout(LIMIT, command.output()).await else {
            return Err(format!("still running after {LIMIT:?}"));
        };
        let output = output.unwrap_or_else(|error| panic!("{words:?}: {error}"));
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        if output.status.success() {
            Ok(said)
        } else {
            Err(said)
        }
    }

    pub(super) fn command(&self, words: &[&str], variables: &[(&str, &str)]) -> Command {
        let (program, arguments) = words.split_first().expect("a program");
        let own = self.path("node_modules/.bin").join(program);
        let mut command = match own.exists() {
            true => Command::new(own),
            false => Command::new(program),
        };
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("CI", "1")
            .env("NO_COLOR", "1")
            // No host of theirs is to hear of it.
            .env("NEXT_TELEMETRY_DISABLED", "1")
            .env("ASTRO_TELEMETRY_DISABLED", "1")
            .env("NUXT_TELEMETRY_DISABLED", "1")
            .env("NG_CLI_ANALYTICS", "false")
            .env_remove("NODE_OPTIONS")
            .env_remove("NODE_ENV")
            .envs(variables.iter().copied());
        command
    }
}

/// The tarball of this run.
///
/// # Panics
///
/// Where none is named.
pub fn tarball() -> PathBuf {
    let path = env::var_os("SLIDEWRIGHT_TARBALL");
    PathBuf::from(path.expect("SLIDEWRIGHT_TARBALL: run `cargo xtask test --only package`"))
}

async fn make(source: &str, common: Option<&str>) -> Project {
    let name = source.rsplit('/').next().expect("a name");
    let group = if source.starts_with("examples/") {
        "examples"
    } else {
        "fixtures"
    };
    let folder = repository().join("target/matrix").join(group).join(name);
    let project = Project { folder };
    project.copy(source, common);
    if project.path("package-lock.json").is_file() {
        project.install().await;
    }
    project.unpack().await;
    project
}

impl Project {
    /// The sources anew, and of what was there only the dependencies.
    fn copy(&self, source: &str, common: Option<&str>) {
        fs::create_dir_all(&self.folder).expect("a folder for the project");
        for entry in fs::read_dir(&self.folder).expect("the project's folder") {
            let path = entry.expect("an entry of the folder").path();
            if path.ends_with("node_modules") {
                continue;
            }
            let removed = match path.is_dir() {
                true => fs::remove_dir_all(&path),
                false => fs::remove_file(&path),
            };
            removed.unwrap_or_else(|error| panic!("{path:?}: {error}"));
        }
        for source in common.into_iter().chain([source]) {
            copy(&repository().join(source), &self.folder);
        }
    }

    /// What the lock file says, unless it is there already.
    async fn install(&self) {
        let lock = fs::read(self.path("package-lock.json")).expect("a lock file");
        let stamp = self.path("node_modules/.installed-from");
        if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
            return;
        }
        let manifest = fs::read_to_string(self.path("package.json")).expect("a manifest");
        let mut without: Map<String, Value> = serde_json::from_str(&manifest).expect("JSON");
        let dependencies = without
            .get_mut("dependencies")
            .and_then(Value::as_object_mut);
        // Not from a registry, so the lock file has nothing of it.
        let ours = dependencies.and_then(|all| all.remove("slidewright"));
        assert!(
            ours.is_some(),
            "{:?} does not depend on slidewright",
            self.folder
        );
        fs::write(self.path("package.json"), Value::from(without).to_string())
            .expect("a manifest without it");
        // `npm ci` wants the optional packages of every other system in the lock
        // file, and not every registry has them all. What is locked stays locked.
        let words = [
            "npm",
            "install",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ];
        self.run(&words, &[]).await;
        fs::write(self.path("package.json"), manifest).expect("the manifest again");
        fs::write(stamp, lock).expect("a note of what is installed");
    }

    /// The package, as an installation from the tarball would leave it.
    async fn unpack(&self) {
        let package = fs::read(tarball()).expect("the tarball: run `cargo xtask pack`");
        let folder = self.path("node_modules/slidewright");
        let stamp = self.path("node_modules/.slidewright.tgz");
        if folder.is_dir() && fs::read(&stamp).is_ok_and(|unpacked| unpacked == package) {
            return;
        }
        let mut stale: Vec<_> = CACHES
            .iter()
            .map(|it| self.path("node_modules").join(it))
            .collect();
        stale.push(folder.clone());
        for folder in stale.iter().filter(|it| it.exists()) {
            fs::remove_dir_all(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
        }
        fs::create_dir_all(&folder).expect("a folder for the package");
        let tarball = tarball();
        let from = tarball.to_str().expect("a path in Unicode");
        let to = folder.to_str().expect("a path in Unicode");
        let words = ["tar", "-xzf", from, "-C", to, "--strip-components=1"];
        self.run(&words, &[]).await;
        fs::write(stamp, package).expect("a note of what is unpacked");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{from:?}: {error}")) {
        let entry = entry.expect("an entry of the folder");
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.ends_with("node_modules") {
            continue;
        }
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        }
    }
}

fn read_json(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}
