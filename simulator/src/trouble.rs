//! What a call is answered instead of the truth.

use crate::dialect::{Call, Purpose};
use crate::json::{Map, Value, json};
use crate::{Fault, Reply, Scenario, WHOLE, words};

/// One word of `submit=` or `status=`, as documented at [`Scenario`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    Code(u16),
    AcceptedEmpty,
    NoContent,
    Moved,
    Html,
    Empty,
    Garbage,
    Text,
    WrongType,
    OctetStream,
    Truncated,
    Huge,
    Deep,
    Million,
    LongText,
    NoId,
    Problem,
    UnknownWord,
    Backwards,
    Stale,
    Drop,
    Reset,
    Cut,
    Hang,
    Slow,
    Drip,
    ResetReused,
}

const CODES: [u16; 18] = [
    400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 422, 425, 428, 429, 500, 502, 503, 504,
];

impl Trouble {
    pub(crate) fn parse(word: &str) -> Option<Self> {
        if !WHOLE {
            return (word == "drop").then_some(Trouble::Drop);
        }
        Some(match word {
            "202empty" => Trouble::AcceptedEmpty,
            "204" => Trouble::NoContent,
            "307" => Trouble::Moved,
            "html" => Trouble::Html,
            "empty" => Trouble::Empty,
            "garbage" => Trouble::Garbage,
            "text" => Trouble::Text,
            "wrong-type" => Trouble::WrongType,
            "octet-stream" => Trouble::OctetStream,
            "truncated" => Trouble::Truncated,
            "huge" => Trouble::Huge,
            "deep" => Trouble::Deep,
            "million" => Trouble::Million,
            "long-text" => Trouble::LongText,
            "noid" => Trouble::NoId,
            "problem" => Trouble::Problem,
            "unknown-word" => Trouble::UnknownWord,
            "backwards" => Trouble::Backwards,
            "stale" => Trouble::Stale,
            "drop" => Trouble::Drop,
            "reset" => Trouble::Reset,
            "cut" => Trouble::Cut,
            "hang" => Trouble::Hang,
            "slow" => Trouble::Slow,
            "drip" => Trouble::Drip,
            "reset-reused" => Trouble::ResetReused,
            code => Trouble::Code(code.parse().ok().filter(|it| CODES.contains(it))?),
        })
    }

    /// Whether it means something to one kind of call alone.
    pub(crate) fn is_of_one_call(self) -> bool {
        matches!(
            self,
            Trouble::Backwards | Trouble::Stale | Trouble::ResetReused
        )
    }

    /// The service did its work, only the telling is odd.
    pub(crate) fn is_harmless(self) -> bool {
        matches!(
            self,
            Trouble::WrongType
                | Trouble::OctetStream
                | Trouble::Million
                | Trouble::LongText
                | Trouble::UnknownWord
                | Trouble::Backwards
                | Trouble::Stale
                | Trouble::Slow
                | Trouble::Drip
                | Trouble::ResetReused
        )
    }

    /// The service said no, or to ask elsewhere, so no job can come of it,
    /// whatever `accept` says.
    pub(crate) fn is_refusal(self) -> bool {
        match self {
            Trouble::Code(code) => code < 500 && code != 408,
            Trouble::Problem | Trouble::Moved => true,
            _ => false,
        }
    }

    /// The answer is a spoiled form of the true one, which is therefore needed.
    pub(crate) fn spoils(self) -> bool {
        matches!(
            self,
            Trouble::Truncated
                | Trouble::NoId
                | Trouble::Reset
                | Trouble::Cut
                | Trouble::Drop
                | Trouble::Hang
        ) || self.is_harmless()
    }

    /// What is sent in the place of `truth`, which is given where
    /// [`Trouble::spoils`] asks for it.
    pub(crate) fn told(
        self,
        scenario: &Scenario,
        call: &Call<'_>,
        purpose: Purpose,
        truth: Option<Reply>,
    ) -> Reply {
        let dialect = scenario.dialect;
        let truth = truth.unwrap_or_else(|| Reply::of_json(200, &json!({})));
        match self {
            _ if !WHOLE => faulty(truth, Fault::Drop),
            Trouble::Code(code) => dialect.refusal(code, purpose),
            Trouble::AcceptedEmpty => Reply::empty(202),
            Trouble::NoContent => Reply::empty(204),
            Trouble::Moved => Reply::empty(307).with("location", &call.moved()),
            Trouble::Html => Reply::html(200, PORTAL),
            Trouble::Empty => Reply::of(200, "application/json", ""),
            Trouble::Garbage => Reply::of(200, "application/json", &b"\x00\xff{]not json"[..]),
            Trouble::Text => Reply::of(200, "text/plain; charset=utf-8", "Accepted, thank you."),
            Trouble::WrongType => retyped(truth, "text/html; charset=utf-8"),
            Trouble::OctetStream => retyped(truth, "application/octet-stream"),
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
            Trouble::Million => with_words(truth, |text| *text = "m".repeat(1_000_000)),
            #[cfg(feature = "server")]
            Trouble::LongText => with_long_text(truth),
            #[cfg(not(feature = "server"))]
            Trouble::LongText => truth,
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
            Trouble::Backwards | Trouble::Stale => truth,
            Trouble::Drop | Trouble::ResetReused => faulty(truth, Fault::Drop),
            Trouble::Reset => faulty(truth, Fault::ResetMidBody),
            Trouble::Cut => faulty(truth, Fault::CutMidBody),
            Trouble::Hang => faulty(truth, Fault::Hang),
            Trouble::Slow => faulty(
                truth,
                Fault::Drip {
                    bytes: 16,
                    every_ms: 200,
                },
            ),
            Trouble::Drip => {
                let over_ms = scenario.drip_ms;
                faulty(truth, Fault::Trickle { over_ms })
            }
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

/// The reply with another type.
fn retyped(mut reply: Reply, content_type: &str) -> Reply {
    reply.headers.retain(|(name, _)| name != "content-type");
    reply.with("content-type", content_type)
}

/// The reply with its texts for people changed; one that has none gets one.
fn with_words(reply: Reply, mut change: impl FnMut(&mut String)) -> Reply {
    edited(reply, |fields| {
        let mut found = false;
        let mut all = Value::Object(std::mem::take(fields));
        words::each(&mut all, &mut |text| {
            found = true;
            change(text);
        });
        if let Value::Object(all) = all {
            *fields = all;
        }
        if !found {
            let mut text = String::new();
            change(&mut text);
            fields.insert("message".to_owned(), json!(text));
        }
    })
}

/// The reply with fifty million characters in its first text, packed.
#[cfg(feature = "server")]
fn with_long_text(reply: Reply) -> Reply {
    const HERE: &str = "(here the text grows)";
    // Of four letters: the format tells a longer way back with more bits.
    let piece = "far ".repeat(250_000);
    let mut first = true;
    let marked = with_words(reply, |text| {
        if std::mem::take(&mut first) {
            *text = HERE.to_owned();
        }
    });
    let body = String::from_utf8_lossy(&marked.body).into_owned();
    let (before, after) = body.split_once(HERE).unwrap_or((&body, ""));
    match crate::swollen::gzip(before, &piece, 50, after) {
        Ok(body) => Reply { body, ..marked }.with("content-encoding", "gzip"),
        Err(why) => Reply::of(500, "text/plain; charset=utf-8", why.to_string()),
    }
}

/// The reply with its JSON object changed; a reply without one stays as it is.
fn edited(reply: Reply, edit: impl FnOnce(&mut Map)) -> Reply {
    match Value::read(&reply.body) {
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
