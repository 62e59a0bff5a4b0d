use xtask::reliability::{compare, tests_in};

const SOURCE: &str = "
#[tokio::test]
async fn everywhere() { go() }

#[tokio::test]
async fn somewhere() {
    if !only(&[Engine::Chromium, Engine::WebKit], because) { return; }
}
";

fn findings(table: &str) -> Vec<String> {
    let found = compare(table, &tests_in("file", SOURCE));
    found.into_iter().map(|it| it.what).collect()
}

#[test]
fn a_table_that_agrees_is_fine() {
    let table = "| row | what | `file::everywhere` | all |\n\
                 | row | what | `file::somewhere` | Chromium, WebKit; Firefox has none |\n";
    assert_eq!(findings(table), Vec::<String>::new());
}

#[test]
fn a_test_without_a_row_is_found() {
    let table = "| row | what | `file::everywhere` | all |\n";
    assert_eq!(findings(table), ["`file::somewhere` has no row"]);
}

#[test]
fn a_row_without_a_test_or_with_other_engines_is_found() {
    let table = "| a | b | `file::everywhere`, `file::somewhere`, `file::none` | all |\n";
    let found = findings(table);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("`file::somewhere` runs in Chromium, WebKit"));
    assert!(found[1].starts_with("there is no test `file::none`"));
}
