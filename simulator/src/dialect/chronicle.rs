//! Chronicle, version 1 of its API.
//!
//! Written from its status page and notes on its other pages. It makes no
//! file: what comes of a job is a page. The documents leave open the shape of
//! a section, the codes of some replies and the bucket's fields; each choice
//! says so where it is made. Not modelled: making and renaming presentations
//! by hand, and sign-in other than by key.

mod brief;
mod generation;
mod templates;
mod upload;

use self::brief::Ask;
use super::{Call, Dialect, Purpose, body};
use crate::cors::Cors;
use crate::job::Job;
use crate::json::json;
use crate::request::decoded;
use crate::service::Service;
use crate::talk::Talk;
use crate::{Reply, Request, digest};

#[derive(Debug)]
pub(crate) struct Chronicle;

impl Dialect for Chronicle {
    fn purpose(&self, call: &Call<'_>) -> Purpose {
        let post = call.method() == "POST";
        match route(call.path) {
            Some(Route::Submit) if post => Purpose::Submit,
            Some(Route::Status(_)) if call.method() == "GET" => Purpose::Status,
            Some(Route::Message(_)) if post => Purpose::Answer,
            Some(Route::Target) if post => Purpose::Target,
            Some(Route::Bucket | Route::Object(_)) => Purpose::Bucket,
            Some(Route::Page(_) | Route::Preview(_)) => Purpose::Page,
            _ => Purpose::Other,
        }
    }

    fn answer(&self, call: &Call<'_>, service: &mut Service) -> Reply {
        let Some(route) = route(call.path) else {
            return self.refusal(404, Purpose::Other);
        };
        let methods = route.methods();
        if !call.is_one_of(methods) {
            return self.refusal(405, Purpose::Other).with("allow", methods);
        }
        match route {
            Route::Submit => submit(call, service),
            Route::Status(id) => generation::status(&id, call, service),
            Route::Message(id) => message(&id, call, service),
            Route::Templates => templates::list(call),
            Route::Presentation(id) => generation::presentation_by_id(&id, call, service),
            Route::Target => upload::make_target(call, service),
            Route::Bucket => upload::take(call, service),
            Route::Object(path) => upload::give(&path, call, service),
            Route::Page(id) => generation::page(&id, call, service),
            Route::Preview(id) => templates::preview(&id),
        }
    }

    /// The documented codes, the nearest where a status has none of its own.
    fn refusal(&self, code: u16, _: Purpose) -> Reply {
        let (name, message) = match code {
            401 => ("UNAUTHORIZED", "Missing or invalid API key"),
            402 => (
                "PRICING_REMIX_OVER_LIMIT",
                "Your plan's generations are used up",
            ),
            403 => ("INSUFFICIENT_PRIVILEGES", "This key may not do that"),
            404 => ("DOCUMENT_NOT_FOUND", "Document not found"),
            405 => ("BAD_REQUEST", "Method not allowed"),
            429 => ("API_KEY_RATE_LIMITED", "Too many requests"),
            500 => ("INTERNAL_ERROR", "Something went wrong"),
            501.. => ("UNKNOWN_INTERNAL_ERROR", "Something went wrong"),
            _ => ("BAD_REQUEST", "The request is not valid"),
        };
        error(code, name, message)
    }

    /// The documents say nothing about other origins.
    fn cors(&self) -> Cors {
        Cors::None
    }

    /// Either header will do.
    fn admits(&self, request: &Request, token: &str) -> bool {
        request.first("authorization") == Some(&format!("Bearer {token}"))
            || request.first("x-api-key") == Some(token)
    }

    fn id_field(&self) -> &'static str {
        "generation_id"
    }

    fn status_field(&self) -> &'static str {
        "status"
    }

    /// No file is made, so every address is that of a page.
    fn page_fields(&self) -> &'static [&'static str] {
        &["url"]
    }
}

#[derive(Debug)]
enum Route {
    Submit,
    Status(String),
    Message(String),
    Templates,
    Presentation(String),
    /// Where an upload asks for a place.
    Target,
    /// Where the file goes.
    Bucket,
    /// Where it is had from.
    Object(String),
    /// The page of a presentation, by the presentation's id.
    Page(String),
    /// A template's picture.
    Preview(String),
}

impl Route {
    fn methods(&self) -> &'static str {
        match self {
            Route::Submit | Route::Message(_) | Route::Target | Route::Bucket => "POST",
            Route::Object(_) | Route::Page(_) | Route::Preview(_) => "GET, HEAD",
            Route::Status(_) | Route::Templates | Route::Presentation(_) => "GET",
        }
    }
}

fn route(path: &str) -> Option<Route> {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    Some(match parts.as_slice() {
        ["api", "v1", rest @ ..] => match rest {
            ["presentations", "generate"] => Route::Submit,
            ["presentations", "generate", id, "status"] => Route::Status(decoded(id)),
            ["presentations", "generate", id, "message"] => Route::Message(decoded(id)),
            ["presentations", id] => Route::Presentation(decoded(id)),
            ["templates"] => Route::Templates,
            ["uploads", "create-target"] => Route::Target,
            _ => return None,
        },
        ["_bucket"] => Route::Bucket,
        ["_bucket", "uploads", name] => Route::Object(format!("uploads/{}", decoded(name))),
        ["previews", name] => Route::Preview(decoded(name.strip_suffix(".png")?)),
        [_, "document", id] => Route::Page(decoded(id)),
        _ => return None,
    })
}

/// An error as the service writes one. That `status` is the HTTP code as a
/// number is taken from its name.
fn error(code: u16, name: &str, message: &str) -> Reply {
    let body = json!({"error": {"code": name, "message": message, "status": code}});
    Reply::of_json(code, &body)
}

fn bad_request(message: &str) -> Reply {
    error(400, "BAD_REQUEST", message)
}

/// Which code an unknown generation has is not documented: a document's.
fn unknown_generation() -> Reply {
    error(404, "DOCUMENT_NOT_FOUND", "Generation not found")
}

/// The one workspace that the key belongs to.
fn workspace(call: &Call<'_>) -> String {
    format!("ws_{}", digest::hex(&[call.base, "workspace"], 10))
}

fn submit(call: &Call<'_>, service: &mut Service) -> Reply {
    let ask = match Ask::read(call.request, service.bucket()) {
        Ok(ask) => ask,
        Err(refusal) => return refusal,
    };
    let mut deck = ask.deck();
    service.scenario().hostile.retitle(&mut deck);
    let id = format!("gen_{}", service.fresh_hex(10));
    let deck_id = format!("pres_{}", service.fresh_hex(10));
    let questions = match ask.non_interactive {
        true => 0,
        false => service.scenario().questions,
    };
    let reply = json!({
        "generation_id": id,
        "status": "generating",
        // From the service's root, and not below the address of the API.
        "poll_url": format!("/api/v1/presentations/generate/{id}/status"),
    });
    service.add_job(Job {
        path: format!("/{}/document/{deck_id}", workspace(call)),
        id,
        deck_id,
        created_ms: call.now_ms,
        deck,
        template: ask.template.map(|it| it.id.to_owned()),
        talk: Talk::of(questions),
        ..Job::default()
    });
    Reply::of_json(202, &reply)
}

/// An answer to the question that waits. The reply's HTTP code is not
/// documented.
fn message(id: &str, call: &Call<'_>, service: &mut Service) -> Reply {
    if service.known(id, call.now_ms).is_none() {
        return unknown_generation();
    }
    let bucket = service.bucket();
    let content = body::read(call.request, |fields| {
        brief::attachments(fields, bucket);
        fields.words("content")
    });
    let content = match content {
        Ok(content) => content.unwrap_or_default(),
        Err(faults) => return bad_request(&body::lines(&faults)),
    };
    if !service.answer_question(id, call.now_ms, &content) {
        return bad_request("This generation is not waiting for input");
    }
    Reply::of_json(200, &json!({"status": "generating"}))
}
