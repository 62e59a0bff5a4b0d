//! What the browser keeps of a page, for rows that look there.

use serde_json::{Value, json};
use slidewright_e2e::Widget;

/// The names of what is ours, in either storage.
pub async fn names(at: &Widget) -> Vec<String> {
    let code = "return [localStorage, sessionStorage].flatMap((it) => Object.keys(it))
        .filter((it) => it.startsWith('slidewright'))";
    let names = at.run(code, Value::Null).await;
    let names = names.as_array().cloned().unwrap_or_default();
    let names = names.iter().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

/// The names of the records among it.
pub async fn records(at: &Widget) -> Vec<String> {
    let mut names = names(at).await;
    names.retain(|name| name.contains("/job/"));
    names
}

/// Nothing of ours is kept.
pub async fn assert_nothing(at: &Widget) {
    assert_eq!(names(at).await, Vec::<String>::new());
}

/// Everything that any page of the origin could read here, as one text.
pub async fn dump(at: &Widget) -> String {
    let code = "window.beside = null;
        Promise.all([
            indexedDB.databases?.() ?? [],
            window.caches?.keys() ?? [],
            navigator.serviceWorker?.getRegistrations() ?? [],
        ]).then((it) => { window.beside = JSON.stringify(it.flat()); },
            (error) => { window.beside = String(error); })";
    at.run(code, Value::Null).await;
    let beside = at.wait("other storages", "window.beside").await;
    assert_eq!(beside, json!("[]"));
    let code = "return JSON.stringify([
            { ...localStorage }, { ...sessionStorage },
            document.cookie, window.name, history.state, location.href,
        ])";
    let all = at.run(code, Value::Null).await;
    all.as_str().expect("a text").to_owned()
}
