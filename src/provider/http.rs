//! HTTP as the core sees it: what to send and what came back, without a client.

use crate::json::Json;

/// A request, relative to the endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// Path and query, with a leading slash, appended to the endpoint.
    pub path: String,
    /// Headers of the dialect; the host's own come on top.
    pub headers: Vec<(&'static str, String)>,
    /// What it carries.
    pub body: Body,
}

impl HttpRequest {
    /// Reads something.
    pub fn get(path: String) -> HttpRequest {
        HttpRequest {
            method: Method::Get,
            path,
            headers: Vec::new(),
            body: Body::None,
        }
    }

    /// Sends a JSON document.
    pub fn post(path: &str, body: Json) -> HttpRequest {
        HttpRequest {
            method: Method::Post,
            path: path.into(),
            headers: Vec::new(),
            body: Body::Json(body),
        }
    }
}

/// The methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Safe to repeat.
    Get,
    /// Not safe to repeat: it may be billed.
    Post,
}

/// What a request carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Nothing.
    None,
    /// A JSON document.
    Json(Json),
}

/// A reply that arrived whole.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpReply {
    /// The status code.
    pub code: u16,
    /// Whether it calls itself a problem document (RFC 9457): then its words are
    /// the host's, written for the visitor.
    pub problem: bool,
    /// The header `Retry-After`, where it may be read.
    pub retry_after: Option<String>,
    /// The document.
    pub body: ReplyBody,
}

impl HttpReply {
    /// The JSON document, where there is one; `null` otherwise.
    pub fn json(&self) -> &Json {
        match &self.body {
            ReplyBody::Json(json) => json,
            ReplyBody::Text(_) => &Json::Null,
        }
    }

    /// Whether the service took the request.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.code)
    }
}

/// The document of a reply. What it is is tried, not believed: content types
/// lie.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplyBody {
    /// It reads as JSON.
    Json(Json),
    /// Anything else: HTML, plain text, half a document, nothing.
    Text(String),
}
