//! Nothing that ships may panic: in a page a panic kills the shared wasm
//! module and every widget with it.
//!
//! Clippy denies the same in the crate. This check does not depend on the
//! crate's own attributes, so that an `allow` there does not go unseen.

use crate::source::{Finding, SourceFile};

/// Methods that panic on a value they do not like.
const METHODS: [&str; 6] = [
    "expect",
    "expect_err",
    "unwrap",
    "unwrap_err",
    "unwrap_throw",
    "expect_throw",
];

/// Macros that panic.
const MACROS: [&str; 7] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "panic",
    "todo",
    "unimplemented",
    "unreachable",
];

/// Every call in a file that panics.
pub fn panics(file: &SourceFile) -> Vec<Finding> {
    let tokens = &file.tokens;
    let mut findings = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(name) = token.ident() else { continue };
        let follows = |offset, punct| {
            tokens
                .get(at + offset)
                .is_some_and(|token: &crate::source::Token| token.is_punct(punct))
        };
        let is_method = at > 0
            && (tokens[at - 1].is_punct('.') || tokens[at - 1].is_punct(':'))
            && METHODS.contains(&name);
        let is_macro = follows(1, '!') && !follows(2, '=') && MACROS.contains(&name);
        if is_method || is_macro {
            findings.push(file.finding(
                token.line,
                format!("`{name}` can panic, which kills every widget on the page: return an error or a default"),
            ));
        }
    }
    findings
}
