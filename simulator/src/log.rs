//! What a base path has received.

use std::collections::VecDeque;

use crate::json::{Map, Value, json};
use crate::{Fault, Reply, Request, WHOLE};

/// Requests kept; older ones are dropped.
const KEPT: usize = 1000;
/// Bytes of a body kept.
const BODY: usize = 64 * 1024;

/// The requests of one base path in order of arrival.
#[derive(Debug, Default)]
pub(crate) struct Log {
    entries: VecDeque<Value>,
}

impl Log {
    /// Writes down a request and how it was answered. `path` is the service's
    /// own path, without the scenario. A reply that never comes has status 0.
    pub(crate) fn note(&mut self, at_ms: u64, path: &str, request: &Request, reply: &Reply) {
        if !WHOLE {
            return;
        }
        let mut headers = Map::new();
        for (name, value) in &request.headers {
            let name = name.to_ascii_lowercase();
            match headers.get_mut(&name) {
                Some(Value::String(text)) => {
                    if !text.is_empty() {
                        text.push_str(", ");
                    }
                    text.push_str(value);
                }
                _ => headers.insert(name, Value::String(value.clone())),
            }
        }
        let body = &request.body[..request.body.len().min(BODY)];
        let status = match reply.fault {
            Some(Fault::Drop | Fault::Hang) => 0,
            _ => reply.status,
        };
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(json!({
            "method": request.method,
            "path": path,
            "query": request.query,
            "headers": headers,
            "body": String::from_utf8_lossy(body),
            "status": status,
            "reused": request.reused,
            "at_ms": at_ms,
        }));
    }

    pub(crate) fn requests(&self) -> Vec<&Value> {
        self.entries.iter().collect()
    }
}
