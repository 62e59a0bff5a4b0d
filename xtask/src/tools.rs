//! What the commands need installed: found, or installed with one line said,
//! or named in one line for the person to install.
//!
//! Nothing here replaces or updates what is there already: a machine whose
//! toolchain is fixed stays as it is.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::process::Run;
use crate::project::{self, Project, WASM_TARGET};
use crate::{Failure, Outcome};

/// The oldest Node that the npm packages run on.
const NODE_MAJOR: u32 = 20;

/// Node's package manager.
pub const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// The release of the crate that drives Firefox.
const GECKODRIVER: &str = "0.37.1";

/// A browser that tests can drive, and the program that drives it.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Chromium or Chrome.
    pub chrome: PathBuf,
    /// The chromedriver of the same major version.
    pub driver: PathBuf,
}

/// The variables by which tests learn where a browser and its driver are.
pub type Variables = [(&'static str, PathBuf); 2];

impl Browser {
    /// What the tests in this browser need in their environment.
    pub fn variables(self) -> Variables {
        [
            ("SLIDEWRIGHT_CHROME", self.chrome),
            ("SLIDEWRIGHT_CHROMEDRIVER", self.driver),
        ]
    }
}

/// Makes sure that the standard library for wasm is there.
///
/// # Errors
///
/// It is missing and rustup is too, or rustup cannot add it.
pub fn wasm_target(project: &Project) -> Outcome {
    let folder = rustc(
        project,
        &["--print", "target-libdir", "--target", WASM_TARGET],
    )?;
    if Path::new(&folder).is_dir() {
        return Ok(());
    }
    if find("rustup", &[]).is_none() {
        return Err(Failure::new(format!(
            "the Rust target {WASM_TARGET} is missing: install it with the package manager Rust came from, or take Rust from rustup"
        )));
    }
    said(format!("Rust target {WASM_TARGET}"));
    project
        .command("rustup")
        .args(["target", "add", WASM_TARGET])
        .run_quietly()
}

/// Makes sure that the standard library's own source, and what it depends on,
/// is there to be compiled.
///
/// # Errors
///
/// It is missing and cannot be fetched. Only the smaller build needs it, so
/// the caller has another way.
pub fn rust_src(project: &Project) -> Outcome {
    let sysroot = rustc(project, &["--print", "sysroot"])?;
    let library = Path::new(&sysroot).join("lib/rustlib/src/rust/library");
    let manifest = library.join("Cargo.toml");
    if !manifest.is_file() {
        if find("rustup", &[]).is_none() {
            return Err(Failure::new("the Rust component rust-src is missing"));
        }
        said("Rust component rust-src");
        project
            .command("rustup")
            .args(["component", "add", "rust-src"])
            .run_quietly()
            .map_err(|_| Failure::new("the Rust component rust-src cannot be added"))?;
    }
    project
        .cargo()
        .args(["fetch", "--quiet", "--locked", "--target", WASM_TARGET])
        .arg("--manifest-path")
        .arg(manifest)
        // The manifest uses features that a stable cargo does not admit.
        .env("RUSTC_BOOTSTRAP", "1")
        .run_quietly()
        .map_err(|_| Failure::new("what the standard library depends on cannot be fetched"))
}

/// The compiler's version, such as `1.95.0`.
///
/// # Errors
///
/// No compiler, or one that does not say its version.
pub fn rustc_version(project: &Project) -> Outcome<String> {
    let said = rustc(project, &["--version"])?;
    said.split(' ').nth(1).map(str::to_owned).ok_or_else(|| {
        Failure::new(format!(
            "`rustc --version` says `{said}`, which names no version"
        ))
    })
}

/// Makes sure that the packages that a folder's `package-lock.json` names are in its
/// `node_modules`, exactly as locked.
///
/// # Errors
///
/// Node is missing or too old, or npm cannot fetch the packages.
pub fn npm_packages(project: &Project, folder: &str) -> Outcome {
    let folder = project.path(folder);
    let lock = project::read(&folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.locked-as");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    node(project)?;
    said(format!("npm packages of {}", project.relative(&folder)));
    // No package here needs its install script (esbuild's only swaps a
    // launcher for the binary itself), so none is run.
    project
        .command(NPM)
        .current_dir(&folder)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .run_quietly()?;
    project::write(&stamp, lock)
}

/// Chromium and its driver, from the variables `CHROME` and `CHROMEDRIVER`,
/// the usual places, or the system's packages.
///
/// # Errors
///
/// One of them is missing and cannot be installed here.
pub fn browser() -> Outcome<Browser> {
    let chrome = || {
        find_or_named(
            "CHROME",
            &[
                "chromium",
                "chromium-browser",
                "google-chrome",
                "google-chrome-stable",
                "chrome",
            ],
            &[
                "/usr/lib/chromium/chromium",
                "/opt/google/chrome/chrome",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
            ],
        )
    };
    let driver = || {
        find_or_named(
            "CHROMEDRIVER",
            &["chromedriver"],
            &[
                "/usr/lib/chromium/chromedriver",
                "/usr/lib/chromium-browser/chromedriver",
            ],
        )
    };
    if chrome()?.is_none() || driver()?.is_none() {
        packages(
            &["chromium", "chromium-driver"],
            "install Chromium or Chrome with a chromedriver of the same version, or set CHROME and CHROMEDRIVER to their paths",
        )?;
    }
    match (chrome()?, driver()?) {
        (Some(chrome), Some(driver)) => Ok(Browser { chrome, driver }),
        (None, _) => Err(Failure::new("no Chromium found: set CHROME to its path")),
        (_, None) => Err(Failure::new(
            "no chromedriver found: set CHROMEDRIVER to its path",
        )),
    }
}

/// Firefox and its driver, from the variables `FIREFOX` and `GECKODRIVER`, the
/// usual places, or the system's packages; the driver is built once, in
/// `target/tools`. `None` where Firefox is missing and cannot be installed, which
/// the caller has to report.
///
/// # Errors
///
/// A variable names no file, the system's package manager fails, or the driver
/// cannot be built.
pub fn firefox(project: &Project) -> Outcome<Option<Variables>> {
    let firefox = || {
        find_or_named(
            "FIREFOX",
            &["firefox-esr", "firefox"],
            &["/Applications/Firefox.app/Contents/MacOS/firefox"],
        )
    };
    if firefox()?.is_none() && debian_root() {
        packages(&["firefox-esr"], "")?;
    }
    let Some(program) = firefox()? else {
        return Ok(None);
    };
    Ok(Some([
        ("SLIDEWRIGHT_FIREFOX", program),
        ("SLIDEWRIGHT_GECKODRIVER", geckodriver(project)?),
    ]))
}

/// The one that a variable names, or ours: what else a machine has may be too old
/// for the tests.
fn geckodriver(project: &Project) -> Outcome<PathBuf> {
    if let Some(named) = find_or_named("GECKODRIVER", &[], &[])? {
        return Ok(named);
    }
    let folder = project.path("target/tools");
    let ours = folder
        .join("bin/geckodriver")
        .with_extension(env::consts::EXE_EXTENSION);
    // "geckodriver 0.37.1", and then the licence.
    let version = Command::new(&ours).arg("--version").text();
    if version.is_ok_and(|said| said.split_whitespace().nth(1) == Some(GECKODRIVER)) {
        return Ok(ours);
    }
    said(format!(
        "geckodriver {GECKODRIVER}, which takes some minutes"
    ));
    project
        .cargo()
        .args(["install", "--quiet", "--locked", "--force", "--root"])
        .arg(&folder)
        .args(["--version", &format!("={GECKODRIVER}"), "geckodriver"])
        .run_quietly()?;
    Ok(ours)
}

/// WebKitGTK's small browser and its driver, from the variables `MINIBROWSER` and
/// `WEBKITDRIVER`, the usual places, or the system's packages, with the display and
/// the bus that they run on. `None` where one is missing and cannot be installed,
/// which the caller has to report.
///
/// # Errors
///
/// A variable names no file, or the system's package manager fails.
pub fn webkit() -> Outcome<Option<Variables>> {
    let debian = format!(
        "/usr/lib/{}-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        env::consts::ARCH
    );
    let places = [debian.as_str(), "/usr/libexec/webkit2gtk-4.1/MiniBrowser"];
    let browser = || find_or_named("MINIBROWSER", &["MiniBrowser"], &places);
    let driver = || find_or_named("WEBKITDRIVER", &["WebKitWebDriver"], &[]);
    let around = || ["Xvfb", "dbus-run-session"].map(|name| find(name, &[]));
    let complete = || -> Outcome<Option<(PathBuf, PathBuf)>> {
        let found = browser()?.zip(driver()?);
        Ok(found.filter(|_| around().iter().all(Option::is_some)))
    };
    if complete()?.is_none() && debian_root() {
        packages(&["webkit2gtk-driver", "xvfb", "dbus"], "")?;
    }
    Ok(complete()?.map(|(browser, driver)| {
        [
            ("SLIDEWRIGHT_MINIBROWSER", browser),
            ("SLIDEWRIGHT_WEBKITDRIVER", driver),
        ]
    }))
}

/// nginx and Caddy, from the variables `NGINX` and `CADDY`, the usual places, or the
/// system's packages. One that is missing and cannot be installed has an empty path, which the
/// tests know, and the caller has to report.
///
/// # Errors
///
/// A variable names no file, or the system's package manager fails.
pub fn relay_servers() -> Outcome<Variables> {
    // Where the system's own servers are is not always among a person's programs.
    let nginx = || find_or_named("NGINX", &["nginx"], &["/usr/sbin/nginx"]);
    let caddy = || find_or_named("CADDY", &["caddy"], &["/usr/bin/caddy"]);
    if (nginx()?.is_none() || caddy()?.is_none()) && debian_root() {
        let quiet = Quiet::begin()?;
        let installed = packages(&["nginx", "caddy"], "");
        quiet.end()?;
        installed?;
    }
    Ok([
        ("SLIDEWRIGHT_NGINX", nginx()?.unwrap_or_default()),
        ("SLIDEWRIGHT_CADDY", caddy()?.unwrap_or_default()),
    ])
}

/// Debian starts a server as soon as it is installed, which nobody asked for here; a
/// policy keeps it from that, if the machine has none of its own.
struct Quiet {
    ours: bool,
}

impl Quiet {
    const POLICY: &str = "/usr/sbin/policy-rc.d";

    fn begin() -> Outcome<Quiet> {
        let policy = Path::new(Quiet::POLICY);
        let ours = !policy.exists();
        if ours {
            project::write(policy, "#!/bin/sh\nexit 101\n")?;
            Command::new("chmod").arg("755").arg(policy).run_quietly()?;
        }
        Ok(Quiet { ours })
    }

    fn end(self) -> Outcome {
        if self.ours {
            fs::remove_file(Quiet::POLICY)
                .map_err(|error| Failure::new(format!("{}: {error}", Quiet::POLICY)))?;
        }
        Ok(())
    }
}

/// LibreOffice, which opens the decks that tests download; `None` where it
/// is missing and cannot be installed, which the caller has to report.
///
/// # Errors
///
/// The variable `SOFFICE` names no file, or the system's package manager
/// fails.
pub fn office() -> Outcome<Option<PathBuf>> {
    let soffice = || {
        find_or_named(
            "SOFFICE",
            &["soffice", "libreoffice"],
            &["/Applications/LibreOffice.app/Contents/MacOS/soffice"],
        )
    };
    // The launcher alone opens no deck: Debian keeps Impress in a package of
    // its own.
    let complete = || match soffice() {
        Ok(Some(_)) if debian_root() => {
            Path::new("/usr/lib/libreoffice/program/libsdlo.so").exists()
        }
        Ok(found) => found.is_some(),
        Err(_) => true,
    };
    if !complete() && debian_root() {
        packages(&["libreoffice-impress"], "")?;
    }
    soffice()
}

/// Whether there is a C++ compiler, which libFuzzer is built with; installed
/// where that can be done.
///
/// # Errors
///
/// The system's package manager fails.
pub fn cpp_compiler() -> Outcome<bool> {
    let found = || cfg!(unix) && (env::var_os("CXX").is_some() || find("c++", &[]).is_some());
    if !found() && debian_root() {
        packages(&["g++"], "")?;
    }
    Ok(found())
}

/// The Python of an environment in `target/tools` that holds exactly the
/// packages of `tests/e2e/requirements.txt`.
///
/// # Errors
///
/// No Python 3 with its `venv` module, or pip cannot fetch the packages.
pub fn python(project: &Project) -> Outcome<PathBuf> {
    let requirements_file = project.path("tests/e2e/requirements.txt");
    let requirements = project::read(&requirements_file)?;
    let venv = project.path("target/tools/venv");
    let python = venv.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let stamp = venv.join(".installed-from");
    // The environment's Python is a link: it can outlive what it points to.
    if python.exists() && fs::read(&stamp).is_ok_and(|installed| installed == requirements) {
        return Ok(python);
    }

    let base = || find("python3", &[]).or_else(|| find("python", &[]));
    let able = || {
        base().is_some_and(|python| {
            Command::new(python)
                .args([
                    "-c",
                    "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))",
                ])
                .output()
                .is_ok_and(|output| output.status.success())
        })
    };
    if !able() {
        packages(
            &["python3", "python3-venv"],
            "install Python 3.9 or later with its venv module",
        )?;
    }
    let Some(base) = base() else {
        return Err(Failure::new("no Python found: install Python 3.9 or later"));
    };
    said("python-pptx");
    project::remove_folder(&venv)?;
    project
        .command(base)
        .args(["-m", "venv"])
        .arg(&venv)
        .run_quietly()?;
    project
        .command(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "-r",
        ])
        .arg(&requirements_file)
        .run_quietly()?;
    project::write(&stamp, requirements)?;
    Ok(python)
}

/// Whether this process has the rights of root. False off Unix.
pub fn is_root() -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        // A process owns its own entry; this spares a dependency for one call.
        fs::metadata("/proc/self").is_ok_and(|entry| entry.uid() == 0)
    }
    #[cfg(not(unix))]
    {
        false
    }
}

/// Opens a page in the person's own browser.
///
/// # Errors
///
/// No program for that on this system.
pub fn open(url: &str) -> Outcome {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    command.arg(url).run_quietly()
}

/// Makes sure that there is a Node that is new enough.
///
/// # Errors
///
/// It is missing or too old.
pub fn node(project: &Project) -> Outcome {
    let wanted = format!("install Node {NODE_MAJOR} or later");
    let version = project
        .command("node")
        .arg("--version")
        .text()
        .map_err(|failure| Failure::new(format!("{failure}: {wanted}")))?;
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE_MAJOR => Ok(()),
        _ => Err(Failure::new(format!("Node {version} is too old: {wanted}"))),
    }
}

fn rustc(project: &Project, args: &[&str]) -> Outcome<String> {
    project
        .command(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(args)
        .text()
}

/// A program that a variable may name; the variable wins, and must be right.
fn find_or_named(variable: &str, names: &[&str], places: &[&str]) -> Outcome<Option<PathBuf>> {
    if let Some(path) = env::var_os(variable).filter(|value| !value.is_empty()) {
        let path = PathBuf::from(path);
        if path.is_file() {
            return Ok(Some(path));
        }
        return Err(Failure::new(format!(
            "the variable {variable} names {}, where there is no file",
            path.display()
        )));
    }
    Ok(names
        .iter()
        .find_map(|name| find(name, &[]))
        .or_else(|| find("", places)))
}

fn find(name: &str, places: &[&str]) -> Option<PathBuf> {
    let search = env::var_os("PATH").unwrap_or_default();
    let named = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&search)
        .filter(|_| !name.is_empty())
        .map(|folder| folder.join(&named))
        .chain(places.iter().map(PathBuf::from))
        .find(|path| path.is_file())
}

fn debian_root() -> bool {
    is_root() && Path::new("/etc/debian_version").exists() && find("apt-get", &[]).is_some()
}

/// Installs system packages on Debian as root; elsewhere fails with
/// `instead`, which says what the person should install.
fn packages(names: &[&str], instead: &str) -> Outcome {
    if !debian_root() {
        let hint = if find("apt-get", &[]).is_some() {
            format!(" (here: sudo apt-get install {})", names.join(" "))
        } else {
            String::new()
        };
        return Err(Failure::new(format!("{instead}{hint}")));
    }
    said(names.join(", "));
    static LISTS: OnceLock<()> = OnceLock::new();
    if LISTS.get().is_none() {
        apt(&["update"])?;
        let _ = LISTS.set(());
    }
    let mut args = vec!["install", "--yes", "--no-install-recommends"];
    args.extend(names);
    apt(&args)
}

fn apt(args: &[&str]) -> Outcome {
    Command::new("apt-get")
        .args(args)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .run_quietly()
}

fn said(what: impl std::fmt::Display) {
    println!("Installing {what} …");
}
