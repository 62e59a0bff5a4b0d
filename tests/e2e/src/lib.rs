//! A small harness that drives a real browser against the built package
//! (`pkg/dist`) and the simulator. The tests over it are in `tests/browser`, one
//! behaviour a file, named as the claim, for Chromium; and in `tests/faults`, one
//! fault a test, for every engine. `tests/guest` is what a page may expect of a guest,
//! for every engine; `tests/site` is the static demo; `tests/package` builds projects of
//! hosts from the packed tarball, and visits them; `tests/relay` runs the relays of
//! `examples/relay` by their own servers, and attacks them.
//!
//! # Layout
//!
//! - [`page`]: a page that a test opens, the tabs beside it, what befalls them,
//!   and what they heard.
//! - [`widget`](mod@widget): a widget on a page: what a visitor does and sees;
//!   [`trap`]: how a test stops its module.
//! - [`sheet`]: the HTML of such a page, and the headers that it is served with;
//!   [`file`](mod@file): what lies beside it.
//! - [`server`]: the page's server, with the simulator behind `/sim/`; one a
//!   test, so that tests do not disturb each other; [`ports`]: where it listens.
//! - [`static_host`]: a host of files alone, for the static demo.
//! - [`log`]: what the simulator received.
//! - [`engine`]: which browser this run drives.
//! - [`project`]: a host's own project, built and served with the packed tarball.
//! - [`browser`]: a browser session, six at once at most.
//! - [`driver`]: the program that drives a browser, and what runs around it.
//! - [`deck`]: a second opinion on finished files, by other programs.
//!
//! # Environment
//!
//! | variable | meaning |
//! | --- | --- |
//! | `SLIDEWRIGHT_ENGINE` | `chromium` (default), `firefox` or `webkit` |
//! | `SLIDEWRIGHT_CHROME` | Chromium; if absent, the driver looks for one |
//! | `SLIDEWRIGHT_CHROMEDRIVER` | its driver; if absent, `chromedriver` |
//! | `SLIDEWRIGHT_FIREFOX` | Firefox; if absent, the driver looks for one |
//! | `SLIDEWRIGHT_GECKODRIVER` | its driver; if absent, `geckodriver` |
//! | `SLIDEWRIGHT_MINIBROWSER` | WebKitGTK's MiniBrowser; if absent, where Debian has it |
//! | `SLIDEWRIGHT_WEBKITDRIVER` | its driver; if absent, `WebKitWebDriver` |
//! | `SLIDEWRIGHT_PACKAGE` | the package whose `dist` pages load, from the repository's root; if absent, `pkg` |
//! | `SLIDEWRIGHT_TARBALL` | the npm package that `tests/package` tries |
//! | `SLIDEWRIGHT_NGINX` | nginx; if absent, `nginx` |
//! | `SLIDEWRIGHT_CADDY` | Caddy; if absent, `caddy` |
//! | `SLIDEWRIGHT_NODE` | Node; if absent, `node` |
//! | `SLIDEWRIGHT_MATRIX` | `short` (default) or `full`: how much of the matrix it tries |
//! | `SLIDEWRIGHT_PYTHON` | a Python that has `python-pptx`; if absent, `python3` |
//! | `SLIDEWRIGHT_SOFFICE` | LibreOffice; if absent, it is left out |
//!
//! `cargo xtask test --only e2e`, `--only faults`, `--only relay` and `--only package` set them all. WebKit needs
//! `Xvfb` and `dbus-run-session` besides.
//!
//! # Waiting
//!
//! Nothing here sleeps for a guessed time. A test names a condition and waits
//! for it with [`Widget::wait`], whose limit ([`page::PATIENCE`]) is far
//! beyond what a slow machine needs, and which says what there was instead.
#![warn(missing_docs)]

pub mod browser;
pub mod deck;
pub mod driver;
pub mod engine;
pub mod file;
pub mod log;
pub mod page;
pub mod ports;
pub mod project;
pub mod server;
pub mod sheet;
pub mod static_host;
pub mod trap;
pub mod widget;

pub use deck::Deck;
pub use engine::{Engine, only};
pub use file::File;
pub use log::Log;
pub use page::{Page, Tab};
pub use server::Server;
pub use sheet::{Sheet, described, widget};
pub use static_host::StaticHost;
pub use widget::Widget;
