//! `test`: every test, a real browser included, in stages.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::process::Run;
use crate::project::{CRATE, Project};
use crate::wasm_tests;
use crate::{Failure, Outcome, bundle, check, compatibility, fuzz, leptos, pack, site, tools};

/// What a run does not cover, said at its end.
const LEFT_OUT: [&str; 1] = [
    "Firefox and WebKit: of the tests in browsers, they run those of faults and of guests, and one visit to the static demo",
];

/// How to run what a short run of the compatibility matrix leaves out.
const FULL: &str = "cargo xtask test --only package --full";

const FULL_TYPES: &str = "cargo xtask test --only types --full";

/// Tests in browsers wait more than they work: as many at once as the harness opens
/// browsers, on however few cores.
const PLACES: [&str; 3] = ["--", "--test-threads", "6"];

/// One part of the tests that can be run alone.
struct Stage {
    name: &'static str,
    /// Whether the compatibility matrix is run whole matters to one of them.
    run: fn(&Project, bool) -> Outcome<Vec<String>>,
}

const STAGES: [Stage; 15] = [
    Stage {
        name: "check",
        run: |project, _| check::check(project).map(|()| vec![]),
    },
    Stage {
        name: "xtask",
        run: |project, _| cargo_test(project, &["--package", "xtask"]),
    },
    Stage {
        name: "core",
        run: |project, _| cargo_test(project, &["--package", CRATE, "--no-default-features"]),
    },
    Stage {
        name: "fuzz",
        run: |project, _| fuzz::short(project),
    },
    Stage {
        name: "simulator",
        run: |project, _| cargo_test(project, &["--package", "slidewright-simulator"]),
    },
    Stage {
        name: "wasm",
        run: |project, _| wasm_tests::run(project).map(|()| vec![]),
    },
    Stage {
        name: "leptos",
        run: |project, _| leptos_app(project),
    },
    Stage {
        name: "bundle",
        run: |project, _| bundle::build(project, false).map(|()| vec![]),
    },
    Stage {
        name: "e2e",
        run: |project, _| end_to_end(project),
    },
    Stage {
        name: "faults",
        run: |project, _| faults(project),
    },
    Stage {
        name: "types",
        run: types,
    },
    Stage {
        name: "guest",
        run: |project, _| guest(project),
    },
    Stage {
        name: "relay",
        run: |project, _| relay(project),
    },
    Stage {
        name: "site",
        run: |project, _| demo_site(project),
    },
    Stage {
        name: "package",
        run: package,
    },
];

/// Runs all stages, or the one named `only`, and prints how long each took.
///
/// # Errors
///
/// The first stage that fails, and how to run it alone.
pub fn test(project: &Project, only: Option<&str>, full: bool) -> Outcome {
    let stages: Vec<_> = STAGES
        .iter()
        .filter(|stage| only.is_none_or(|only| only == stage.name))
        .collect();
    if stages.is_empty() {
        let names: Vec<_> = STAGES.iter().map(|stage| stage.name).collect();
        return Err(Failure::new(format!(
            "there is no such stage; the stages are {}",
            names.join(", ")
        )));
    }
    let mut times = Vec::new();
    let mut left_out = Vec::new();
    if only.is_none() {
        left_out.extend(LEFT_OUT.map(str::to_owned));
    }
    for stage in stages {
        println!("\n== {} ==", stage.name);
        let start = Instant::now();
        let result = (stage.run)(project, full);
        times.push((stage.name, start.elapsed()));
        match result {
            Ok(more) => left_out.extend(more),
            Err(failure) => {
                print_times(&times);
                return Err(Failure::new(format!(
                    "the stage `{name}` failed: {failure}\nTo run it alone: cargo xtask test --only {name}",
                    name = stage.name
                )));
            }
        }
    }
    print_times(&times);
    println!("Passed.");
    for what in left_out {
        println!("Left out: {what}");
    }
    Ok(())
}

fn cargo_test(project: &Project, args: &[&str]) -> Outcome<Vec<String>> {
    project.cargo().args(["test", "--quiet"]).args(args).run()?;
    Ok(Vec::new())
}

/// The tests that drive the built package in a browser. They read where their
/// tools are from the environment.
fn end_to_end(project: &Project) -> Outcome<Vec<String>> {
    bundle::ready(project)?;
    let browser = tools::browser()?;
    let python = tools::python(project)?;
    let office = tools::office()?;
    let mut cargo = project.cargo();
    cargo
        .args(["test", "--quiet", "--package", "slidewright-e2e"])
        .args(["--test", "browser"])
        .args(PLACES)
        .env("SLIDEWRIGHT_ENGINE", "chromium")
        .envs(browser.variables())
        .env("SLIDEWRIGHT_PYTHON", &python)
        .env_remove("SLIDEWRIGHT_SOFFICE");
    let mut left_out = Vec::new();
    match office {
        Some(soffice) => {
            cargo.env("SLIDEWRIGHT_SOFFICE", soffice);
        }
        None => left_out.push(
            "opening decks in LibreOffice: it is not installed (or set SOFFICE to its path)"
                .to_owned(),
        ),
    }
    cargo.run()?;
    Ok(left_out)
}

/// The example that is an app with the crate's component.
fn leptos_app(project: &Project) -> Outcome<Vec<String>> {
    leptos::build(project)?;
    // The page's server has the package, too.
    bundle::ready(project)?;
    in_engine(project, "leptos", "chromium", tools::browser()?.variables())?.run()?;
    Ok(Vec::new())
}

/// The fault matrix, in each engine that there is.
fn faults(project: &Project) -> Outcome<Vec<String>> {
    bundle::ready(project)?;
    in_each_engine(project, "faults", &[])
}

/// The package's typings, as TypeScript, React and the others read them.
fn types(project: &Project, full: bool) -> Outcome<Vec<String>> {
    pack::ready(project)?;
    for folder in ["pkg", "tests/types"] {
        tools::npm_packages(project, folder)?;
    }
    let cases: &[&str] = if full { &[] } else { &["plain", "react-19"] };
    project
        .command("node")
        .args(["tests/types/run.mjs", "--package", "target/pack/package"])
        .args(cases)
        .run()?;
    let others = format!("types in React 18, Preact, Solid, Svelte and Vue ({FULL_TYPES})");
    Ok(if full { vec![] } else { vec![others] })
}

/// How the packed package behaves in a host's page, in each engine that there is.
fn guest(project: &Project) -> Outcome<Vec<String>> {
    pack::ready(project)?;
    in_each_engine(project, "guest", &[])
}

/// A target whole in Chromium, and in the others as far as these filters let it.
fn in_each_engine(project: &Project, target: &str, others: &[&str]) -> Outcome<Vec<String>> {
    let engines = [
        ("chromium", Some(tools::browser()?.variables())),
        ("firefox", tools::firefox(project)?),
        ("webkit", tools::webkit()?),
    ];
    let mut left_out = Vec::new();
    for (engine, variables) in engines {
        let Some(variables) = variables else {
            left_out.push(format!(
                "{target} in {engine}: it is not installed, or what drives it is not"
            ));
            continue;
        };
        println!("\n-- {engine} --");
        let start = Instant::now();
        let filters = if engine == "chromium" { &[] } else { others };
        in_engine(project, target, engine, variables)?
            .args(filters)
            .run()?;
        println!("{engine}: {:.1} s", start.elapsed().as_secs_f32());
    }
    Ok(left_out)
}

/// A target of the tests in browsers. Guests' pages load the packed
/// package.
fn in_engine(
    project: &Project,
    target: &str,
    engine: &str,
    variables: tools::Variables,
) -> Outcome<Command> {
    let mut cargo = project.cargo();
    cargo
        .args(["test", "--quiet", "--package", "slidewright-e2e"])
        .args(["--test", target])
        .args(PLACES)
        .env("SLIDEWRIGHT_ENGINE", engine)
        .env("SLIDEWRIGHT_PYTHON", tools::python(project)?)
        .envs(variables);
    if target == "guest" {
        cargo.env("SLIDEWRIGHT_PACKAGE", project.path("target/pack/package"));
    }
    Ok(cargo)
}

/// The recipes for relays, by the servers that they are for.
fn relay(project: &Project) -> Outcome<Vec<String>> {
    bundle::ready(project)?;
    let servers = tools::relay_servers()?;
    let left_out = servers
        .iter()
        .filter(|(_, path)| path.as_os_str().is_empty());
    let left_out = left_out.map(|(variable, _)| {
        let name = variable.trim_start_matches("SLIDEWRIGHT_");
        let package = name.to_lowercase();
        format!(
            "the relay of {package}: it is not installed (apt-get install {package}, or set \
             {name} to its path)"
        )
    });
    let left_out = left_out.collect();
    tools::node(project)?;
    let browser = tools::browser()?.variables();
    in_engine(project, "relay", "chromium", browser)?
        .envs(servers)
        .run()?;
    Ok(left_out)
}

/// The static demo: whole in Chromium, one service in each of the others, whose drivers
/// cannot do the rest.
fn demo_site(project: &Project) -> Outcome<Vec<String>> {
    site::site(project)?;
    in_each_engine(project, "site", &["presenton_does"])
}

/// What hosts do with the packed package: one row for each risk of the compatibility
/// matrix, or the whole, which then becomes the tables of `docs/compatibility.md`.
fn package(project: &Project, full: bool) -> Outcome<Vec<String>> {
    let tarball = pack::ready(project)?;
    compatibility::forget(project)?;
    let matrix = if full { "full" } else { "short" };
    let run = |engine: &str, variables: tools::Variables, filter: &[&str]| {
        project
            .cargo()
            .args(["test", "--quiet", "--package", "slidewright-e2e"])
            .args(["--test", "package"])
            // Each builds, installs or drives a browser.
            .args(["--", "--test-threads", "2"])
            .args(filter)
            .env("SLIDEWRIGHT_ENGINE", engine)
            .env("SLIDEWRIGHT_TARBALL", &tarball)
            .env("SLIDEWRIGHT_MATRIX", matrix)
            .envs(variables)
            .run()
    };
    run("chromium", tools::browser()?.variables(), &[])?;
    if !full {
        let what = compatibility::results(project)?.left_out;
        let what: Vec<_> = what.into_iter().collect();
        return Ok(vec![format!(
            "of the packed package ({FULL}): {}",
            what.join("; ")
        )]);
    }
    let mut left_out = Vec::new();
    let others = [
        ("firefox", "Firefox", tools::firefox(project)?),
        ("webkit", "WebKitGTK", tools::webkit()?),
    ];
    for (engine, name, variables) in others {
        println!("\n-- {engine} --");
        if let Some(variables) = variables {
            run(engine, variables, &["every_engine"])?;
        } else {
            let why = "it is not installed, or what drives it is not";
            compatibility::not_tried(project, "engines", name, why)?;
            left_out.push(format!("the package in {engine}: {why}"));
        }
    }
    compatibility::write(project, &compatibility::results(project)?)?;
    println!("docs/compatibility.md has the results.");
    Ok(left_out)
}

fn print_times(times: &[(&str, Duration)]) {
    println!("\n{:<10} {:>8}", "stage", "seconds");
    for (name, time) in times {
        println!("{name:<10} {:>8.1}", time.as_secs_f32());
    }
    let total: Duration = times.iter().map(|(_, time)| *time).sum();
    println!("{:<10} {:>8.1}\n", "total", total.as_secs_f32());
}
