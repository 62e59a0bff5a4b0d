use xtask::sizes::{ENTRIES, Sizes, Weight};

fn weight(name: &str, brotli: u64) -> Weight {
    Weight {
        name: name.to_owned(),
        raw: 0,
        gzip: 0,
        brotli,
    }
}

#[test]
fn the_total_is_that_of_the_usual_entry() {
    let sizes = Sizes::new(vec![
        weight("slidewright.js", 1),
        weight("slidewright-glue.js", 20),
        weight("slidewright.wasm", 300),
        weight("inline.js", 4_000),
        weight("headless.js", 50_000),
        weight("embed.js", 600_000),
    ]);
    assert_eq!((sizes.total(), sizes.shell()), (321, 1));
    let each = ENTRIES.map(|entry| sizes.of(&entry).brotli);
    assert_eq!(each, [321, 4_000, 50_000, 0, 0, 600_000]);
}
