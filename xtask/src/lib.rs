//! The project's own build tool, run as `cargo xtask COMMAND`.
//!
//! Everything a contributor or a build server does goes through here, so that
//! a fresh machine needs a Rust toolchain and Node and nothing else: what is
//! missing is installed by the command that needs it.
//!
//! # Layout
//!
//! * Commands: [`demo`], [`mod@test`], [`mod@fuzz`], [`check`], [`pack`], [`site`],
//!   [`generate`], [`mod@book`], and [`bundle`] (`build`), as [`invocation`] parses them.
//! * What they stand on: [`project`] (where things are), [`tools`] (what has
//!   to be installed), [`process`] (other programs), [`failure`].
//! * Building: [`module`] makes what a page runs ([`wasm`] compiles, [`lock`]
//!   compares versions,
//!   [`short_names`] shrinks what is between wasm and glue, [`revival`] lets the
//!   shell know of a trap, [`likeness`] puts the wasm into an order that
//!   compresses well), [`script`] the scripts around it, [`pack`] the npm package;
//!   [`simulator`] makes what the site's service worker runs;
//!   [`sizes`] weighs the files and holds the budgets, [`stamp`] says when there is
//!   nothing to do.
//! * Checking: [`source`] reads Rust files for [`floors`], [`texts`] and
//!   [`panics`]; [`traces`] reads every tracked file; [`reliability`] holds the
//!   fault matrix to its tests, [`links`], [`snippets`], [`symptoms`] and [`calls`] the
//!   documentation, as [`markdown`] reads it, to what there is.
//! * [`compatibility`]: what the tests of the packed package came to.
//! * [`wasm_tests`]: the crate's own tests inside a browser; [`leptos`] builds the
//!   example that is an app with the component.

pub mod book;
pub mod bundle;
pub mod calls;
pub mod check;
pub mod compatibility;
pub mod demo;
pub mod failure;
pub mod floors;
pub mod fuzz;
pub mod generate;
pub mod invocation;
pub mod leptos;
pub mod likeness;
pub mod links;
pub mod lock;
pub mod markdown;
pub mod module;
pub mod pack;
pub mod panics;
pub mod process;
pub mod project;
pub mod reliability;
pub mod revival;
pub mod script;
pub mod short_names;
pub mod simulator;
pub mod site;
pub mod sizes;
pub mod snippets;
pub mod source;
pub mod stamp;
pub mod symptoms;
pub mod test;
pub mod texts;
pub mod tools;
pub mod traces;
pub mod wasm;
pub mod wasm_tests;

pub use failure::{Failure, Outcome};
