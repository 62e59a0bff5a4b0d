//! In code, a site brings its own users, its own store, its own host: `handler.test.mjs`,
//! by Node's own runner.

use std::env;
use std::process::Command;

use slidewright_e2e::server::repository;

#[test]
fn the_handler_takes_what_a_site_brings() {
    let node = env::var_os("SLIDEWRIGHT_NODE").unwrap_or_else(|| "node".into());
    let output = Command::new(node)
        .arg("--test")
        .arg(repository().join("tests/e2e/tests/relay/handler.test.mjs"))
        .output()
        .expect("Node");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    // Its runner is content with a file that holds no test.
    assert!(!said.contains("pass 0"), "{said}");
}
