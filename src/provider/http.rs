//! HTTP as the core sees it: what to send and what came back, without a client.

use crate::json::Json;

/// A request, relative to the endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// Path and query, with a leading slash, appended to the endpoint. A whole
    /// address for an upload that a reply sent elsewhere: the job lets it pass
    /// only to hosts that the page names, and no header of the host goes along.
    pub path: String,
    /// Headers of the dialect; they win over the host's of the same name.
    pub headers: Vec<(String, String)>,
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
        HttpRequest::carrying(path, Body::Json(body))
    }

    /// Sends a form.
    pub fn post_form(path: &str, form: Vec<Part>) -> HttpRequest {
        HttpRequest::carrying(path, Body::Form(form))
    }

    fn carrying(path: &str, body: Body) -> HttpRequest {
        HttpRequest {
            method: Method::Post,
            path: path.into(),
            headers: Vec::new(),
            body,
        }
    }

    /// Marks it, so that a relay can tell it from a forged cross-site request.
    pub fn mark(&mut self) {
        self.headers.push(("X-Slidewright".into(), "1".into()));
    }

    /// Whether it goes to another place than the endpoint.
    pub fn is_elsewhere(&self) -> bool {
        !self.path.starts_with('/')
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
    /// A form of several parts (`multipart/form-data`), in this order.
    Form(Vec<Part>),
}

/// One part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A named text.
    Text(String, String),
    /// A named file, by its handle.
    File(String, u32),
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
