//! `cargo xtask`: reads the command line, does it, and turns a failure into
//! one line and an exit code.

use std::env;
use std::process::ExitCode;

use xtask::invocation::{Invocation, USAGE};
use xtask::project::Project;
use xtask::{Outcome, book, bundle, check, demo, fuzz, generate, pack, site, test, wasm_tests};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome {
    let invocation = Invocation::parse(env::args_os().skip(1))?;
    match invocation {
        Invocation::Demo { port, open } => demo::demo(&Project::find()?, port, open),
        Invocation::Test { only, full } => test::test(&Project::find()?, only.as_deref(), full),
        Invocation::Fuzz { target, seconds } => {
            fuzz::fuzz(&Project::find()?, target.as_deref(), seconds)
        }
        Invocation::Check => check::check(&Project::find()?),
        Invocation::Build { stable } => bundle::build(&Project::find()?, stable),
        Invocation::Pack => pack::pack(&Project::find()?).map(|_| ()),
        Invocation::Site => site::site(&Project::find()?),
        Invocation::Generate => generate::generate(&Project::find()?),
        Invocation::Book => book::book(&Project::find()?),
        Invocation::WasmTestRunner(args) => wasm_tests::runner(args),
        Invocation::OpenWhenServed { port } => demo::open_when_served(port),
        Invocation::Help => {
            print!("{USAGE}");
            Ok(())
        }
    }
}
