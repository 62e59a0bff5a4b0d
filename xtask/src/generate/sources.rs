//! The names of the element as the sources have them, found in Rust by their tokens,
//! and in style and shell by what is written there.

use std::ops::Range;

use crate::project::{self, Project};
use crate::source::{Finding, SourceFile, Token, TokenKind};
use crate::{Failure, Outcome};

/// The views' style.
pub const STYLE: &str = "src/view/style.css";

/// The shell's sources.
pub const SHELL: &str = "pkg/src";

/// The page's side of the crate: methods are found anywhere in it.
pub const PAGE: [&str; 2] = ["src/browser", "src/view"];

/// What a visitor sees.
pub const VIEWS: &str = "src/view";

/// What the shell hands on besides the page's own: no host sets it.
const INTERNAL: [&str; 2] = ["memory", "locks"];

/// Where a part's name comes from a variable: it is `button`'s own argument, which is
/// read where `button` is called, or a field's name.
const NAMES_OF_A_BUTTON: &str = "names";
const NAME_OF_A_FIELD: &str = "name";

/// A name in a source, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// As a host page writes it.
    pub name: String,
    /// The file, from the root of the project.
    pub path: String,
    /// Counted from 1.
    pub line: usize,
}

/// What is read of the object that the shell hands on: in functions that are given
/// it by the name `object`, the first text of a call.
///
/// # Errors
///
/// Nothing is found.
pub fn options(file: &SourceFile) -> Outcome<Vec<Known>> {
    const READERS: [&str; 8] = [
        "text",
        "number",
        "count",
        "list",
        "switch",
        "property",
        "string_property",
        "json_property",
    ];
    let tokens = &file.tokens;
    let mut found = Vec::new();
    for body in bodies(tokens, |parameters| {
        parameters.iter().any(|token| token.is_ident("object"))
    }) {
        for at in body {
            let reads = tokens[at]
                .ident()
                .is_some_and(|name| READERS.contains(&name));
            if !reads {
                continue;
            }
            let name = match &tokens[at + 1..] {
                [open, name, ..] if open.is_punct('(') && text_of(name).is_some() => name,
                [open, object, comma, name, ..]
                    if open.is_punct('(') && object.is_ident("object") && comma.is_punct(',') =>
                {
                    name
                }
                _ => continue,
            };
            if let Some(text) = text_of(name).filter(|text| !INTERNAL.contains(text)) {
                found.push(known(file, text, name.line));
            }
        }
    }
    some(found, "attributes that are read", &file.path)
}

/// The fields of `fields! { … }`.
///
/// # Errors
///
/// Nothing is found.
pub fn fields(file: &SourceFile) -> Outcome<Vec<Known>> {
    let tokens = &file.tokens;
    let starts = |at: usize| {
        matches!(&tokens[at..], [name, bang, open, ..]
            if name.is_ident("fields") && bang.is_punct('!') && open.is_punct('{'))
    };
    let block = (0..tokens.len()).find(|at| starts(*at));
    let block = block.map_or(0..0, |at| block_from(tokens, at + 2));
    some(texts(file, block), "fields", &file.path)
}

/// The events of `mod event_names { … }`.
///
/// # Errors
///
/// Nothing is found.
pub fn events(file: &SourceFile) -> Outcome<Vec<Known>> {
    let tokens = &file.tokens;
    let block = after(tokens, &["mod", "event_names"]);
    some(texts(file, block), "events", &file.path)
}

/// The names of the states: the arms of `State::name`.
///
/// # Errors
///
/// Nothing is found.
pub fn states(file: &SourceFile) -> Outcome<Vec<Known>> {
    let block = after(&file.tokens, &["impl", "State"]);
    some(texts(file, block), "states", &file.path)
}

/// The providers known by name, and the one that a page describes.
///
/// # Errors
///
/// Nothing is found.
pub fn providers(file: &SourceFile) -> Outcome<Vec<Known>> {
    let mut tokens = file
        .tokens
        .iter()
        .skip_while(|token| !token.is_ident("NAMES"));
    let list = tokens.find_map(|token| Some((text_of(token)?, token.line)));
    let found = list.into_iter().flat_map(|(list, line)| {
        list.split(' ')
            .chain(["custom"])
            .map(move |name| known(file, name, line))
    });
    some(found.collect(), "providers", &file.path)
}

/// The methods: the arms of each `match method { … }`. What is read-only is asked for
/// in the same way.
///
/// # Errors
///
/// Nothing is found.
pub fn methods(files: &[SourceFile]) -> Outcome<Vec<Known>> {
    let mut found = Vec::new();
    for file in files {
        let tokens = &file.tokens;
        for at in 0..tokens.len() {
            if matches!(&tokens[at..], [one, two, open, ..]
                if one.is_ident("match") && two.is_ident("method") && open.is_punct('{'))
            {
                let block = block_from(tokens, at + 2);
                found.extend(block.filter_map(|at| {
                    let arm = tokens.get(at + 1)?;
                    let is_arm = arm.is_punct('=') || arm.is_ident("if") || arm.is_punct('|');
                    let name = text_of(&tokens[at]).filter(|_| is_arm)?;
                    Some(known(file, name, tokens[at].line))
                }));
            }
        }
    }
    some(found, "methods", &PAGE.join(" and "))
}

/// The parts that the views set, and where a part's name cannot be read. `controls`:
/// the fields that have a control of their name.
///
/// # Errors
///
/// Nothing is found.
pub fn parts(views: &[&SourceFile], controls: &[Known]) -> Outcome<(Vec<Known>, Vec<Finding>)> {
    let mut found = Vec::new();
    let mut unreadable = Vec::new();
    for file in views {
        let tokens = &file.tokens;
        for at in 0..tokens.len() {
            let Some(argument) = second_argument(tokens, at, &["part", "button"]) else {
                continue;
            };
            // A function of that name, or one that makes no element.
            let defines = at > 0 && (tokens[at - 1].is_ident("fn") || tokens[at - 1].is_punct('.'));
            if defines {
                continue;
            }
            let argument = &tokens[argument];
            for token in argument {
                match &token.kind {
                    TokenKind::Text(names) => found.extend(
                        names
                            .split_whitespace()
                            .map(|name| known(file, name, token.line)),
                    ),
                    TokenKind::Ident(name) if name == NAME_OF_A_FIELD => {
                        found.extend(controls.iter().cloned());
                    }
                    TokenKind::Ident(name) if name == NAMES_OF_A_BUTTON || name == "concat" => {}
                    TokenKind::Ident(name) => unreadable.push(file.finding(
                        token.line,
                        format!("what parts `{name}` stands for cannot be read: write them here, or teach xtask/src/generate/sources.rs"),
                    )),
                    TokenKind::Punct(_) | TokenKind::Other => {}
                }
            }
        }
    }
    Ok((some(found, "parts", VIEWS)?, unreadable))
}

/// The slots of the views: `el("slot").attr("name", …)`.
///
/// # Errors
///
/// Nothing is found.
pub fn slots(views: &[&SourceFile]) -> Outcome<Vec<Known>> {
    let mut found = Vec::new();
    for file in views {
        // el ( "slot" ) . attr ( "name" , "…"
        for window in file.tokens.windows(10) {
            let is_slot = window[0].is_ident("el")
                && text_of(&window[2]) == Some("slot")
                && window[5].is_ident("attr")
                && text_of(&window[7]) == Some("name");
            let name = text_of(&window[9]).filter(|_| is_slot);
            found.extend(name.map(|name| known(file, name, window[9].line)));
        }
    }
    some(found, "slots", VIEWS)
}

/// The slots that the shell makes before the views are there.
pub fn shell_slots(shell: &[(String, String)]) -> Vec<Known> {
    let mut found = Vec::new();
    for (path, text) in shell {
        for (at, line) in text.lines().enumerate() {
            let name = line
                .split_once("HTMLSlotElement).name = '")
                .and_then(|(_, rest)| rest.split_once('\''));
            found.extend(name.map(|(name, _)| Known {
                name: name.into(),
                path: path.clone(),
                line: at + 1,
            }));
        }
    }
    found
}

/// `var(--slidewright-…, value)`, each with its value.
pub fn uses_of_variables(style: &str) -> Vec<(Known, String)> {
    let mut found = Vec::new();
    for (at, line) in style.lines().enumerate() {
        for rest in line.split("var(--slidewright-").skip(1) {
            let Some((name, value)) = rest.split_once(',') else {
                continue;
            };
            let mut depth = 0_usize;
            let end = value.find(|letter| {
                match letter {
                    '(' => depth += 1,
                    ')' if depth == 0 => return true,
                    ')' => depth -= 1,
                    _ => {}
                }
                false
            });
            let value = &value[..end.unwrap_or(value.len())];
            let known = Known {
                name: format!("--slidewright-{}", name.trim()),
                path: STYLE.into(),
                line: at + 1,
            };
            found.push((known, value.trim().to_owned()));
        }
    }
    found
}

/// The shell's files that are written by hand, each with its text: what is generated
/// knows every name.
///
/// # Errors
///
/// A file cannot be read.
pub fn shell(project: &Project) -> Outcome<Vec<(String, String)>> {
    let files = project.files(SHELL)?;
    let own = files.iter().filter(|path| {
        path.extension().is_some_and(|ending| ending == "ts")
            && !path.ends_with("names.ts")
            && !path.ends_with("element.ts")
    });
    own.map(|path| Ok((project.relative(path), project::read_text(path)?)))
        .collect()
}

fn known(file: &SourceFile, name: &str, line: usize) -> Known {
    Known {
        name: name.into(),
        path: file.path.clone(),
        line,
    }
}

fn some(found: Vec<Known>, what: &str, place: &str) -> Outcome<Vec<Known>> {
    if found.is_empty() {
        return Err(Failure::new(format!(
            "no {what} found in {place}: if they have moved, teach xtask/src/generate/sources.rs"
        )));
    }
    Ok(found)
}

fn text_of(token: &Token) -> Option<&str> {
    match &token.kind {
        TokenKind::Text(text) => Some(text),
        _ => None,
    }
}

/// Every text of a range of tokens.
fn texts(file: &SourceFile, range: Range<usize>) -> Vec<Known> {
    let tokens = &file.tokens[range];
    tokens
        .iter()
        .filter_map(|token| Some(known(file, text_of(token)?, token.line)))
        .collect()
}

/// The block that follows these words, right after the last of them.
fn after(tokens: &[Token], words: &[&str]) -> Range<usize> {
    let fits = |at: &usize| {
        let here = tokens[*at..].iter().zip(words);
        here.clone().count() == words.len()
            && here.into_iter().all(|(token, word)| token.is_ident(word))
            && tokens
                .get(at + words.len())
                .is_some_and(|open| open.is_punct('{'))
    };
    (0..tokens.len())
        .find(fits)
        .map_or(0..0, |at| block_from(tokens, at + words.len()))
}

/// What is between the bracket at `open` and the one that closes it.
fn block_from(tokens: &[Token], open: usize) -> Range<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            TokenKind::Punct('(' | '[' | '{') => depth += 1,
            TokenKind::Punct(')' | ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return open + 1..at;
        }
    }
    open + 1..tokens.len()
}

/// The bodies of the functions whose parameters fit.
fn bodies(tokens: &[Token], fits: impl Fn(&[Token]) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let [keyword, _, open, ..] = &tokens[at..] else {
            continue;
        };
        if !keyword.is_ident("fn") || !open.is_punct('(') {
            continue;
        }
        let parameters = block_from(tokens, at + 2);
        let end = parameters.end;
        if !fits(&tokens[parameters]) {
            continue;
        }
        let body = tokens[end..].iter().position(|token| token.is_punct('{'));
        found.extend(body.map(|body| block_from(tokens, end + body)));
    }
    found
}

/// The tokens of the second argument, if one of these functions is called at `at`.
fn second_argument(tokens: &[Token], at: usize, functions: &[&str]) -> Option<Range<usize>> {
    let name = tokens[at].ident()?;
    if !functions.contains(&name) || !tokens.get(at + 1)?.is_punct('(') {
        return None;
    }
    let arguments = block_from(tokens, at + 1);
    let mut depth = 0_usize;
    let mut begin = None;
    for at in arguments.clone() {
        match tokens[at].kind {
            TokenKind::Punct('(' | '[' | '{') => depth += 1,
            TokenKind::Punct(')' | ']' | '}') => depth = depth.saturating_sub(1),
            TokenKind::Punct(',') if depth == 0 => match begin {
                None => begin = Some(at + 1),
                Some(begin) => return Some(begin..at),
            },
            _ => {}
        }
    }
    begin.map(|begin| begin..arguments.end)
}
