//! All base paths.

use crate::json::json;
use crate::service::Service;
use crate::{Reply, Request, Scenario};

/// Base paths kept; the one that was idle longest goes first.
const SERVICES: usize = 256;

/// Every base path that has been called, each with its own jobs and log.
#[derive(Debug, Default)]
pub struct World {
    services: Vec<Slot>,
    calls: u64,
}

#[derive(Debug)]
struct Slot {
    segment: String,
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
        let known = self.services.iter().position(|it| it.segment == segment);
        let at = match known {
            Some(at) => at,
            None => {
                let scenario = match Scenario::parse(segment) {
                    Ok(scenario) => scenario,
                    Err(error) => {
                        // Readable from anywhere: it is a mistake in a test.
                        let body = json!({"error": error.to_string(), "token": error.token});
                        return Reply::of_json(400, &body).with("access-control-allow-origin", "*");
                    }
                };
                self.make_room();
                self.services.push(Slot {
                    segment: segment.to_owned(),
                    service: Service::new(segment, scenario),
                    last_call: 0,
                });
                self.services.len() - 1
            }
        };
        let slot = &mut self.services[at];
        slot.last_call = self.calls;
        slot.service.handle(now_ms, path, request)
    }

    fn make_room(&mut self) {
        if self.services.len() < SERVICES {
            return;
        }
        let slots = self.services.iter().enumerate();
        let idlest = slots.min_by_key(|(_, slot)| slot.last_call);
        if let Some(at) = idlest.map(|(at, _)| at) {
            self.services.swap_remove(at);
        }
    }
}
