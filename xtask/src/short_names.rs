//! Short names between the wasm and its glue.
//!
//! wasm-bindgen names every import and export with a hash, in both files:
//! sixteen random digits each that no compressor can shrink. Only these two
//! files ever see them, so they become `a`, `b`, `c` in both.

use std::collections::HashMap;
use std::path::Path;

use crate::failure::Context;
use crate::{Outcome, project};

/// What the glue's exports are reached through.
const EXPORTS: &str = "wasm.";

/// Renames in both files, in place.
///
/// # Errors
///
/// One of the files cannot be read as what it should be, or not be written.
pub fn shorten(wasm: &Path, glue: &Path) -> Outcome {
    let mut module = walrus::Module::from_file(wasm).or_cannot("read the wasm with bindings")?;
    let mut names = Names::default();
    let mut imports = HashMap::new();
    let mut modules = HashMap::new();
    for import in module.imports.iter_mut() {
        let short = names.next();
        imports.insert(std::mem::replace(&mut import.name, short.clone()), short);
        let from = modules
            .entry(import.module.clone())
            .or_insert_with(|| names.next());
        import.module.clone_from(from);
    }
    let mut names = Names::default();
    let mut exports = HashMap::new();
    for export in module.exports.iter_mut() {
        let short = names.next();
        exports.insert(std::mem::replace(&mut export.name, short.clone()), short);
    }
    let mut text = renamed(&project::read_text(glue)?, &imports, &exports);
    for (from, short) in &modules {
        text = text.replace(&format!("\"{from}\""), &format!("\"{short}\""));
    }
    project::write(glue, text)?;
    module
        .emit_wasm_file(wasm)
        .or_cannot("write the wasm with short names")
}

/// The glue with other names: an import's wherever it stands, since it is
/// unique; an export's, which may be a common word, only behind [`EXPORTS`].
fn renamed(
    glue: &str,
    imports: &HashMap<String, String>,
    exports: &HashMap<String, String>,
) -> String {
    let mut out = String::with_capacity(glue.len());
    let mut rest = glue;
    while let Some(start) = rest.find(is_word) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
        let word = &rest[..end];
        let behind_exports = out.ends_with(EXPORTS);
        let short = if behind_exports {
            exports.get(word)
        } else {
            imports.get(word)
        };
        out.push_str(short.map_or(word, String::as_str));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$')
}

/// `a`, `b`, …, `z`, `aa`, …
#[derive(Default)]
struct Names(usize);

impl Names {
    fn next(&mut self) -> String {
        let mut number = self.0;
        self.0 += 1;
        let mut name = Vec::new();
        loop {
            name.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
            if number < 26 {
                break;
            }
            number = number / 26 - 1;
        }
        name.iter().rev().collect()
    }
}
