//! How a test stops a module.

use crate::Widget;
use serde_json::json;

/// A host's script by which [`trap`] works.
pub const TRAP: &str = "
    window.trap = async (entry, method) => {
        window.trapped = null;
        const glue = await import(`/pkg/dist/${entry}-glue.js`);
        const module = await glue.default();
        // Which name the function has in there, its glue tells.
        const calls = [...String(glue[method]).matchAll(/\\.(\\w+)\\(([^()]*)\\)/g)];
        const [, name] = calls.reduce((most, it) =>
            it[2].split(',').length > most[2].split(',').length ? it : most);
        let said = 'nothing';
        try {
            module[name](1, 0xfffffff0, 0x7fffffff, null);
        } catch (error) {
            said = error instanceof WebAssembly.RuntimeError ? 'trap' : String(error);
        }
        window.trapped = said;
    };";

/// Calls a method of an entry's module, past its glue, with a text that lies outside of
/// its memory.
///
/// # Panics
///
/// Where that stops nothing.
pub async fn trap(page: &Widget, entry: &str, method: &str) {
    page.run("window.trap(...args)", json!([entry, method]))
        .await;
    let said = page.wait("the trap", "window.trapped").await;
    assert_eq!(said, json!("trap"));
}
