//! Slidewright: a widget for any web page. A visitor describes a slide deck, a
//! presentation-generation service makes it, and the visitor downloads it.
//!
//! # Layout
//!
//! The crate is a house of floors, each standing only on those below it:
//!
//! - [`request`]: what a visitor asks for, its limits and its validation;
//!   [`outline`]: a deck's slides as visitors write them; [`status`]: what a
//!   service said last, in one form for all of them (all over the leaves
//!   [`json`] and [`text`]).
//! - [`provider`]: one dialect a file: a request becomes an HTTP request, an
//!   HTTP reply becomes a status. Most are descriptions in JSON, as a page may
//!   bring its own.
//! - [`job`]: the state machine. Events and time go in, effects come out; it
//!   knows no browser, no clock and no network.
#![cfg_attr(
    feature = "browser",
    doc = "- [`browser`]: runs a job in a page: fetch, timers, visibility, the host's callbacks."
)]
#![cfg_attr(
    feature = "view",
    doc = "- [`view`]: the Leptos components, one state a file, and every text shown."
)]
#![cfg_attr(
    feature = "element",
    doc = "- `element`: what the JavaScript shell of `<slide-wright>` calls."
)]
#![cfg_attr(
    feature = "headless",
    doc = "- `headless`: the same for hosts that draw their own."
)]
//!
//! # Features
//!
//! `--no-default-features` is the core, from [`request`] to [`job`]: it builds
//! without any web crate. `browser` adds the page's side, `view` what a visitor
//! sees, `leptos` (the default) the Leptos component, `element` the exports for
//! the custom element, `headless` those for jobs without a view.
//!
//! # The run loop of a job
//!
//! A [`job::Job`] does nothing by itself. Its owner hands it an
//! [`job::Event`] with the [`job::Moment`] at which it happened, and carries
//! out the [`job::Effect`]s it gets back; what they lead to comes back as the
//! next event. [`job::Job::snapshot`] tells what to show.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::get_unwrap,
    clippy::disallowed_methods
)]
#![warn(missing_docs)]

pub mod job;
pub mod json;
pub mod outline;
pub mod provider;
pub mod request;
pub mod status;
pub mod text;

#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "element")]
pub mod element;
#[cfg(feature = "headless")]
pub mod headless;
#[cfg(any(feature = "element", feature = "headless"))]
mod numbered;
#[cfg(feature = "view")]
pub mod view;
