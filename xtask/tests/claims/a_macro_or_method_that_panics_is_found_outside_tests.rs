use xtask::panics::panics;

use crate::{lines, source};

#[test]
fn each_kind_at_its_line() {
    let file = source(
        "src/job/mod.rs",
        "fn a(x: Option<u8>) -> u8 {
            x.unwrap()
        }
        fn b(x: Option<u8>) -> u8 {
            x.expect(\"some\")
        }
        fn c() {
            panic!(\"no\")
        }
        fn d() {
            unreachable!()
        }
        fn e(x: Option<u8>) -> Vec<u8> {
            x.into_iter().map(Some).map(Option::unwrap).collect()
        }",
    );
    assert_eq!(lines(&panics(&file)), [2, 5, 8, 11, 14]);
}

#[test]
fn not_in_tests_comments_texts_or_lookalikes() {
    let file = source(
        "src/job/mod.rs",
        "//! Never `.unwrap()` here.
        fn a(x: Option<u8>) -> u8 {
            // panic!(\"no\")
            let _ = \"x.unwrap() panic!()\";
            x.unwrap_or_default()
        }
        #[test]
        fn b() { None::<u8>.unwrap(); }
        #[cfg(test)]
        mod tests {
            fn c() { panic!(); }
        }",
    );
    assert_eq!(panics(&file), []);
}

#[test]
fn what_follows_a_test_is_read_again() {
    let file = source(
        "src/job/mod.rs",
        "#[cfg(test)]
        mod tests;
        fn a(x: Option<u8>) -> u8 { x.unwrap() }
        #[cfg(not(test))]
        fn b(x: Option<u8>) -> u8 { x.unwrap() }",
    );
    assert_eq!(lines(&panics(&file)), [3, 5]);
}
