//! `fuzz`: hands everything that reads what others wrote to libFuzzer.
//!
//! The targets are the package in `tests/fuzz`; here they are built with the
//! instrumentation that the engine wants, on the stable compiler, and run.
//! Everything made on the way is in `target/fuzz`; a find goes to
//! `tests/fuzz/regressions`, where it stays.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::failure::Context;
use crate::process::Run;
use crate::project::{self, Project};
use crate::{Failure, Outcome, tools};

const PACKAGE: &str = "slidewright-fuzz";

/// How long a find is made smaller.
const SHRINKING: u64 = 20;

/// Counters at every edge, and the operands of comparisons, as libFuzzer reads
/// them. The core has no `unsafe`, so that a panic is all that can go wrong, and
/// no sanitizer is needed.
const FLAGS: [&str; 6] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
];

/// What makes a run the same each time, together with a number of inputs: the chance,
/// nothing read again when a second is over, and no numbers taken from comparisons, of
/// which many are addresses.
const SAME: [&str; 3] = ["-seed=1", "-reload=0", "-use_cmp=0"];

/// How far a run goes, and what it begins with, beside seeds and former finds.
#[derive(Clone, Copy)]
enum Course {
    /// So many seconds, from what earlier runs came to, and this one will.
    On(u64),
    /// So many inputs, from nothing and the same each time: a fast machine must not meet
    /// what no other one did, in a test of something else.
    Short(u32),
}

/// Runs one target, or each, for so many seconds, and goes on from where the
/// last run ended.
///
/// # Errors
///
/// No such target, no C++ compiler, and finds.
pub fn fuzz(project: &Project, target: Option<&str>, seconds: u64) -> Outcome {
    if !tools::cpp_compiler()? {
        return Err(Failure::new(LACKING));
    }
    let engine = Engine::build(project)?;
    let targets = engine.targets()?.into_iter().map(|(name, _)| name);
    let targets: Vec<_> = targets.collect();
    let chosen: Vec<_> = targets
        .iter()
        .filter(|name| target.is_none_or(|target| target == *name))
        .collect();
    if chosen.is_empty() {
        return Err(Failure::new(format!(
            "there is no such target; the targets are {}",
            targets.join(", ")
        )));
    }
    let mut finds = Vec::new();
    for name in chosen {
        println!("Fuzzing {name} for {seconds} s …");
        finds.extend(engine.run(name, Course::On(seconds))?);
    }
    none(&finds)
}

/// Replays everything that is known, and looks a little further. Returns what is
/// left out.
///
/// # Errors
///
/// A target that breaks a claim.
pub fn short(project: &Project) -> Outcome<Vec<String>> {
    project
        .cargo()
        .args(["test", "--quiet", "--package", PACKAGE])
        .run()?;
    if !tools::cpp_compiler()? {
        return Ok(vec![format!("new inputs for the fuzz targets: {LACKING}")]);
    }
    let engine = Engine::build(project)?;
    let mut finds = Vec::new();
    for (name, inputs) in engine.targets()? {
        finds.extend(engine.run(&name, Course::Short(inputs))?);
    }
    none(&finds)?;
    Ok(Vec::new())
}

const LACKING: &str = "libFuzzer needs a Unix with a C++ compiler";

/// The targets, ready to run.
struct Engine<'a> {
    project: &'a Project,
    program: PathBuf,
}

impl<'a> Engine<'a> {
    fn build(project: &'a Project) -> Outcome<Self> {
        // Named, so that build scripts are not instrumented, which lack the
        // engine's side of it.
        let host = project
            .command("rustc")
            .args(["--print", "host-tuple"])
            .text()?;
        let folder = project.path("target/fuzz/build");
        project
            .cargo()
            .args(["build", "--quiet", "--package", PACKAGE])
            .args(["--bin", PACKAGE, "--features", "engine"])
            .args(["--target", &host, "--target-dir"])
            .arg(&folder)
            // The profile for development checks arithmetic; optimised, it
            // tries ten times as much.
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", "2")
            .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\x1f"))
            .run()?;
        Ok(Self {
            project,
            program: folder.join(host).join("debug").join(PACKAGE),
        })
    }

    /// Their names, and how many inputs a short run of each tries.
    fn targets(&self) -> Outcome<Vec<(String, u32)>> {
        let lines = Command::new(&self.program).text()?;
        let read = |line: &str| {
            let (name, inputs) = line.split_once(' ')?;
            Some((name.to_owned(), inputs.parse().ok()?))
        };
        let targets: Option<_> = lines.lines().map(read).collect();
        targets.ok_or_else(|| Failure::new("the fuzz targets do not say what they are"))
    }

    /// Runs a target, says in a line what it came to, and returns what it found.
    fn run(&self, target: &str, course: Course) -> Outcome<Vec<Find>> {
        let folder = |what: &str| self.project.path(&format!("target/fuzz/{what}/{target}"));
        let (seeds, finds) = (folder("seeds"), folder("finds"));
        let grown = match course {
            Course::On(_) => folder("corpus"),
            Course::Short(_) => folder("fresh"),
        };
        project::remove_folder(&seeds)?;
        project::remove_folder(&finds)?;
        if let Course::Short(_) = course {
            project::remove_folder(&grown)?;
        }
        for folder in [&seeds, &finds, &grown] {
            project::make_folder(folder)?;
        }
        let mut command = self.command(target);
        command
            .env("SLIDEWRIGHT_FUZZ_SEEDS", &seeds)
            .arg(format!("-artifact_prefix={}/", finds.display()))
            .arg("-print_final_stats=1")
            .arg(&grown);
        let known = self.regressions(target);
        match course {
            Course::On(seconds) => {
                command
                    .arg(format!("-max_total_time={seconds}"))
                    .arg(&seeds);
                if known.is_dir() {
                    command.arg(known);
                }
            }
            Course::Short(inputs) => {
                self.write_seeds(target, &seeds)?;
                let list = folder("list");
                let mut first = project::files_below(&seeds)?;
                first.extend(project::files_below(&known)?);
                let first: Vec<_> = first.iter().map(|it| self.project.relative(it)).collect();
                project::write(&list, first.join(","))?;
                command
                    .args(SAME)
                    .arg(format!("-seed_inputs=@{}", list.display()))
                    .arg(format!("-runs={inputs}"));
            }
        }
        let output = command.output().or_cannot("start the fuzz targets")?;
        let said = Said::read(&output);
        let found = self.keep(target, &finds)?;
        println!("{target:<12} {}, {} found", said.figures, found.len());
        if found.is_empty() && !output.status.success() {
            return Err(Failure::new(format!(
                "the target {target} ended without a find:\n{}",
                said.end
            )));
        }
        for find in &found {
            println!("{}\n{}", self.project.relative(&find.path), said.complaint);
        }
        Ok(found)
    }

    /// A run would do so itself, and read them in no certain order.
    fn write_seeds(&self, target: &str, folder: &Path) -> Outcome {
        self.command(target)
            .env("SLIDEWRIGHT_FUZZ_SEEDS", folder)
            .arg("-help=1")
            .text()
            .map(drop)
    }

    fn command(&self, target: &str) -> Command {
        let mut command = self.project.command(&self.program);
        command
            .env("SLIDEWRIGHT_FUZZ_TARGET", target)
            .env("RUST_BACKTRACE", "0")
            // A reply that keeps a page busy for so long has done harm, too.
            .args(["-timeout=10", "-rss_limit_mb=2048"])
            // Short inputs first; off by default where changes are ours.
            .arg("-len_control=100")
            .arg("-dict=tests/fuzz/dictionary");
        command
    }

    fn regressions(&self, target: &str) -> PathBuf {
        self.project
            .path(&format!("tests/fuzz/regressions/{target}"))
    }

    /// Copies what was found to where it stays, as small as it can be had.
    fn keep(&self, target: &str, finds: &Path) -> Outcome<Vec<Find>> {
        let mut kept = Vec::new();
        let files = fs::read_dir(finds).or_cannot("list what was found")?;
        for file in files {
            let found = file.or_cannot("list what was found")?.path();
            let name = found.file_name().unwrap_or_default().to_string_lossy();
            // Slow but taken: a report of the engine's, and no find.
            if name.starts_with("slow-unit") {
                continue;
            }
            let input = project::read(&found)?;
            if let Some(path) = self.known(target, &input)? {
                kept.push(Find { path });
                continue;
            }
            let path = self.regressions(target).join(&*name);
            project::write(&path, input)?;
            if name.starts_with("crash") {
                self.command(target)
                    .args(["-minimize_crash=1", "-runs=100000"])
                    .arg(format!("-max_total_time={SHRINKING}"))
                    .arg(format!("-exact_artifact_path={}", path.display()))
                    .arg(&found)
                    .output()
                    .or_cannot("make a find smaller")?;
            }
            kept.push(Find { path });
        }
        Ok(kept)
    }

    /// The find that is this very input, not mended yet.
    fn known(&self, target: &str, input: &[u8]) -> Outcome<Option<PathBuf>> {
        let folder = format!("tests/fuzz/regressions/{target}");
        for path in self.project.files(&folder)? {
            if project::read(&path)? == input {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }
}

/// An input that breaks a claim.
struct Find {
    path: PathBuf,
}

fn none(finds: &[Find]) -> Outcome {
    if finds.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} found, now in tests/fuzz/regressions; `cargo test --package {PACKAGE}` replays them",
        finds.len()
    )))
}

/// What a run printed, as far as people want it.
struct Said {
    /// How much was tried and reached.
    figures: String,
    /// Why an input is a find.
    complaint: String,
    end: String,
}

impl Said {
    fn read(output: &Output) -> Self {
        let text = String::from_utf8_lossy(&output.stderr);
        let after = |line: &str, name: &str| {
            let (_, rest) = line.split_once(name)?;
            rest.split_whitespace().next().map(str::to_owned)
        };
        let last = |name: &str| text.lines().rev().find_map(|line| after(line, name));
        let figure = |name| last(name).unwrap_or_else(|| "?".to_owned());
        let mut complaint = text
            .lines()
            .skip_while(|line| !line.contains("panicked at") && !line.contains("ERROR: libFuzzer"))
            .take_while(|line| !line.starts_with("note: ") && !line.starts_with("NOTE: "))
            .filter(|line| !line.is_empty());
        let complaint: Vec<_> = complaint.by_ref().take(12).collect();
        let lines: Vec<_> = text.lines().collect();
        Self {
            figures: format!(
                "{:>9} executions, {:>4} edges, {:>5} features",
                figure("number_of_executed_units:"),
                figure(" cov: "),
                figure(" ft: "),
            ),
            complaint: complaint.join("\n"),
            end: lines[lines.len().saturating_sub(12)..].join("\n"),
        }
    }
}
