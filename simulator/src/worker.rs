//! The world as a service worker's script (`simulator/worker`) calls it.
//!
//! A world of the core, and nothing kept beside it: a browser stops a worker when it
//! is idle. The script writes down each call that changes something, with its time,
//! and calls again in that order when it wakes: the same calls at the same times give
//! the same world.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Reply, Request, World};

/// All that is simulated.
#[wasm_bindgen]
pub struct Simulator {
    site: String,
    world: World,
}

#[wasm_bindgen]
impl Simulator {
    /// `site` is the address of the folder that `sim/` seems to lie in, without a
    /// slash at the end.
    #[wasm_bindgen(constructor)]
    pub fn new(site: String) -> Simulator {
        Simulator {
            site,
            world: World::new(),
        }
    }

    /// Answers a call. `target` is its path from `/sim/` on, with its query; `headers`
    /// are lines of a name, a colon and a value.
    ///
    /// The answer begins with a line of its status, the milliseconds to wait, and what
    /// to do wrong, if anything: `drop`. The headers follow, and the body after an empty
    /// line.
    pub fn handle(
        &mut self,
        now_ms: f64,
        method: &str,
        target: &str,
        headers: &str,
        body: Vec<u8>,
    ) -> Vec<u8> {
        let headers = headers.lines().filter_map(|line| line.split_once(':'));
        let request = Request {
            headers: headers
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body,
            site: self.site.clone(),
            ..Request::new(method, target)
        };
        // Whole milliseconds, and far below 2^53.
        written(self.world.handle(now_ms as u64, &request))
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
