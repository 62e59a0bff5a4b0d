use xtask::sizes::{Role, SHELL_BUDGET, STABLE_BUDGET, Sizes, TOTAL_BUDGET, Weight};
use xtask::wasm::Kind;

fn sizes(shell: u64, rest: u64) -> Sizes {
    let weight = |name: &str, role, brotli| Weight {
        name: name.to_owned(),
        role,
        raw: brotli * 3,
        gzip: brotli * 2,
        brotli,
    };
    Sizes::new(vec![
        weight("slidewright.js", Role::Shell, shell),
        weight("slidewright.wasm", Role::Rest, rest),
        weight("slidewright.js.map", Role::Aside, 1_000_000),
    ])
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
        failure.to_string().starts_with("the shell is 3001 bytes"),
        "{failure}"
    );
}

#[test]
fn the_stable_kind_has_a_budget_of_its_own() {
    let at = |total: u64| sizes(SHELL_BUDGET, total - SHELL_BUDGET).within_budget(Kind::Stable);
    assert_eq!(at(STABLE_BUDGET), Ok(()));
    assert!(at(STABLE_BUDGET + 1).is_err());
}
