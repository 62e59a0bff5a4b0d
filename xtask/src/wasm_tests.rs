//! The crate's own tests, compiled to wasm and run inside a browser.

use std::env;
use std::ffi::OsString;
use std::path::Path;

use crate::failure::Context;
use crate::process::Run;
use crate::project::{self, CRATE, Project, WASM_TARGET};
use crate::{Failure, Outcome, lock, tools};

/// Variables by which the runner would choose another browser or mode.
const OVERRIDES: [&str; 8] = [
    "CHROMEDRIVER_REMOTE",
    "EDGEDRIVER_REMOTE",
    "GECKODRIVER",
    "GECKODRIVER_REMOTE",
    "MSEDGEDRIVER",
    "MSEDGEDRIVER_REMOTE",
    "SAFARIDRIVER",
    "SAFARIDRIVER_REMOTE",
];

/// Runs `tests/web.rs` in headless Chromium.
///
/// # Errors
///
/// A test fails, or the browser is missing and cannot be installed.
pub fn run(project: &Project) -> Outcome {
    lock::bindgen_versions_match(&project::read_text(&project.path("Cargo.lock"))?)?;
    tools::wasm_target(project)?;
    let browser = tools::browser()?;
    let capabilities = project.path("target/tools/webdriver.json");
    project::write(&capabilities, webdriver_capabilities(&browser.chrome)?)?;
    let this_tool = env::current_exe().or_cannot("find this tool's own file")?;

    let mut cargo = project.cargo();
    cargo
        .args(["test", "--quiet", "--package", CRATE, "--test", "web"])
        .args([
            "--target",
            WASM_TARGET,
            "--no-default-features",
            "--features",
            "element,leptos",
        ])
        // As a list: the path of this tool may contain spaces.
        .arg("--config")
        .arg(format!(
            "target.{WASM_TARGET}.runner=[{}, 'wasm-test-runner']",
            quoted(&this_tool)?
        ))
        .env_remove("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER")
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
        // Both limits are meant for a fast, idle machine.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    for variable in OVERRIDES {
        cargo.env_remove(variable);
    }
    cargo.run()
}

/// What cargo calls instead of the compiled test.
///
/// # Errors
///
/// A test fails, or the browser cannot be driven.
pub fn runner(args: Vec<OsString>) -> Outcome {
    // Cargo hands its own `--quiet` on to every test harness; this one does
    // not know it.
    let args = args.into_iter().filter(|arg| arg != "--quiet");
    let args = [OsString::from("wasm-test-runner")].into_iter().chain(args);
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(args)
        .or_cannot("finish the tests in the browser")
}

/// Which browser the driver starts, and how. Headless mode and what a
/// container needs are added by the runner itself.
fn webdriver_capabilities(chrome: &Path) -> Outcome<String> {
    let chrome = chrome
        .to_str()
        .ok_or_else(|| Failure::new(format!("{} is not readable as text", chrome.display())))?;
    let binary = chrome.replace('\\', "\\\\").replace('"', "\\\"");
    Ok(format!(
        "{{\"goog:chromeOptions\": {{\"binary\": \"{binary}\", \"args\": [\"disable-gpu\"]}}}}\n"
    ))
}

/// A path as a string of TOML.
fn quoted(path: &Path) -> Outcome<String> {
    match path.to_str() {
        Some(text) if !text.contains('\'') => Ok(format!("'{text}'")),
        _ => Err(Failure::new(format!(
            "the path {} cannot be passed to cargo: move the project to a plainer one",
            path.display()
        ))),
    }
}
