//! What the simulator received under one scenario.

use std::collections::BTreeSet;

use serde_json::Value;

/// The requests in order of arrival. Headers have small names.
#[derive(Clone, Debug)]
pub struct Log(Value);

impl Log {
    /// From the simulator's own account.
    pub fn new(log: Value) -> Log {
        Log(log)
    }

    /// All requests: `method`, `path`, `query`, `headers`, `body` (text),
    /// `status` (0: never answered).
    pub fn requests(&self) -> &[Value] {
        let requests = self.0["requests"].as_array();
        requests.map(Vec::as_slice).unwrap_or_default()
    }

    /// Those that asked for a deck.
    pub fn submits(&self) -> Vec<&Value> {
        self.by_method("POST")
    }

    /// Those that asked how a job is.
    pub fn polls(&self) -> Vec<&Value> {
        let asked = self.by_method("GET").into_iter();
        asked
            .filter(|it| {
                it["path"]
                    .as_str()
                    .is_some_and(|it| it.contains("/status/"))
            })
            .collect()
    }

    /// Decks that were begun.
    pub fn jobs(&self) -> u64 {
        self.0["jobs"].as_u64().unwrap_or_default()
    }

    /// The different idempotency keys. A browser may repeat a POST by itself on
    /// a connection that closes, so keys count, not requests.
    pub fn keys(&self) -> BTreeSet<String> {
        let keys = self.0["keys"].as_array().into_iter().flatten();
        keys.filter_map(|key| Some(key.as_str()?.to_owned()))
            .collect()
    }

    /// The body of the last submit.
    ///
    /// # Panics
    ///
    /// Where there is none, or it is no JSON.
    pub fn last_body(&self) -> Value {
        let submits = self.submits();
        let body = submits.last().expect("a submit")["body"].as_str();
        serde_json::from_str(body.unwrap_or_default()).expect("a body in JSON")
    }

    fn by_method(&self, method: &str) -> Vec<&Value> {
        let requests = self.requests().iter();
        requests.filter(|it| it["method"] == method).collect()
    }
}
