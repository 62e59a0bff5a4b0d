//! The world as a service worker's script (`simulator/worker`) calls it.
//!
//! A world of the core, and nothing kept beside it: a browser stops a worker when it
//! is idle. The script writes down each call that changes something, with its time,
//! and calls again in that order when it wakes: the same calls at the same times give
//! the same world.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Fault, Reply, Request, World};

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
    pub fn handle(
        &mut self,
        now_ms: f64,
        method: &str,
        target: &str,
        headers: &str,
        body: Vec<u8>,
    ) -> Answer {
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
        Answer(self.world.handle(now_ms as u64, &request))
    }
}

/// A reply, to be taken apart by the script.
#[wasm_bindgen]
pub struct Answer(Reply);

#[wasm_bindgen]
impl Answer {
    /// The status code.
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// Lines of a name, a colon and a value.
    #[wasm_bindgen(getter)]
    pub fn headers(&self) -> String {
        let lines = self.0.headers.iter();
        let lines = lines.map(|(name, value)| [name, ":", value, "\n"].concat());
        lines.collect()
    }

    /// The whole body.
    #[wasm_bindgen(getter)]
    pub fn body(&self) -> Vec<u8> {
        self.0.body.clone()
    }

    /// Milliseconds to wait before anything is sent.
    #[wasm_bindgen(getter)]
    pub fn delay(&self) -> f64 {
        self.0.delay_ms as f64
    }

    /// What the script is to do wrong: empty, or a word of [`Fault`] with its numbers.
    #[wasm_bindgen(getter)]
    pub fn fault(&self) -> String {
        match self.0.fault {
            None => String::new(),
            Some(Fault::Drop) => "drop".to_owned(),
            Some(Fault::Hang) => "hang".to_owned(),
            // Below HTTP they differ; a worker can only break off.
            Some(Fault::ResetMidBody | Fault::CutMidBody) => "half".to_owned(),
            Some(Fault::Drip { bytes, every_ms }) => format!("drip {bytes} {every_ms}"),
            Some(Fault::Trickle { over_ms }) => {
                let steps = u64::try_from(self.0.body.len()).unwrap_or(u64::MAX).max(1);
                format!("drip 1 {}", over_ms / steps)
            }
        }
    }
}
