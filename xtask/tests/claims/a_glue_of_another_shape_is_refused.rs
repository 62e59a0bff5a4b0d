use xtask::revival::guarded;

const GLUE: &str = "
wasm = wasmInstance.exports;
wasm = instance.exports;
throw new Error('Cannot invoke closure from previous WASM instance');
";

#[test]
fn every_way_to_the_exports_is_guarded() {
    let text = guarded(GLUE).expect("the shape of this version");
    assert!(text.contains("wasm = guarded(wasmInstance.exports);"));
    assert!(text.contains("wasm = guarded(instance.exports);"));
    assert!(text.contains("export function onTrap"));
    assert!(!text.contains("previous WASM instance"));
}

#[test]
fn a_missing_place_is_named() {
    let other = GLUE.replace("wasm = instance.exports;", "wasm = made.exports;");
    let failure = guarded(&other).expect_err("another shape").to_string();
    assert!(
        failure.contains("`wasm = instance.exports;` 0 times"),
        "{failure}"
    );
}
