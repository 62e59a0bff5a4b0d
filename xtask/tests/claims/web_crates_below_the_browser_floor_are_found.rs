use xtask::floors::web_crates;

#[test]
fn by_name_and_by_family() {
    let tree = "slidewright v0.1.0\nserde v1.0.229\ngloo-net v0.6.0\nleptos_dom v0.8.8\n\
                wasm-bindgen v0.2.130\nwasm-bindgen v0.2.130 (*)\n";
    assert_eq!(web_crates(tree), ["gloo-net", "leptos_dom", "wasm-bindgen"]);
}

#[test]
fn a_core_of_plain_crates_passes() {
    assert_eq!(
        web_crates("slidewright v0.1.0\nserde v1.0.229\nserde_core v1.0.229\n"),
        [""; 0]
    );
}
