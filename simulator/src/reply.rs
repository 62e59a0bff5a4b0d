//! One HTTP reply, and how the transport shall spoil it.

use crate::json::Value;

/// An HTTP reply, to be sent `delay_ms` after the request came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// Name and value; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
    /// How long the transport waits before it sends anything, in milliseconds.
    pub delay_ms: u64,
    /// What the transport does wrong, if anything.
    pub fault: Option<Fault>,
}

/// A fault below HTTP, which only the transport can commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Close the connection without sending a byte.
    Drop,
    /// Send the head and half the body, then close the connection in order.
    ResetMidBody,
    /// Send the head and half the body, then reset the connection.
    CutMidBody,
    /// Keep the connection open and never send anything.
    Hang,
    /// Send the body `bytes` at a time, `every_ms` apart.
    Drip {
        /// Bytes a time.
        bytes: usize,
        /// Milliseconds between two times.
        every_ms: u64,
    },
    /// Send the body byte by byte, spread over so many milliseconds.
    Trickle {
        /// From the head to the last byte.
        over_ms: u64,
    },
}

impl Reply {
    /// A reply without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            delay_ms: 0,
            fault: None,
        }
    }

    /// The value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON, where it is JSON.
    #[cfg(feature = "server")]
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }

    pub(crate) fn of(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            body: body.into(),
            ..Self::empty(status).with("content-type", content_type)
        }
    }

    pub(crate) fn of_json(status: u16, body: &Value) -> Self {
        Self::of(status, "application/json", body.to_string())
    }

    pub(crate) fn html(status: u16, body: &str) -> Self {
        Self::of(status, "text/html; charset=utf-8", body)
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}
