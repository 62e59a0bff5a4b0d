use xtask::compatibility::Results;

/// Something for each table, so that none is missing.
const NOTES: [&str; 8] = [
    "bundlers\tVite 8\tbuild\tworks",
    "bundlers\tesbuild 0\tdev\thas none",
    "next\tNext 16\tbuild\tworks",
    "frameworks\tVue 3\ttyped\tworks",
    "servers\tNode 20\timports\tworks",
    "engines\tFirefox 1\tfiles\tworks",
    "examples\t`html`\tworks\tworks",
    "entries\t`slidewright`\tbytes\t1 000",
];

fn page() -> String {
    [
        "bundlers",
        "next",
        "frameworks",
        "servers",
        "engines",
        "examples",
        "entries",
    ]
    .map(|name| format!("## {name}\n\n<!-- measured: {name} -->\nold\n<!-- end -->\n\nProse.\n"))
    .concat()
}

#[test]
fn they_take_the_place_of_the_old_ones() {
    let results = Results::parse(NOTES).expect("notes of tests");
    let filled = results.fill(&page()).expect("a page with places");
    let bundlers = "<!-- measured: bundlers -->\n\n\
        | bundler | dev | build | wasm |\n| --- | --- | --- | --- |\n\
        | esbuild 0 | has none | – | – |\n| Vite 8 | – | works | – |\n\n<!-- end -->\n\nProse.\n";
    assert!(filled.contains(bundlers), "{filled}");
    assert!(!filled.contains("old"), "{filled}");
    assert_eq!(results.fill(&filled).expect("the same page"), filled);
}

#[test]
fn a_table_without_results_is_an_error() {
    let results = Results::parse(NOTES.into_iter().skip(2)).expect("notes of tests");
    let failure = results.fill(&page()).expect_err("no bundlers");
    assert!(failure.to_string().contains("bundlers"), "{failure}");
}

#[test]
fn a_note_of_no_table_is_an_error() {
    for note in ["bundlers\tVite 8\tspeed\tgood", "nothing", "cars\ta\tb\tc"] {
        Results::parse([note]).expect_err(note);
    }
}

#[test]
fn what_was_left_out_is_told_once() {
    let results = Results::parse(["left out\tParcel", "left out\tParcel"]).expect("notes");
    assert_eq!(results.left_out.into_iter().collect::<Vec<_>>(), ["Parcel"]);
}
