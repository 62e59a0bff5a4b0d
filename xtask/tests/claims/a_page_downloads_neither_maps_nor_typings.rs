use xtask::sizes::{Role, Sizes, Weight};

#[test]
fn roles_go_by_name() {
    let roles = [
        "slidewright.js",
        "slidewright-glue.js",
        "slidewright.wasm",
        "slidewright.js.map",
        "slidewright.d.ts",
    ]
    .map(Role::of);
    assert_eq!(
        roles,
        [
            Role::Shell,
            Role::Rest,
            Role::Rest,
            Role::Aside,
            Role::Aside
        ]
    );
}

#[test]
fn the_total_counts_what_is_downloaded() {
    let weights = [
        ("slidewright.js", 1),
        ("slidewright-glue.js", 20),
        ("slidewright.wasm", 300),
        ("slidewright.js.map", 4_000),
    ];
    let sizes = Sizes::new(
        weights
            .map(|(name, brotli)| Weight {
                name: name.to_owned(),
                role: Role::of(name),
                raw: 0,
                gzip: 0,
                brotli,
            })
            .into(),
    );
    assert_eq!((sizes.total(), sizes.shell()), (321, 1));
}
