use xtask::sizes::{SHELL_BUDGET, STABLE_BUDGET, Sizes, TOTAL_BUDGET, Weight};
use xtask::wasm::Kind;

fn of(files: &[(&str, u64)]) -> Sizes {
    let weight = |(name, brotli): &(&str, u64)| Weight {
        name: (*name).to_owned(),
        raw: brotli * 3,
        gzip: brotli * 2,
        brotli: *brotli,
    };
    Sizes::new(files.iter().map(weight).collect())
}

fn sizes(shell: u64, rest: u64) -> Sizes {
    of(&[("slidewright.js", shell), ("slidewright.wasm", rest)])
}

#[test]
fn exactly_on_both_budgets_passes() {
    assert_eq!(
        sizes(SHELL_BUDGET, TOTAL_BUDGET - SHELL_BUDGET).within_budget(Kind::Small),
        Ok(())
    );
}

#[test]
fn one_byte_over_the_total_fails() {
    let failure = sizes(SHELL_BUDGET, TOTAL_BUDGET - SHELL_BUDGET + 1)
        .within_budget(Kind::Small)
        .expect_err("one byte over");
    let said = format!(", 1 over its budget of {TOTAL_BUDGET}");
    assert!(failure.to_string().contains(&said), "{failure}");
}

#[test]
fn one_byte_over_for_the_shell_fails_though_the_total_fits() {
    let failure = sizes(SHELL_BUDGET + 1, 0)
        .within_budget(Kind::Small)
        .expect_err("one byte over");
    assert!(
        failure.to_string().starts_with("the shell is 3073 bytes"),
        "{failure}"
    );
}

#[test]
fn the_stable_kind_has_a_budget_of_its_own() {
    let at = |total: u64| sizes(SHELL_BUDGET, total - SHELL_BUDGET).within_budget(Kind::Stable);
    assert_eq!(at(STABLE_BUDGET), Ok(()));
    assert!(at(STABLE_BUDGET + 1).is_err());
}

#[test]
fn the_module_as_text_may_cost_a_fifth_more() {
    let at = |inline: u64| {
        let files = [("slidewright.wasm", 1_000), ("inline.js", inline)];
        of(&files).within_budget(Kind::Small)
    };
    assert_eq!(at(1_200), Ok(()));
    assert!(at(1_201).is_err());
}
