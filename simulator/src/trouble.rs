//! What a call is answered instead of the truth.

use serde_json::{Value, json};

use crate::dialect::{Dialect, Purpose};
use crate::{Fault, Reply};

/// One word of `submit=` or `status=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    Code(u16),
    AcceptedEmpty,
    NoContent,
    Html,
    Empty,
    Garbage,
    Text,
    Truncated,
    Huge,
    Deep,
    NoId,
    Problem,
    UnknownWord,
    Backwards,
    Drop,
    Reset,
    Hang,
    Slow,
}

const CODES: [u16; 18] = [
    400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 422, 425, 428, 429, 500, 502, 503, 504,
];

impl Trouble {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "202empty" => Trouble::AcceptedEmpty,
            "204" => Trouble::NoContent,
            "html" => Trouble::Html,
            "empty" => Trouble::Empty,
            "garbage" => Trouble::Garbage,
            "text" => Trouble::Text,
            "truncated" => Trouble::Truncated,
            "huge" => Trouble::Huge,
            "deep" => Trouble::Deep,
            "noid" => Trouble::NoId,
            "problem" => Trouble::Problem,
            "unknown-word" => Trouble::UnknownWord,
            "backwards" => Trouble::Backwards,
            "drop" => Trouble::Drop,
            "reset" => Trouble::Reset,
            "hang" => Trouble::Hang,
            "slow" => Trouble::Slow,
            code => Trouble::Code(code.parse().ok().filter(|it| CODES.contains(it))?),
        })
    }

    /// The service did its work, only the telling is odd.
    pub(crate) fn is_harmless(self) -> bool {
        matches!(
            self,
            Trouble::UnknownWord | Trouble::Backwards | Trouble::Slow
        )
    }

    /// The service said no, so no job can come of it, whatever `accept` says.
    pub(crate) fn is_refusal(self) -> bool {
        match self {
            Trouble::Code(code) => code < 500 && code != 408,
            Trouble::Problem => true,
            _ => false,
        }
    }

    /// The answer is a spoiled form of the true one, which is therefore needed.
    pub(crate) fn spoils(self) -> bool {
        matches!(
            self,
            Trouble::Truncated | Trouble::NoId | Trouble::Reset | Trouble::Drop | Trouble::Hang
        ) || self.is_harmless()
    }

    /// What is sent in the place of `truth`, which is given where
    /// [`Trouble::spoils`] asks for it.
    pub(crate) fn told(
        self,
        dialect: &dyn Dialect,
        purpose: Purpose,
        truth: Option<Reply>,
    ) -> Reply {
        let truth = truth.unwrap_or_else(|| Reply::of_json(200, &json!({})));
        match self {
            Trouble::Code(code) => dialect.refusal(code, purpose),
            Trouble::AcceptedEmpty => Reply::empty(202),
            Trouble::NoContent => Reply::empty(204),
            Trouble::Html => Reply::html(200, PORTAL),
            Trouble::Empty => Reply::of(200, "application/json", ""),
            Trouble::Garbage => Reply::of(200, "application/json", &b"\x00\xff{]not json"[..]),
            Trouble::Text => Reply::of(200, "text/plain; charset=utf-8", "Accepted, thank you."),
            Trouble::Truncated => {
                let half = truth.body.len() / 2;
                Reply {
                    body: truth.body[..half].to_vec(),
                    ..truth
                }
            }
            Trouble::Huge => {
                // Valid from the first byte to the last: only its size is wrong.
                let filler = "x".repeat(10 * 1024 * 1024);
                Reply::of(
                    200,
                    "application/json",
                    format!("{{\"filler\":\"{filler}\"}}"),
                )
            }
            Trouble::Deep => {
                let deep = "[".repeat(10_000) + &"]".repeat(10_000);
                Reply::of(200, "application/json", deep)
            }
            Trouble::NoId => edited(truth, |fields| {
                fields.remove(dialect.id_field());
            }),
            Trouble::Problem => Reply::of(
                403,
                "application/problem+json",
                json!({
                    "title": "Your plan's decks are used up",
                    "detail": "This month's five decks are made. More come with a bigger plan.",
                    "code": "quota",
                    "action": {"label": "See plans", "href": "https://example.org/upgrade"},
                })
                .to_string(),
            ),
            Trouble::UnknownWord => edited(truth, |fields| {
                // Not every service tells a status when it accepts.
                if let Some(word) = fields.get_mut(dialect.status_field()) {
                    *word = json!("warming_up");
                }
            }),
            Trouble::Backwards => truth,
            Trouble::Drop => faulty(truth, Fault::Drop),
            Trouble::Reset => faulty(truth, Fault::ResetMidBody),
            Trouble::Hang => faulty(truth, Fault::Hang),
            Trouble::Slow => faulty(
                truth,
                Fault::Drip {
                    bytes: 16,
                    every_ms: 200,
                },
            ),
        }
    }
}

/// The page of a network that wants a sign-in first.
const PORTAL: &str = "<!doctype html><html lang=\"en\"><head><title>Welcome</title></head>\
<body><h1>Sign in to use this network</h1></body></html>";

fn faulty(reply: Reply, fault: Fault) -> Reply {
    Reply {
        fault: Some(fault),
        ..reply
    }
}

/// The reply with its JSON object changed; a reply without one stays as it is.
fn edited(reply: Reply, edit: impl FnOnce(&mut serde_json::Map<String, Value>)) -> Reply {
    match serde_json::from_slice(&reply.body) {
        Ok(Value::Object(mut fields)) => {
            edit(&mut fields);
            Reply {
                body: Value::Object(fields).to_string().into_bytes(),
                ..reply
            }
        }
        _ => reply,
    }
}
