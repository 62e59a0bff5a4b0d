//! Rust source files as the checks see them: tokens with line numbers, free
//! of comments, attributes and tests.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::project::{self, Project};
use crate::{Failure, Outcome};

/// One Rust file of the crate's `src` folder.
pub struct SourceFile {
    /// The path from the root of the project, with `/`.
    pub path: String,
    /// The tokens of what ships.
    pub tokens: Vec<Token>,
    lines: Vec<String>,
}

/// One token; brackets are tokens of their own, their contents follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Counted from 1.
    pub line: usize,
    /// What it is.
    pub kind: TokenKind,
}

/// The kinds of tokens that the checks tell apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenKind {
    /// A name or keyword.
    Ident(String),
    /// A string, byte string or C string literal: what is between the quotes,
    /// escapes as written.
    Text(String),
    /// Any other literal.
    Other,
    /// One character of punctuation, brackets included.
    Punct(char),
}

impl Token {
    /// Whether this is the name `name`.
    pub fn is_ident(&self, name: &str) -> bool {
        matches!(&self.kind, TokenKind::Ident(ident) if ident == name)
    }

    /// Whether this is the character `punct`.
    pub fn is_punct(&self, punct: char) -> bool {
        self.kind == TokenKind::Punct(punct)
    }

    /// The name, if it is one.
    pub fn ident(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Ident(ident) => Some(ident),
            _ => None,
        }
    }
}

/// Something that breaks a rule, at a place.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// The path from the root of the project, with `/`.
    pub path: String,
    /// Counted from 1; 0 stands for the file as a whole.
    pub line: usize,
    /// The rule, and what to do.
    pub what: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

impl SourceFile {
    /// Parses `text` as the file at `path`.
    ///
    /// # Errors
    ///
    /// The text is not made of Rust tokens.
    pub fn parse(path: impl Into<String>, text: &str) -> Outcome<Self> {
        let path = path.into();
        let stream: TokenStream = text
            .parse()
            .map_err(|error| Failure::new(format!("{path} is not Rust: {error}")))?;
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        Ok(Self {
            path,
            tokens,
            lines: text.lines().map(str::to_owned).collect(),
        })
    }

    /// Every Rust file below `folder` that ships, in a fixed order. Files
    /// that hold only tests (`tests.rs`) are left out.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or parsed.
    pub fn all(project: &Project, folder: &str) -> Outcome<Vec<Self>> {
        project
            .files(folder)?
            .iter()
            .filter(|path| is_shipped(path))
            .map(|path: &PathBuf| Self::parse(project.relative(path), &project::read_text(path)?))
            .collect()
    }

    /// Whether a line, or the one above it, has a comment that starts with
    /// `marker`.
    pub fn is_marked(&self, line: usize, marker: &str) -> bool {
        [line, line.saturating_sub(1)]
            .into_iter()
            .filter_map(|line| self.lines.get(line.checked_sub(1)?))
            .any(|text| text.contains(marker))
    }

    /// A finding in this file.
    pub fn finding(&self, line: usize, what: impl Into<String>) -> Finding {
        Finding {
            path: self.path.clone(),
            line,
            what: what.into(),
        }
    }
}

fn is_shipped(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
        && path.file_name().is_some_and(|name| name != "tests.rs")
}

fn flatten(stream: TokenStream, into: &mut Vec<Token>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        // `#[…]` and `#![…]`, doc comments included.
        if matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == '#') {
            trees.next_if(|next| matches!(next, TokenTree::Punct(bang) if bang.as_char() == '!'));
            let attribute = trees.next_if(
                |next| matches!(next, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket),
            );
            if let Some(TokenTree::Group(attribute)) = attribute {
                if is_test_only(attribute.stream()) {
                    skip_item(&mut trees);
                }
                continue;
            }
        }
        push(tree, into);
    }
}

fn push(tree: TokenTree, into: &mut Vec<Token>) {
    let line = tree.span().start().line;
    let kind = match tree {
        TokenTree::Group(group) => {
            let (open, close) = match group.delimiter() {
                Delimiter::Parenthesis => ('(', ')'),
                Delimiter::Brace => ('{', '}'),
                Delimiter::Bracket => ('[', ']'),
                Delimiter::None => return flatten(group.stream(), into),
            };
            into.push(Token {
                line,
                kind: TokenKind::Punct(open),
            });
            flatten(group.stream(), into);
            let line = group.span_close().end().line;
            into.push(Token {
                line,
                kind: TokenKind::Punct(close),
            });
            return;
        }
        TokenTree::Ident(ident) => TokenKind::Ident(ident.to_string()),
        TokenTree::Punct(punct) => TokenKind::Punct(punct.as_char()),
        TokenTree::Literal(literal) => {
            let written = literal.to_string();
            match (written.find('"'), written.rfind('"')) {
                (Some(open), Some(close)) if open < close => {
                    TokenKind::Text(written[open + 1..close].to_owned())
                }
                _ => TokenKind::Other,
            }
        }
    };
    into.push(Token { line, kind });
}

/// `cfg(test)`, also within `all(…)`; and `test` itself.
fn is_test_only(attribute: TokenStream) -> bool {
    let mut tokens = Vec::new();
    flatten(attribute, &mut tokens);
    let names: Vec<_> = tokens.iter().filter_map(Token::ident).collect();
    match names.as_slice() {
        ["test"] => true,
        ["cfg", rest @ ..] => {
            rest.contains(&"test") && !rest.contains(&"not") && !rest.contains(&"any")
        }
        _ => false,
    }
}

/// Skips to the end of the item that an attribute stands before: its first
/// block, or its semicolon.
fn skip_item(trees: &mut impl Iterator<Item = TokenTree>) {
    for tree in trees {
        match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return,
            TokenTree::Punct(punct) if punct.as_char() == ';' => return,
            _ => {}
        }
    }
}
