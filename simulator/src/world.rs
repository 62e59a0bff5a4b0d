//! All base paths.

use std::collections::BTreeMap;

use serde_json::json;

use crate::service::Service;
use crate::{Reply, Request, Scenario};

/// Base paths kept; the one that was idle longest goes first.
const SERVICES: usize = 256;

/// Every base path that has been called, each with its own jobs and log.
#[derive(Debug, Default)]
pub struct World {
    services: BTreeMap<String, Slot>,
    calls: u64,
}

#[derive(Debug)]
struct Slot {
    service: Service,
    last_call: u64,
}

impl World {
    /// A world where nothing has happened yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers a request that came at `now_ms`, in milliseconds since
    /// 1970-01-01T00:00:00Z. The caller sends the reply when its delay is over
    /// and commits its fault; the world itself waits for nothing.
    pub fn handle(&mut self, now_ms: u64, request: &Request) -> Reply {
        let Some(rest) = request.path.strip_prefix("/sim/") else {
            return Reply::of_json(
                404,
                &json!({"error": "paths here begin with /sim/{scenario}/"}),
            );
        };
        let (segment, path) = match rest.find('/') {
            Some(at) => rest.split_at(at),
            None => (rest, "/"),
        };
        self.calls += 1;
        if !self.services.contains_key(segment) {
            let scenario = match Scenario::parse(segment) {
                Ok(scenario) => scenario,
                Err(error) => {
                    // Readable from anywhere: it is a mistake in a test.
                    let body = json!({"error": error.to_string(), "token": error.token});
                    return Reply::of_json(400, &body).with("access-control-allow-origin", "*");
                }
            };
            self.make_room();
            let slot = Slot {
                service: Service::new(segment, scenario),
                last_call: 0,
            };
            self.services.insert(segment.to_owned(), slot);
        }
        match self.services.get_mut(segment) {
            Some(slot) => {
                slot.last_call = self.calls;
                slot.service.handle(now_ms, path, request)
            }
            None => Reply::empty(500),
        }
    }

    fn make_room(&mut self) {
        while self.services.len() >= SERVICES {
            let idlest = self.services.iter().min_by_key(|(_, slot)| slot.last_call);
            let Some(name) = idlest.map(|(name, _)| name.clone()) else {
                return;
            };
            self.services.remove(&name);
        }
    }
}
