//! A file beside a test's page, as a host's server may have it: with a wrong type,
//! cut off, or something else altogether.

use std::io;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::time::sleep;

/// What is answered at an address below `/file/`.
#[derive(Clone, Debug)]
pub struct File {
    status: StatusCode,
    kind: Option<&'static str>,
    content: Vec<u8>,
    breaks: bool,
}

impl File {
    /// A file of this content, without a type.
    pub fn new(content: impl Into<Vec<u8>>) -> File {
        File {
            status: StatusCode::OK,
            kind: None,
            content: content.into(),
            breaks: false,
        }
    }

    /// A script.
    pub fn script(code: impl Into<String>) -> File {
        File::new(code.into()).kind("text/javascript")
    }

    /// Its `Content-Type`.
    #[must_use]
    pub fn kind(mut self, kind: &'static str) -> File {
        self.kind = Some(kind);
        self
    }

    /// Its status.
    ///
    /// # Panics
    ///
    /// Where there is none of this number.
    #[must_use]
    pub fn status(mut self, code: u16) -> File {
        self.status = StatusCode::from_u16(code).expect("a status");
        self
    }

    /// The connection breaks after half of it.
    #[must_use]
    pub fn broken(mut self) -> File {
        self.breaks = true;
        self
    }

    pub(crate) fn response(&self) -> Response {
        let mut response = if self.breaks {
            Body::from_stream(broken(&self.content)).into_response()
        } else {
            Body::from(self.content.clone()).into_response()
        };
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(kind) = self.kind {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        response
    }
}

/// The first half, and then an error, upon which the connection is closed.
fn broken(content: &[u8]) -> impl stream::Stream<Item = io::Result<Vec<u8>>> + use<> {
    let half = content[..content.len() / 2].to_vec();
    stream::unfold(Some(half), |half| async move {
        match half {
            Some(half) if !half.is_empty() => Some((Ok(half), Some(Vec::new()))),
            Some(_) => {
                // The half shall have left by then: nothing says when it has.
                sleep(Duration::from_millis(50)).await;
                Some((Err(io::ErrorKind::BrokenPipe.into()), None))
            }
            None => None,
        }
    })
}
