//! Compiles the element's wasm, in two kinds.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::Run;
use crate::project::{CRATE, Project, WASM_TARGET};
use crate::{Failure, Outcome, tools};

/// The compiler that [`Kind::Small`] is made with, and no other: it stands on
/// flags that change from release to release. To move it, build with both
/// kinds, run the tests, and compare the sizes.
pub const SMALL_COMPILER: &str = "1.95.0";

/// The stack, below all that has an address. A little less than the usual
/// megabyte, so that every address is a byte shorter: see `i32.const`'s LEB128.
const STACK: u32 = 960 * 1024;

/// How the wasm is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// With a standard library built for size and panics that trap at once
    /// instead of formatting a message nobody sees.
    Small,
    /// With nothing but what the stable compiler offers.
    Stable,
}

impl Kind {
    /// The smallest kind that this machine can make; says so if that is not
    /// [`Kind::Small`].
    ///
    /// # Errors
    ///
    /// No compiler.
    pub fn preferred(project: &Project) -> Outcome<Self> {
        let version = tools::rustc_version(project)?;
        let missing = if version != SMALL_COMPILER {
            format!("it is made with Rust {SMALL_COMPILER} only, and this is {version}")
        } else {
            match tools::rust_src(project) {
                Ok(()) => return Ok(Self::Small),
                Err(failure) => failure.to_string(),
            }
        };
        println!("Building the stable wasm, not the smaller one: {missing}");
        Ok(Self::Stable)
    }

    /// The name of its folders and in the output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Stable => "stable",
        }
    }
}

/// Compiles a package of the workspace to wasm with one `feature`, and returns where it
/// lies, before bindings: the next call puts its own there.
///
/// # Errors
///
/// It does not compile.
pub fn compile(project: &Project, kind: Kind, package: &str, feature: &str) -> Outcome<PathBuf> {
    // The kinds differ in flags for every crate: in one folder, each would
    // throw away what the other built.
    let folder = project.path(&format!("target/wasm/{}", kind.name()));
    let mut cargo = project.cargo();
    cargo
        // rlib-only manifest plus this flag, because a manifest that lists
        // cdylib and rlib turns link-time optimisation off (cargo #9672).
        .args([
            "rustc",
            "--quiet",
            "--lib",
            "--package",
            package,
            "--release",
        ])
        .args(["--crate-type", "cdylib", "--target", WASM_TARGET])
        .args(["--no-default-features", "--features", feature])
        .arg("--target-dir")
        .arg(&folder)
        .env_remove("CARGO_BUILD_TARGET");
    if kind == Kind::Small {
        cargo
            .env("RUSTC_BOOTSTRAP", "1")
            .args([
                "-Zbuild-std=std,panic_abort",
                "-Zbuild-std-features=optimize_for_size",
            ])
            .arg("-Zpanic-immediate-abort")
            .args(["--config", "profile.release.panic='immediate-abort'"]);
    }
    let mut flags = remapped(project)?;
    flags.push(format!("-Clink-arg=-zstack-size={STACK}"));
    if kind == Kind::Small {
        // Nothing of ours formats with `{:?}`; the tables for it come with
        // messages of panics that trap here.
        flags.extend(["-Zfmt-debug=none", "-Zlocation-detail=none"].map(String::from));
    }
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    cargo.env("SLIDEWRIGHT_STYLE", style(project)?);
    cargo.run()?;
    let wasm = folder
        .join(WASM_TARGET)
        .join("release")
        .join(format!("{}.wasm", package.replace('-', "_")));
    if wasm.is_file() {
        return Ok(wasm);
    }
    Err(Failure::new(format!(
        "cargo made no {}",
        project.relative(&wasm)
    )))
}

/// The style sheet without its spaces.
fn style(project: &Project) -> Outcome<String> {
    let minified = project
        .npm_program("esbuild")
        .arg(project.path("src/view/style.css"))
        .args(["--minify", "--target=chrome111,firefox115,safari16.4"])
        .arg("--log-level=warning")
        .text()?;
    Ok(minified.trim_end().to_owned())
}

/// Flags that keep the paths of this machine out of the file: they tell about
/// its owner, and would make every machine's file differ.
fn remapped(project: &Project) -> Outcome<Vec<String>> {
    let sysroot = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .current_dir(project.root())
        .args(["--print", "sysroot"])
        .text()?;
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let mut flags = Vec::new();
    let mut remap = |from: &Path, to: &str| {
        flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    };
    remap(project.root(), CRATE);
    remap(Path::new(&sysroot), "rust");
    if let Some(cargo_home) = cargo_home {
        remap(&cargo_home, "cargo");
    }
    Ok(flags)
}
