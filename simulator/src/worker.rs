//! The world as a service worker's script (`simulator/worker`) calls it.
//!
//! A world of the core, and nothing kept beside it: a browser stops a worker when it
//! is idle. The script writes down each call that changes something, with its time,
//! and calls again in that order when it wakes: the same calls at the same times give
//! the same world.
//!
//! Calls and answers are bytes, as they are over a socket: what makes texts of them in
//! between would be downloaded, too.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Reply, Request, World};

thread_local! {
    static WORKER: RefCell<(String, World)> = RefCell::default();
}

/// Begins with a world where nothing has happened. `site` is the address of the folder
/// that `sim/` seems to lie in, without a slash at the end.
#[wasm_bindgen]
pub fn begin(site: Vec<u8>) {
    let site = String::from_utf8_lossy(&site).into_owned();
    WORKER.with_borrow_mut(|worker| *worker = (site, World::new()));
}

/// Answers a call: a line of the method and the path from `/sim/` on with its query,
/// lines of a name, a colon and a value, an empty line, and the body.
///
/// The answer begins with a line of its status, the milliseconds to wait, and what
/// to do wrong, if anything: `drop`. Headers and body follow as in the call.
#[wasm_bindgen]
pub fn handle(now_ms: f64, call: Vec<u8>) -> Vec<u8> {
    WORKER.with_borrow_mut(|(site, world)| {
        let mut request = read(&call);
        request.site.clone_from(site);
        // Whole milliseconds, and far below 2^53.
        written(world.handle(now_ms as u64, &request))
    })
}

fn read(call: &[u8]) -> Request {
    let end = call.windows(2).position(|it| it == b"\n\n");
    let (head, body) = call.split_at(end.unwrap_or(call.len()));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.split('\n');
    let (method, target) = lines
        .next()
        .and_then(|it| it.split_once(' '))
        .unwrap_or_default();
    let headers = lines.filter_map(|line| line.split_once(':'));
    Request {
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body: body.get(2..).unwrap_or_default().to_vec(),
        ..Request::new(method, target)
    }
}

fn written(reply: Reply) -> Vec<u8> {
    let fault = match reply.fault {
        None => "",
        // The others need a connection.
        Some(_) => "drop",
    };
    let mut answer = format!("{} {} {fault}\n", reply.status, reply.delay_ms);
    for (name, value) in &reply.headers {
        answer.extend([name, ":", value, "\n"]);
    }
    answer.push('\n');
    let mut answer = answer.into_bytes();
    answer.extend(reply.body);
    answer
}
