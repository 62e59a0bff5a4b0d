//! A way back from a trap.
//!
//! wasm-bindgen's `__wbg_reset_state` makes a new instance of the module, but
//! nobody tells when one is due: a trap may come out of any of the functions that
//! the glue calls, most of them from timers and listeners of the browser's own. So
//! the glue reaches the exports through a guard, which tells the shell and then
//! keeps still until it has made a new instance; and what the old one left behind
//! in the page (listeners, timers) does nothing any more, in place of throwing.

use std::path::Path;

use crate::{Failure, Outcome, project};

/// Wraps each function; memory and tables stay what they are.
const GUARD: &str = "
let trapped;
export function onTrap(listener) { trapped = listener; }
function guarded(exports) {
    let dead = false;
    const guarded = {};
    for (const name in exports) {
        const it = exports[name];
        guarded[name] = typeof it !== 'function' ? it : (...args) => {
            // Some answer in pairs; as a number it is nothing.
            if (dead) return [];
            try {
                return it(...args);
            } catch (error) {
                dead = true;
                trapped?.(error);
                throw error;
            }
        };
    }
    return guarded;
}
";

/// What stands in the glue, how often, and what takes its place.
const CHANGES: [(&str, usize, &str); 3] = [
    (
        "wasm = wasmInstance.exports;",
        1,
        "wasm = guarded(wasmInstance.exports);",
    ),
    (
        "wasm = instance.exports;",
        1,
        "wasm = guarded(instance.exports);",
    ),
    (
        "throw new Error('Cannot invoke closure from previous WASM instance');",
        1,
        "return;",
    ),
];

/// Changes the glue in place.
///
/// # Errors
///
/// As with [`guarded`], or it cannot be read or written.
pub fn guard(glue: &Path) -> Outcome {
    let text = guarded(&project::read_text(glue)?)?;
    project::write(glue, text)
}

/// The glue with its guard.
///
/// # Errors
///
/// It is not as another version of wasm-bindgen wrote it.
pub fn guarded(glue: &str) -> Outcome<String> {
    let mut text = glue.to_owned();
    for (from, count, to) in CHANGES {
        let found = text.matches(from).count();
        if found != count {
            return Err(Failure::new(format!(
                "the glue has `{from}` {found} times, not {count}: wasm-bindgen has changed, see xtask/src/revival.rs"
            )));
        }
        text = text.replace(from, to);
    }
    Ok(text + GUARD)
}
