//! The floors of the house: each module of `src` stands only on those below,
//! and the core builds with no web crate in reach (ARCHITECTURE.md).

use crate::source::{Finding, SourceFile, Token, TokenKind};

/// The modules from the ground up. Those in one row may use each other and
/// everything below them.
pub const FLOORS: [&[&str]; 7] = [
    // Leaves: values and text that know nothing of slides.
    &["json", "numbered", "text"],
    &["outline", "request", "status"],
    &["provider"],
    &["job"],
    &["browser"],
    &["view"],
    &["element", "headless"],
];

/// Crates that reach into a page. With no features, none of them may be among
/// the dependencies.
const WEB_CRATES: [&str; 12] = [
    "any_spawner",
    "gloo",
    "js-sys",
    "leptos",
    "reactive_graph",
    "serde-wasm-bindgen",
    "tachys",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "wasm-streams",
    "web-sys",
    "web-time",
];

/// Web crates in the output of `cargo tree --prefix none`, each line of which
/// starts with a crate's name.
pub fn web_crates(tree: &str) -> Vec<&str> {
    let mut found: Vec<_> = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| {
            WEB_CRATES.contains(name) || name.starts_with("gloo-") || name.starts_with("leptos_")
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Every path of a file that leads to a floor above its own, or to a module
/// that has no floor.
///
/// `lib.rs` is the front door and leads everywhere.
pub fn upward(file: &SourceFile) -> Vec<Finding> {
    let Some(path) = module_path(&file.path) else {
        return Vec::new();
    };
    let Some(own) = floor(&path[0]) else {
        return vec![file.finding(
            0,
            format!(
                "the module `{}` has no floor: give it one in xtask/src/floors.rs",
                path[0]
            ),
        )];
    };
    let mut findings = Vec::new();
    for (line, module) in roots(&file.tokens, path.len()) {
        match floor(&module) {
            Some(floor) if floor <= own => {}
            Some(_) => findings.push(file.finding(
                line,
                format!("`{}` may not use `{module}`, which stands above it", path[0]),
            )),
            None => findings.push(file.finding(
                line,
                format!("`crate::{module}` names no module with a floor: name the module itself, or give it a floor in xtask/src/floors.rs"),
            )),
        }
    }
    findings
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// `src/job/pacing.rs` is `["job", "pacing"]`; `src/lib.rs` is nothing.
fn module_path(path: &str) -> Option<Vec<String>> {
    let inside = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let inside = inside.strip_suffix("/mod").unwrap_or(inside);
    (inside != "lib").then(|| inside.split('/').map(str::to_owned).collect())
}

/// The top module that each `crate::…` and each `super::…` that leaves the
/// file's own top module leads to. `depth` is the file's own, 1 for a top
/// module.
fn roots(tokens: &[Token], depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    // Inline modules deepen what `super` means until their brace closes.
    let mut inline = Vec::new();
    let mut braces = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.is_punct('{') {
            braces += 1;
            if at >= 2 && tokens[at - 2].is_ident("mod") {
                inline.push(braces);
            }
        } else if token.is_punct('}') {
            if inline.last() == Some(&braces) {
                inline.pop();
            }
            braces -= 1;
        }
        let starts_path = at == 0 || !tokens[at - 1].is_punct(':');
        if token.is_ident("crate") && starts_path && !preceded_by_dollar(tokens, at) {
            heads(tokens, at + 1, &mut found);
        } else if token.is_ident("super") && starts_path {
            let mut ups = 1;
            let mut next = at + 1;
            while is_path_separator(tokens, next)
                && tokens
                    .get(next + 2)
                    .is_some_and(|token| token.is_ident("super"))
            {
                ups += 1;
                next += 3;
            }
            if ups == depth + inline.len() {
                heads(tokens, next, &mut found);
            }
            at = next;
            continue;
        }
        at += 1;
    }
    found
}

/// What follows a path prefix: one name, or a group of them.
fn heads(tokens: &[Token], at: usize, into: &mut Vec<(usize, String)>) {
    if !is_path_separator(tokens, at) {
        return;
    }
    let mut next = at + 2;
    let Some(first) = tokens.get(next) else {
        return;
    };
    if !first.is_punct('{') {
        into.extend(head(first));
        return;
    }
    let mut level = 0;
    let mut expects_head = true;
    while let Some(token) = tokens.get(next) {
        match token.kind {
            TokenKind::Punct('{') => level += 1,
            TokenKind::Punct('}') if level == 1 => return,
            TokenKind::Punct('}') => level -= 1,
            TokenKind::Punct(',') if level == 1 => {
                expects_head = true;
                next += 1;
                continue;
            }
            _ if level == 1 && expects_head => {
                into.extend(head(token));
                expects_head = false;
            }
            _ => {}
        }
        next += 1;
    }
}

fn head(token: &Token) -> Option<(usize, String)> {
    let name = match &token.kind {
        TokenKind::Ident(name) => name.clone(),
        TokenKind::Punct('*') => "*".to_owned(),
        _ => return None,
    };
    Some((token.line, name))
}

fn is_path_separator(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.is_punct(':'))
        && tokens.get(at + 1).is_some_and(|token| token.is_punct(':'))
}

fn preceded_by_dollar(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens[at - 1].is_punct('$')
}
