//! Runs a job in a page: fetch, timers, visibility and network, and the host's
//! callbacks. Everything with a browser's name in it is here or above.

mod descriptor;
mod fetch;
mod files;
mod host;
mod options;
mod page;
mod runner;
mod save;
mod storage;
mod tabs;
mod upload;
mod value;

pub use self::host::{Host, event_names};
pub use self::options::{ConfigProblem, Credentials, HostHeaders, Options, ProviderText, Resume};
pub use self::page::{date_text, is_http, now};
pub use self::runner::{Runner, Saving};
pub use self::value::{
    Handler, construct, construct_of, from_js, invoke, is_set, object, parse, property,
    set_property, string_property, text_property, to_js,
};

/// Runs a future to its end. Boxed, since each kind of future would otherwise
/// bring its own copy of the executor's task (about 1 KB of wasm).
pub(crate) fn spawn(future: std::pin::Pin<Box<dyn Future<Output = ()>>>) {
    wasm_bindgen_futures::spawn_local(future);
}
