//! `check`: everything that can be said without running the product.

use std::time::Instant;

use crate::generate::{self, truth};
use crate::process::Run;
use crate::project::{CRATE, Project, WASM_TARGET};
use crate::source::{Finding, SourceFile};
use crate::{
    Failure, Outcome, calls, floors, links, panics, reliability, snippets, symptoms, texts, tools,
    traces,
};

/// A check's name and what it does.
type Step = (&'static str, fn(&Project) -> Outcome);

/// Runs every check; the quick ones first.
///
/// # Errors
///
/// The first check that fails, by name.
pub fn check(project: &Project) -> Outcome {
    let steps: [Step; 10] = [
        ("formatting", formatting),
        ("floors, texts, panics, traces, faults", sources),
        (
            "links, snippets, symptoms and calls in documents",
            documents,
        ),
        ("definition of the element", definition),
        ("dependency floor", dependencies),
        ("types of the shell", types),
        ("lints of the core", lints_core),
        ("lints for wasm", lints_wasm),
        ("lints of the workspace", lints_workspace),
        ("documentation", documentation),
    ];
    tools::wasm_target(project)?;
    for (name, step) in steps {
        let start = Instant::now();
        step(project).map_err(|failure| Failure::new(format!("check of {name}: {failure}")))?;
        println!("checked {name} ({:.1} s)", start.elapsed().as_secs_f32());
    }
    Ok(())
}

fn formatting(project: &Project) -> Outcome {
    project
        .cargo()
        .args(["fmt", "--all", "--check"])
        .run()
        .map_err(|_| Failure::new("run `cargo fmt --all`"))
}

fn sources(project: &Project) -> Outcome {
    let mut findings = Vec::new();
    for file in SourceFile::all(project, "src")? {
        findings.extend(floors::upward(&file));
        findings.extend(panics::panics(&file));
        if texts::FOLDERS
            .iter()
            .any(|folder| file.path.starts_with(folder))
        {
            findings.extend(texts::stray(&file));
        }
    }
    findings.extend(traces::all(project)?);
    findings.extend(reliability::differences(project)?);
    none(&findings)
}

fn documents(project: &Project) -> Outcome {
    let mut findings = links::broken(project)?;
    findings.extend(snippets::unknown(project)?);
    findings.extend(symptoms::unsaid(project)?);
    findings.extend(calls::unnamed(project)?);
    none(&findings)
}

fn definition(project: &Project) -> Outcome {
    generate::check(project)?;
    none(&truth::differences(project)?)
}

fn dependencies(project: &Project) -> Outcome {
    let tree = project
        .cargo()
        .args([
            "tree",
            "--quiet",
            "--package",
            CRATE,
            "--no-default-features",
        ])
        .args(["--edges", "normal", "--prefix", "none", "--target", "all"])
        .text()?;
    match floors::web_crates(&tree).as_slice() {
        [] => Ok(()),
        found => Err(Failure::new(format!(
            "with no features the crate must build without a page, but it depends on {}: make that optional, behind `view` or `element`",
            found.join(", ")
        ))),
    }
}

fn types(project: &Project) -> Outcome {
    tools::npm_packages(project, "pkg")?;
    project
        .npm_program("tsc")
        .args(["--project", "pkg", "--noEmit"])
        .run_quietly()
}

fn lints_core(project: &Project) -> Outcome {
    clippy(
        project,
        &["--package", CRATE, "--all-targets", "--no-default-features"],
    )?;
    clippy_wasm(project, &[])
}

fn lints_wasm(project: &Project) -> Outcome {
    clippy_wasm(
        project,
        &[
            "--lib",
            "--test",
            "web",
            "--features",
            "element,headless,leptos",
        ],
    )
}

fn clippy_wasm(project: &Project, args: &[&str]) -> Outcome {
    let crate_for_wasm = [
        "--package",
        CRATE,
        "--target",
        WASM_TARGET,
        "--no-default-features",
    ];
    clippy(project, &[&crate_for_wasm, args].concat())
}

fn lints_workspace(project: &Project) -> Outcome {
    clippy(project, &["--workspace", "--all-targets"])
}

fn documentation(project: &Project) -> Outcome {
    // For wasm: the crate's upper floors are meant for no other target, and
    // what the lints compiled is used again.
    project
        .cargo()
        .args([
            "doc",
            "--quiet",
            "--no-deps",
            "--package",
            CRATE,
            "--target",
            WASM_TARGET,
        ])
        .args(["--no-default-features", "--features", "element,headless"])
        .env("RUSTDOCFLAGS", "--deny warnings")
        .run()
}

fn clippy(project: &Project, args: &[&str]) -> Outcome {
    project
        .cargo()
        .args(["clippy", "--quiet"])
        .args(args)
        .args(["--", "--deny", "warnings"])
        .run()
}

fn none(findings: &[Finding]) -> Outcome {
    if findings.is_empty() {
        return Ok(());
    }
    let lines: Vec<_> = findings
        .iter()
        .map(|finding| format!("\n  {finding}"))
        .collect();
    Err(Failure::new(format!(
        "{} to mend:{}",
        findings.len(),
        lines.concat()
    )))
}
