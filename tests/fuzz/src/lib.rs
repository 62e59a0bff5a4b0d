//! Fuzz targets: whatever bytes come in, nothing panics, and what is claimed of
//! every result holds.
//!
//! # Layout
//!
//! - One target a file, each with a `run`, which takes any bytes, and `seeds`,
//!   the inputs to begin with, made from the fixtures: [`replies`], [`outline`],
//!   [`descriptor`], [`job`], [`record`], [`retry_after`].
//! - [`claims`]: what holds of a reading, whoever wrote the reply. [`mutation`]:
//!   how an input with documents in it is changed.
//! - `main.rs` hands a target to libFuzzer; `tests/replay` runs all of them over
//!   their seeds, and over what was found once (`regressions/TARGET/`).
//!
//! `cargo xtask fuzz` builds and runs it.

pub mod claims;
pub mod descriptor;
pub mod job;
pub mod mutation;
pub mod outline;
pub mod record;
pub mod replies;
pub mod retry_after;

// Theirs is what the tests need; the targets need a part of it.
#[allow(dead_code)]
#[path = "../../fixtures/mod.rs"]
mod fixtures;
#[allow(dead_code)]
#[path = "../../core/harness.rs"]
mod harness;

use slidewright::json::{Json, is_shallow};
use slidewright::provider::{HttpReply, ReplyBody};

/// Something that reads what others wrote.
pub struct Target {
    /// Its name on the command line and in `regressions/`.
    pub name: &'static str,
    /// Takes any bytes; panics where a claim does not hold.
    pub run: fn(&[u8]),
    /// The inputs to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// After how many bytes its JSON documents begin, where it has any.
    pub documents_at: Option<usize>,
    /// How many inputs `cargo xtask test` tries: some ten seconds of them.
    pub short: u32,
}

/// All of them.
pub const TARGETS: [Target; 6] = [
    Target {
        name: "replies",
        run: replies::run,
        seeds: replies::seeds,
        documents_at: Some(1),
        short: 800_000,
    },
    Target {
        name: "outline",
        run: outline::run,
        seeds: outline::seeds,
        documents_at: None,
        short: 450_000,
    },
    Target {
        name: "descriptor",
        run: descriptor::run,
        seeds: descriptor::seeds,
        documents_at: Some(0),
        short: 35_000,
    },
    Target {
        name: "job",
        run: job::run,
        seeds: job::seeds,
        documents_at: None,
        short: 90_000,
    },
    Target {
        name: "record",
        run: record::run,
        seeds: record::seeds,
        documents_at: Some(0),
        short: 1_500_000,
    },
    Target {
        name: "retry_after",
        run: retry_after::run,
        seeds: retry_after::seeds,
        documents_at: None,
        short: 3_500_000,
    },
];

/// The target of a name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// A document as a page reads it: nothing where it is no JSON, or nests too deep.
fn parse(document: &str) -> Option<Json> {
    if !is_shallow(document) {
        return None;
    }
    serde_json::from_str(document).ok()
}

/// A reply with this body, as a page has it.
fn reply(code: u16, body: &[u8]) -> HttpReply {
    let text = String::from_utf8_lossy(body);
    let body = match parse(&text) {
        Some(json) => ReplyBody::Json(json),
        None => ReplyBody::Text(text.into_owned()),
    };
    HttpReply {
        code,
        problem: false,
        retry_after: None,
        body,
    }
}

/// What a fixture's reply looked like on the wire.
fn wire(example: &Json) -> Vec<u8> {
    match example.get("body") {
        Some(Json::Text(text)) => text.clone().into_bytes(),
        Some(json) => document(json).into_bytes(),
        None => Vec::new(),
    }
}

fn document(json: &Json) -> String {
    serde_json::to_string(json).expect("a tree is a document")
}
