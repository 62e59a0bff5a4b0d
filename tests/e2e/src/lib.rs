//! A small harness that drives a real Chromium against the built package
//! (`pkg/dist`) and the simulator. The tests over it are in `tests/browser`,
//! one behaviour a file, named as the claim.
//!
//! # Layout
//!
//! - [`page`]: a page that a test opens, and the widgets on it: what a visitor
//!   does and sees, and what the page heard.
//! - [`sheet`]: the HTML of such a page, and the headers that it is served with.
//! - [`server`]: the page's server, with the simulator behind `/sim/`; one a
//!   test, so that tests do not disturb each other.
//! - [`log`]: what the simulator received.
//! - [`browser`]: a fresh browser session, two at once at most.
//! - [`driver`]: the one chromedriver of the process.
//! - [`deck`]: a second opinion on finished files, by other programs.
//!
//! # Environment
//!
//! | variable | meaning |
//! | --- | --- |
//! | `SLIDEWRIGHT_CHROME` | the browser; if absent, the driver looks for one |
//! | `SLIDEWRIGHT_CHROMEDRIVER` | its driver; if absent, `chromedriver` |
//! | `SLIDEWRIGHT_PYTHON` | a Python that has `python-pptx`; if absent, `python3` |
//! | `SLIDEWRIGHT_SOFFICE` | LibreOffice; if absent, it is left out |
//!
//! `cargo xtask test --only e2e` sets them all.
//!
//! # Waiting
//!
//! Nothing here sleeps for a guessed time. A test names a condition and waits
//! for it with [`page::Widget::wait`], whose limit ([`page::PATIENCE`]) is far
//! beyond what a slow machine needs, and which says what there was instead.
#![warn(missing_docs)]

pub mod browser;
pub mod deck;
pub mod driver;
pub mod log;
pub mod page;
pub mod server;
pub mod sheet;

pub use deck::Deck;
pub use log::Log;
pub use page::{Page, Widget};
pub use server::Server;
pub use sheet::{Sheet, described, widget};
