//! Functions that are alike, beside each other.
//!
//! A compressor finds what it has seen just before best. Measured: 1 % less
//! brotli than in the order in which the bindings' tool leaves them, by size.

use crate::{Failure, Outcome};

/// A module in WebAssembly's text format, as `wasm-opt` writes it, with its
/// functions sorted by their signatures and then by what they do.
///
/// # Errors
///
/// The text is no such module.
pub fn sorted(module: &str) -> Outcome<String> {
    let (head, inner) = module
        .trim_end()
        .strip_suffix("\n)")
        .and_then(|module| module.split_once('\n'))
        .filter(|(head, _)| head.starts_with("(module"))
        .ok_or_else(|| Failure::new("wasm-opt wrote no module in the text format"))?;
    // A member of the module begins with one space, its own lines with more.
    let mut members: Vec<Vec<&str>> = Vec::new();
    for line in inner.lines() {
        match members.last_mut() {
            Some(member) if !line.starts_with(" (") => member.push(line),
            _ => members.push(vec![line]),
        }
    }
    let (mut functions, others): (Vec<_>, Vec<_>) = members
        .into_iter()
        .partition(|member| member[0].starts_with(" (func "));
    functions.sort_by_cached_key(|lines| without_names(lines));
    let lines: Vec<_> = others.into_iter().chain(functions).flatten().collect();
    Ok(format!("{head}\n{}\n)\n", lines.join("\n")))
}

/// A function's words but for names, which are mere numbers: its signature comes
/// first.
fn without_names(lines: &[&str]) -> String {
    let words = lines.iter().flat_map(|line| line.split_whitespace());
    words
        .filter(|word| !word.starts_with('$'))
        .collect::<Vec<_>>()
        .join(" ")
}
