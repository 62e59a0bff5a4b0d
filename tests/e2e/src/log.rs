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

    /// Those of a method whose path has this in it.
    pub fn calls(&self, method: &str, part: &str) -> Vec<&Value> {
        let mut calls = self.by_method(method);
        calls.retain(|it| it["path"].as_str().is_some_and(|path| path.contains(part)));
        calls
    }

    /// Those that asked for a deck, where nothing else is sent by POST.
    pub fn submits(&self) -> Vec<&Value> {
        self.by_method("POST")
    }

    /// Those that asked how a job is.
    pub fn polls(&self) -> Vec<&Value> {
        self.calls("GET", "/status")
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
        body(self.submits().last().expect("a submit"))
    }

    fn by_method(&self, method: &str) -> Vec<&Value> {
        let requests = self.requests().iter();
        requests.filter(|it| it["method"] == method).collect()
    }
}

/// The body of a request.
///
/// # Panics
///
/// Where it is no JSON.
pub fn body(request: &Value) -> Value {
    let body = request["body"].as_str().unwrap_or_default();
    serde_json::from_str(body).expect("a body in JSON")
}
