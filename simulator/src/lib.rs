//! A stand-in for presentation-generation services.
//!
//! A page, a test or a demo talks to it as it would to the real service: the
//! same paths, the same replies, the same faults, and at the end a deck that
//! an office program opens. It is written from the services' documents and
//! from transcripts of real servers, and shares no type with the widget that
//! it is used to try, so that one misreading is not made on both sides.
//!
//! The core does no I/O and knows no clock and no randomness: time is an
//! argument, ids are hashed from it. The same calls at the same times give
//! the same bytes, natively and in a service worker.
//!
//! ```
//! use slidewright_simulator::{Request, World};
//!
//! let mut world = World::new();
//! let submit = Request::new("POST", "/sim/presenton,contract=b/api/v1/ppt/presentation/generate/async")
//!     .json(r#"{"content": "The history of tea", "n_slides": 3}"#);
//! let reply = world.handle(0, &submit);
//! assert_eq!(reply.status, 200);
//! ```
//!
//! # Base paths
//!
//! Everything lives under `/sim/{scenario}`, and what follows is the service's
//! documented path. The scenario names the dialect and what shall happen, see
//! [`Scenario`]. Each distinct scenario is a world of its own, so tests that
//! run at once use distinct `run=` values. Some paths are the simulator's own:
//!
//! - `GET /sim/{scenario}/_log`: what was received so far, as JSON;
//! - `POST /sim/{scenario}/_reset`: forget everything under this base path;
//! - `POST /sim/{scenario}/_restart`: forget the jobs, their files and what
//!   repeated keys were answered, as a service does that kept them in memory;
//!   the log, its counts and the files in the object store stay;
//! - `POST /sim/{scenario}/_finish`: the last job gets to its end at once, which
//!   is what the scenario has for it: done or failed;
//! - `/sim/{scenario}/_moved/…`: where the word `307` leads.
//!
//! # Layout
//!
//! - [`World`]: all base paths; takes a [`Request`] and the time, returns a [`Reply`]
//! - [`Scenario`]: the first path segment, parsed
//! - `service`: one base path: its jobs, its log, the order of checks
//! - `job`: one accepted request and where it stands at a given time
//! - `talk`: what a job asks its caller, and what it was told
//! - `bucket`: files that callers put into a service's object store
//! - `trouble`: what a call is answered instead of the truth
//! - `hostile`: bait in everything that a service says
//! - `words`: where a reply speaks to people
//! - `cors`, `digest`, `json`, `log`, `multipart`, `retry_after`, `stale`, `stamp`,
//!   `swollen`: small parts of the above
//! - `dialect`: one service a file, behind one trait
//! - `deck`: the finished deck as pptx, pdf or png
//! - `server` (feature `server`): the same world behind sockets
//! - `worker` (feature `worker`): the same world as a service worker's script calls it

mod bucket;
mod cors;
mod deck;
mod dialect;
mod digest;
mod hostile;
mod job;
mod json;
mod log;
mod multipart;
mod reply;
mod request;
mod retry_after;
mod scenario;
mod service;
mod stale;
mod stamp;
#[cfg(feature = "server")]
mod swollen;
mod talk;
mod trouble;
mod words;
mod world;

/// Whether everything is there that pages can be tried with, or what a demo needs.
pub(crate) const WHOLE: bool = !cfg!(feature = "worker");

#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "worker")]
pub mod worker;

pub use dialect::presenton::Contract;
pub use reply::{Fault, Reply};
pub use request::Request;
pub use scenario::{Scenario, ScenarioError};
pub use world::World;
