//! Pages that draw a job by themselves.

use serde_json::{Value, json};
use slidewright_e2e::{File, Page, Sheet};

use slidewright_e2e::trap::TRAP;

/// A job of a scenario, and all that its subscriber is told. Not written by a driver,
/// whose functions are of another realm in one engine.
const HOST: &str = "
    import * as headless from '/pkg/dist/headless.js';
    window.headless = headless;
    window.begin = (scenario, options = {}) => {
        const job = window.job = headless.createJob({
            provider: scenario.split(',')[0], endpoint: `/sim/${scenario}`, id: 'mine', ...options,
        });
        const told = window.told = [];
        job.subscribe((snapshot) => told.push(snapshot));
        window.errors = [];
        job.addEventListener('slidewright-error', (event) => errors.push(event.detail));
        return job;
    };
    window.states = () => {
        const all = told.map((it) => it && (it.unavailable ? 'unavailable' : it.state));
        return all.filter((it, at) => it !== all[at - 1]);
    };
    window.usual();";

/// A page for such jobs, whose script goes on with this.
pub fn sheet(then: &str) -> Sheet {
    Sheet::without_package("")
        .early(TRAP)
        .early(&format!("window.usual = () => {{ {then} }}"))
        .head("<script type=\"module\" src=\"/file/host.js\"></script>")
        .file("host.js", File::script(HOST))
}

/// Opens it.
pub async fn open(then: &str) -> Page {
    let page = Page::reuse(sheet(then)).await;
    page.wait("the engine's script", "Boolean(window.headless)")
        .await;
    page
}

/// Waits until the job is in a state.
pub async fn wait_state(page: &Page, state: &str) {
    page.wait_with(
        format!("the job in the state {state}"),
        "window.job?.snapshot?.state === args",
        json!(state),
    )
    .await;
}

/// The different states that the subscriber was told, in order; nothing at first.
pub async fn states(page: &Page) -> Vec<String> {
    let all = page.run("return states()", Value::Null).await;
    let all = all.as_array().cloned().unwrap_or_default();
    all.iter()
        .map(|it| it.as_str().unwrap_or("nothing").to_owned())
        .collect()
}

/// Nothing went wrong beside what the job tells.
pub async fn is_unharmed(page: &Page) {
    for level in ["error", "warn", "uncaught", "unhandled"] {
        assert_eq!(page.console(level).await, Vec::<String>::new(), "{level}");
    }
}
