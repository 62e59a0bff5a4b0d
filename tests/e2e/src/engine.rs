//! Which browser engine the tests drive.

use std::env;
use std::io::{self, Write};
use std::panic::Location;
use std::sync::OnceLock;
use std::thread;

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK, in the small browser that comes with it.
    WebKit,
}

impl Engine {
    /// All of them.
    pub const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];

    /// The one that this run drives, by the variable `SLIDEWRIGHT_ENGINE`.
    ///
    /// # Panics
    ///
    /// Where that names none.
    pub fn current() -> Engine {
        static CURRENT: OnceLock<Engine> = OnceLock::new();
        *CURRENT.get_or_init(|| {
            let name = env::var("SLIDEWRIGHT_ENGINE").unwrap_or_else(|_| "chromium".into());
            let found = Engine::ALL.into_iter().find(|it| it.name() == name);
            found.unwrap_or_else(|| panic!("SLIDEWRIGHT_ENGINE: there is no engine {name}"))
        })
    }

    /// Its name, in small letters.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Chromium => "chromium",
            Engine::Firefox => "firefox",
            Engine::WebKit => "webkit",
        }
    }
}

/// Whether this run drives one of these engines. If not, it says so, past the
/// test runner's ears, and the test has to return: what an engine's driver
/// cannot bring about is left out aloud.
#[must_use]
#[track_caller]
pub fn only(engines: &[Engine], why: &str) -> bool {
    let current = Engine::current();
    if engines.contains(&current) {
        return true;
    }
    let thread = thread::current();
    // On a single thread, tests run under the name of the program's own.
    let test = thread.name().filter(|name| *name != "main");
    let test = test.map_or_else(|| Location::caller().to_string(), str::to_owned);
    let line = format!("left out in {}: {test}: {why}\n", current.name());
    let _ = io::stderr().write_all(line.as_bytes());
    false
}
