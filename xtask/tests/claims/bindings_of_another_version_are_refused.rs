use xtask::lock::bindgen_versions_match;

fn lock(library: &str, generator: &str) -> String {
    format!(
        "version = 4\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"{library}\"\n\n\
         [[package]]\nname = \"wasm-bindgen-cli\"\nversion = \"{generator}\"\n"
    )
}

#[test]
fn the_same_version_passes() {
    assert_eq!(bindgen_versions_match(&lock("0.2.130", "0.2.130")), Ok(()));
}

#[test]
fn another_version_says_what_to_write_where() {
    let failure = bindgen_versions_match(&lock("0.2.131", "0.2.130")).expect_err("they differ");
    assert!(
        failure
            .to_string()
            .contains("`wasm-bindgen-cli = \"=0.2.131\"` in xtask/Cargo.toml"),
        "{failure}"
    );
}

#[test]
fn a_lock_without_the_library_is_refused() {
    assert!(bindgen_versions_match("version = 4\n").is_err());
}
