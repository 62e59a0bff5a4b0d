//! A host's own project, built or served with the packed tarball.
//!
//! A project is a folder of the repository, copied to `target/matrix` so that
//! nothing is installed or built between the sources. Its dependencies are those of
//! its lock file, and stay for the next run; `slidewright` is unpacked from the
//! tarball beside them, since no registry has this build of it.

mod copies;
mod folder;
mod process;
mod site;

pub use copies::{Copies, copies};
pub use folder::{Project, tarball};
pub use process::Process;
pub use site::StaticSite;

use serde_json::{Value, json};

use crate::{Engine, Page};

/// What the page records, as a script that runs before any of its own.
const RECORDER: &str = concat!(
    "{\nconst OFFSET = 0;\n",
    include_str!("recorder.js"),
    "\n}\n"
);

/// Lets the browser record what pages hear and say whose HTML is another program's,
/// such as a development server's. In Chromium alone; a [`StaticSite`] does it in
/// every engine.
///
/// # Panics
///
/// Where the browser refuses.
pub async fn record(page: &Page) {
    assert_eq!(
        Engine::current(),
        Engine::Chromium,
        "the others have no such command"
    );
    page.browser
        .cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({"source": RECORDER}),
        )
        .await;
}

/// The files of WebAssembly that the page has fetched, by address. A link in its HTML may
/// have announced one: then that was the download, or a fetch that found it in the cache.
///
/// # Panics
///
/// Where there is no page.
pub async fn downloaded(page: &Page) -> Vec<String> {
    let code = "const found = (type) => performance.getEntriesByType('resource')
            .filter((it) => it.initiatorType === type && new URL(it.name).pathname.endsWith('.wasm'))
            .map((it) => it.name);
        const fetched = found('fetch');
        return fetched.length ? fetched : found('link')";
    crate::widget::texts(page.run(code, Value::Null).await)
}
