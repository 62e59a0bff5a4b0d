//! What a browser on another origin is told.

use crate::{Reply, Request, WHOLE};

/// Cross-origin behaviour of one base path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cors {
    /// `*`, so requests with credentials fail.
    Any,
    /// The caller's origin echoed, credentials allowed.
    Echo,
    /// No headers at all.
    None,
}

/// Codes that real servers answer from outside the layer that adds the
/// headers: unreadable from another origin, whatever the setting.
const BARE: [u16; 4] = [401, 428, 500, 502];

impl Cors {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "a" => Cors::Any,
            "b" => Cors::Echo,
            "none" => Cors::None,
            _ => return None,
        })
    }

    /// The reply to a preflight, if the request is one and is allowed.
    pub(crate) fn preflight(self, request: &Request) -> Option<Reply> {
        if !WHOLE {
            // A worker's pages are of its own origin.
            return None;
        }
        let method = request.first("access-control-request-method")?;
        request.first("origin")?;
        if request.method != "OPTIONS" || self == Cors::None {
            return None;
        }
        let reply = Reply::of(200, "text/plain; charset=utf-8", "OK")
            .with("access-control-allow-methods", method)
            .with("access-control-max-age", "600");
        let reply = match request.first("access-control-request-headers") {
            Some(names) => reply.with("access-control-allow-headers", names),
            None => reply,
        };
        Some(self.opened(request, reply))
    }

    /// The reply with the headers that let the caller read it, where a real
    /// server would send them.
    pub(crate) fn opened(self, request: &Request, reply: Reply) -> Reply {
        let Some(origin) = request.first("origin").filter(|_| WHOLE) else {
            return reply;
        };
        if BARE.contains(&reply.status) {
            return reply;
        }
        match self {
            Cors::Any => reply.with("access-control-allow-origin", "*"),
            Cors::Echo => reply
                .with("access-control-allow-origin", origin)
                .with("access-control-allow-credentials", "true")
                .with("vary", "Origin"),
            Cors::None => reply,
        }
    }
}
