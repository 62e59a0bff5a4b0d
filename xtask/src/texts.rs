//! No text for visitors outside the catalogue: a text elsewhere is one that
//! no host can override and no translation reaches.

use crate::source::{Finding, SourceFile, Token, TokenKind};

/// Where the folders with code that could show a text lie.
pub const FOLDERS: [&str; 2] = ["src/view", "src/browser"];

/// The catalogue, the one place for texts.
const CATALOGUE: &str = "src/view/messages.rs";

/// The comment that says why a text with spaces is none that is shown.
const MARKER: &str = "// not shown:";

/// Attributes and calls whose value is a list of names for the page and not a
/// text for people.
const NAME_LISTS: [&str; 10] = [
    "autocomplete",
    "class",
    "d",
    "id",
    "part",
    "rel",
    "sizes",
    "style",
    "transform",
    "viewBox",
];

/// The names by which a host page styles the element's parts. A literal of
/// plain lower-case words that starts with one is a list of names as well.
const PARTS: [&str; 40] = [
    "again",
    "answer",
    "back",
    "button",
    "deck-theme",
    "download",
    "export",
    "downloads",
    "error",
    "field",
    "field-error",
    "file",
    "forget",
    "form",
    "format",
    "heading",
    "hint",
    "label",
    "language",
    "link",
    "notice",
    "outline",
    "panel",
    "progress",
    "prompt",
    "question",
    "refresh",
    "remove",
    "reopen",
    "retry",
    "round",
    "send",
    "slide",
    "slide-count",
    "slide-strip",
    "step",
    "stop",
    "submit",
    "template",
    "tone",
];

/// Every literal of a file that reads like a text for people: two words with
/// a space between.
pub fn stray(file: &SourceFile) -> Vec<Finding> {
    if file.path == CATALOGUE {
        return Vec::new();
    }
    file.tokens
        .iter()
        .enumerate()
        .filter_map(|(at, token)| match &token.kind {
            TokenKind::Text(text) if reads_like_text(text) && !is_part_list(text) => Some((at, token.line, text)),
            _ => None,
        })
        .filter(|(at, line, _)| {
            !is_name_list(&file.tokens[..*at]) && !file.is_marked(*line, MARKER)
        })
        .map(|(_, line, text)| {
            file.finding(
                line,
                format!("\"{text}\" belongs into {CATALOGUE}; if no visitor ever sees it, say so with `{MARKER} why`"),
            )
        })
        .collect()
}

fn reads_like_text(text: &str) -> bool {
    // Formatting holes stand for words.
    let chars: Vec<char> = text.replace(['{', '}'], "x").chars().collect();
    chars
        .windows(3)
        .any(|three| three[1] == ' ' && is_word(three[0]) && three[2].is_alphanumeric())
}

/// A word may end in the punctuation of a sentence.
fn is_word(end: char) -> bool {
    end.is_alphanumeric() || matches!(end, '.' | ',' | ':' | ';' | '!' | '?' | '…' | '’' | '\'')
}

fn is_part_list(text: &str) -> bool {
    let names = |char: char| char.is_ascii_lowercase() || char == '-' || char == ' ';
    text.chars().all(names)
        && text
            .split(' ')
            .next()
            .is_some_and(|first| PARTS.contains(&first))
}

/// `class="a b"`, `.class("a b")` and `.attr("class", "a b")`.
fn is_name_list(before: &[Token]) -> bool {
    let listed = |token: &Token| match &token.kind {
        TokenKind::Ident(name) | TokenKind::Text(name) => NAME_LISTS.contains(&name.as_str()),
        _ => false,
    };
    match before {
        // A variable may bear any name.
        [.., keyword, _, _] if keyword.is_ident("let") || keyword.is_ident("mut") => false,
        [.., name, joint] => {
            (joint.is_punct('=') || joint.is_punct('(') || joint.is_punct(',')) && listed(name)
        }
        _ => false,
    }
}
