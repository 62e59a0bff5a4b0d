use xtask::wasm::SMALL_COMPILER;

#[test]
fn the_workflow_names_it() {
    let workflow = include_str!("../../../.github/workflows/release.yml");
    let wanted = format!("RUSTUP_TOOLCHAIN: '{SMALL_COMPILER}'");
    assert!(workflow.contains(&wanted), "no {wanted}");
}
